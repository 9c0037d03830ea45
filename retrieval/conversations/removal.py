"""What kept conversations hold of a document goes when the document goes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence


def forget_documents(db: sqlite3.Connection, documents: Sequence[str]) -> None:
    """Take the quotes of documents out of kept conversations, in your transaction.

    Of each source the path stays, so that one can say what was removed. The chunks of passages go
    by themselves, with the chunks.
    """
    db.executemany(
        "UPDATE exchange_sources SET document=NULL, heading='', chunk='', sha256='', text=''"
        " WHERE document=?",
        [(document,) for document in documents],
    )
