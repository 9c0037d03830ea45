"""What feedback holds of a document goes when the document goes; names follow collections."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence


def forget_documents(db: sqlite3.Connection, documents: Sequence[str]) -> None:
    """Take the quotes of documents out of the test questions, in your transaction.

    The question, and what somebody wrote, stay. Of each source the path stays, so that one can say
    what was removed.
    """
    db.executemany(
        "UPDATE test_sources SET document=NULL, quote='' WHERE document=?",
        [(document,) for document in documents],
    )


def rename_collection(db: sqlite3.Connection, name: str, new: str) -> None:
    """Have the test questions that are asked of a collection asked of another, in your transaction.

    Only those that name it as the one collection.
    """
    db.execute(
        "UPDATE test_questions SET within=json_set(within, '$.collection', ?)"
        " WHERE json_valid(within) AND json_extract(within, '$.collection')=?",
        (new, name),
    )
