"""The entry points, and what joins ingest, retrieval and llm."""
