"""What people and programs give is valid text, or refused."""

from __future__ import annotations

from collections.abc import Sequence

from app.control_characters import is_valid
from app.errors import UsageError
from retrieval.ledger import Filter


def check_texts(question: str, within: Filter, passages: Sequence[str] = ()) -> None:
    """Raise UsageError for halves of characters, which neither the ledger nor a model can take."""
    given = {
        "question": [question],
        "collection": [within.collection or "", *within.collections],
        "passages": passages,
    }
    for name, texts in given.items():
        if not all(map(is_valid, texts)):
            raise UsageError(
                f"`{name}` is no valid Unicode: it holds half a character (\\ud800 to \\udfff);"
                " correct what wrote it",
                "half-character",
            )
