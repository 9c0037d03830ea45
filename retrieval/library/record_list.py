"""The list of documents, of which that of all is kept until the ledger is written to."""

from __future__ import annotations

from retrieval.ledger import Kept, Ledger
from retrieval.library.records import RECORDS, Record, record


class RecordList:
    """Reads the records of documents."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._every = Kept(ledger, lambda: self._read(None, None))

    def records(self, collection: str | None, source: int | None) -> list[Record]:
        """Return the documents, of one collection or source or of all, by path."""
        if collection is None and source is None:
            return list(self._every.get())
        return self._read(collection, source)

    def _read(self, collection: str | None, source: int | None) -> list[Record]:
        with self._ledger.read() as db:
            rows = db.execute(
                RECORDS + " WHERE (?1 IS NULL OR s.collection=?1) AND (?2 IS NULL OR d.source=?2)"
                " ORDER BY s.collection, d.path, d.id",
                (collection, source),
            ).fetchall()
        return [record(row) for row in rows]
