"""The ledger, the embeddings, the vector index and the search over them."""
