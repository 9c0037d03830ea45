"""The keyword index: the words of each chunk in an FTS5 table of the ledger."""

from retrieval.keywords.keyword_index import (
    ChunkWords,
    delete_keywords,
    empty_keywords,
    fill_keywords,
    matching,
    rarity,
    words_of,
    write_keywords,
)
from retrieval.keywords.terms import TERMS, terms

__all__ = [
    "TERMS",
    "ChunkWords",
    "delete_keywords",
    "empty_keywords",
    "fill_keywords",
    "matching",
    "rarity",
    "terms",
    "words_of",
    "write_keywords",
]
