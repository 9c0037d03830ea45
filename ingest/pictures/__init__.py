"""What the pictures in a document say, for the readers of every kind."""

from ingest.pictures.in_documents import Pictures

__all__ = ["Pictures"]
