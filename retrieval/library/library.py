"""The documents of the library: staged, published, renamed, removed, listed."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from retrieval.errors import LibraryError
from retrieval.ledger import EVERYTHING, Filter, Ledger, VectorTable, allowed, steps
from retrieval.library.naming import find_document
from retrieval.library.parts import StoredPart, read_part, read_parts
from retrieval.library.record_list import RecordList
from retrieval.library.records import RECORDS, Record, Source, read_chunks, record
from retrieval.library.sources import Sources

if TYPE_CHECKING:
    from langchain_core.documents import Document

    from retrieval.library.versions import Version

_PUT_BACK = (
    "UPDATE documents SET status=CASE WHEN staged IS NOT NULL THEN 'queued'"
    " WHEN version IS NOT NULL THEN 'ready' ELSE 'failed' END"
    " WHERE status IN ('reading', 'embedding')"
)
_DAMAGED = "what was read of {!r} is damaged; {}"


class Library(Sources):
    """The ledger's documents. Every public method is one transaction."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self._listed = RecordList(ledger)

    def records(self, collection: str | None = None, source: int | None = None) -> list[Record]:
        """Return the documents, of one collection or source or of all, by path."""
        return self._listed.records(collection, source)

    def get(self, document: str) -> Record | None:
        """Return the document of this id, or None."""
        with self._ledger.read() as db:
            row = db.execute(RECORDS + " WHERE d.id=?", (document,)).fetchone()
        return record(row) if row else None

    def find(self, name: str, collection: str | None = None) -> Record:
        """Return the document named by its id, the beginning of its id, or its path.

        Raises LibraryError when none or more than one fits, in this collection or in all; see
        `retrieval.library.naming`.
        """
        with self._ledger.read() as db:
            document = find_document(db, name, collection)
            return record(db.execute(RECORDS + " WHERE d.id=?", (document,)).fetchone())

    def stage(self, source: Source, path: str, sha256: str, size: int) -> str:
        """Note that bytes wait to be read as this document; return its id.

        What was visible stays so until it is published; a power cut may take this back until then.
        """
        with self._ledger.write(lasting=False) as db:
            db.execute(
                "INSERT INTO documents (id, source, path, status, staged, staged_size)"
                " VALUES (?, ?, ?, 'queued', ?, ?) ON CONFLICT (source, path) DO UPDATE SET"
                " status='queued', staged=excluded.staged, staged_size=excluded.staged_size,"
                " reason=NULL, message=NULL, attempts=0",
                (secrets.token_hex(6), source.id, path, sha256, size),
            )
            row = db.execute(
                "SELECT id FROM documents WHERE source=? AND path=?", (source.id, path)
            ).fetchone()
        return str(row[0])

    def progress(self, document: str, status: str) -> None:
        """Set what is being done with a document: reading or embedding."""
        with self._ledger.write(lasting=False) as db:
            db.execute("UPDATE documents SET status=? WHERE id=?", (status, document))

    def put_back(self, document: str | None = None) -> None:
        """Let a document wait again whose reading was stopped; without one, all of them."""
        with self._ledger.write() as db:
            db.execute(_PUT_BACK + " AND (?1 IS NULL OR id=?1)", (document,))

    def recover(self) -> None:
        """Let what a process that died had in hand wait again, and count that; for the owner."""
        with self._ledger.write() as db:
            db.execute(
                "UPDATE documents SET attempts=attempts+1 WHERE status IN ('reading', 'embedding')"
            )
            db.execute(_PUT_BACK)

    def snapshot(self) -> AbstractContextManager[sqlite3.Connection]:
        """Make everything that this thread reads inside it belong to one state of the library."""
        return self._ledger.read()

    def fail(self, source: Source, path: str, reason: str, message: str) -> None:
        """Note why a document could not be read; what was visible of it stays visible."""
        with self._ledger.write() as db:
            db.execute(
                "INSERT INTO documents (id, source, path, status, reason, message)"
                " VALUES (?, ?, ?, 'failed', ?, ?) ON CONFLICT (source, path) DO UPDATE SET"
                " status=iif(version IS NULL, 'failed', 'ready'),"
                " reason=excluded.reason, message=excluded.message",
                (secrets.token_hex(6), source.id, path, reason, message),
            )

    def give_up(self, record: Record, reason: str, message: str) -> None:
        """Note why a document's staged bytes could not be read.

        Nothing is noted when it was removed, or other bytes were staged, meanwhile.
        """
        with self._ledger.write() as db:
            db.execute(
                "UPDATE documents SET status=iif(version IS NULL, 'failed', 'ready'), reason=?,"
                " message=?, attempts=0 WHERE id=? AND staged IS ?",
                (reason, message, record.document, record.staged),
            )

    def publish(
        self,
        document: str,
        version: Version,
        chunks: Sequence[Document],
        embedded: Sequence[str],
        parts: Sequence[StoredPart] = (),
    ) -> bool:
        """Make a version visible in place of the one before, in one transaction.

        `chunks` carry page, heading, start, end; `parts` are what they were cut from; `embedded`
        are the hashes of the texts that were embedded for them, whose vectors are in the ledger.
        Returns False, and publishes nothing, when the document was removed or other bytes were
        staged meanwhile, or when the vectors were swept because the same bytes were staged again:
        then it waits to be read.
        """
        from retrieval.library.versions import write_version

        with self._ledger.write() as db:
            row = db.execute(
                "SELECT version, staged FROM documents WHERE id=?"
                " AND id NOT IN (SELECT document FROM trash)",
                (document,),
            ).fetchone()
            if row is None or row["staged"] not in (None, version.sha256):
                return False
            if VectorTable(self._ledger).missing(embedded, version.fingerprint):
                return False
            write_version(db, document, version, chunks, embedded, parts)
        return True

    def document_chunks(self, document: str, *, with_off: bool = False) -> list[Document]:
        """Return the visible chunks of a document in order; `with_off` as in `chunks`."""
        return self._chunks("d.id=? ORDER BY c.ordinal", (document,), with_off=with_off)

    def parts(self, document: str, between: tuple[int, int] | None = None) -> list[StoredPart]:
        """Return what was understood of a document, all parts or the n-th to the m-th, from 1.

        Raises LibraryError.
        """
        with self._ledger.read() as db:
            try:
                return list(read_parts(db, document, between))
            except ValueError as error:
                raise LibraryError(_DAMAGED.format(document, error), "text-damaged") from error

    def part(self, document: str, number: int | None) -> StoredPart | None:
        """Return the text of a page, slide or sheet, or of a document without; None if unknown."""
        with self._ledger.read() as db:
            try:
                return read_part(db, document, number)
            except (RecursionError, ValueError) as error:
                raise LibraryError(_DAMAGED.format(document, error), "text-damaged") from error

    def chunks(self, ids: Sequence[str], *, with_off: bool = False) -> dict[str, Document]:
        """Return those of the chunks that are visible now, by id.

        What is switched off is left out: nothing may be answered from it. To show it, ask for it
        `with_off`; the metadata `off` then tells of each chunk whether it is, 0 or 1.
        """
        found: dict[str, Document] = {}
        for part in steps(ids):
            marks = ",".join("?" * len(part))
            read = self._chunks(f"c.id IN ({marks})", part, with_off=with_off)
            found.update((str(d.id), d) for d in read)
        return found

    def around(self, ids: Sequence[str], reach: int) -> list[Document]:
        """Return the visible chunks with these ids and `reach` on each side, none that is off."""
        return self._chunks(
            "c.number IN (SELECT n.number FROM chunks h JOIN chunks n ON n.version=h.version"
            " AND n.ordinal BETWEEN h.ordinal-? AND h.ordinal+?"
            " WHERE h.id IN (SELECT value FROM json_each(?))) ORDER BY d.id, c.ordinal",
            (reach, reach, json.dumps(list(ids))),
        )

    def rename(self, paths: Mapping[str, str]) -> None:
        """Give documents (by id) their new paths, all at once, so that two may swap names."""
        from retrieval.library.editions import write_edition

        with self._ledger.write() as db:
            for document in paths:
                db.execute("UPDATE documents SET path=char(0) || id WHERE id=?", (document,))
            for document, path in paths.items():
                db.execute("UPDATE documents SET path=? WHERE id=?", (path, document))
                write_edition(db, document)

    def remove(self, documents: Sequence[str]) -> None:
        """Take documents out of the library."""
        from retrieval.library.versions import delete_documents

        with self._ledger.write() as db:
            delete_documents(db, documents)

    def blobs(self) -> set[str]:
        """Return the SHA-256 of all bytes that a document was read from or waits to be."""
        with self._ledger.read() as db:
            rows = db.execute(
                "SELECT sha256 FROM versions UNION SELECT staged FROM documents"
                " WHERE staged IS NOT NULL"
            ).fetchall()
        return {str(row[0]) for row in rows}

    def counts(self) -> dict[str, int]:
        """Return how many documents, chunks and vectors there are, and documents by status."""
        with self._ledger.read() as db:
            counts = {
                table: int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
                for table in ("documents", "chunks", "vectors", "sources")
            }
            hidden = db.execute(
                "SELECT count(*), coalesce(sum((SELECT count(*) FROM chunks c"
                " WHERE c.version=t.version)), 0) FROM trash t"
            ).fetchone()
            counts["documents"] -= int(hidden[0])
            counts["chunks"] -= int(hidden[1])
            for row in db.execute(
                "SELECT status, count(*) FROM documents"
                " WHERE id NOT IN (SELECT document FROM trash) GROUP BY status"
            ):
                counts[f"documents_{row[0]}"] = int(row[1])
        return counts

    def index_state(self, fingerprint: str | None) -> str:
        """Tell in a word how the vector index stands to the ledger: none, behind or ready."""
        with self._ledger.read() as db:
            row = db.execute(
                "SELECT applied FROM indexes WHERE fingerprint=?", (fingerprint,)
            ).fetchone()
            newest = db.execute(
                "SELECT max(seq) FROM changes WHERE fingerprint=?", (fingerprint,)
            ).fetchone()[0]
        if row is None:
            return "none"
        return "ready" if newest is None or newest <= row[0] else "behind"

    def collections(self) -> list[str]:
        """Return the names of the collections that hold a document."""
        with self._ledger.read() as db:
            rows = db.execute(
                "SELECT DISTINCT s.collection FROM documents d JOIN sources s ON s.id=d.source"
                " WHERE d.id NOT IN (SELECT document FROM trash) ORDER BY 1"
            ).fetchall()
        return [str(row[0]) for row in rows]

    def languages(self, within: Filter = EVERYTHING) -> dict[str, int]:
        """Return how many documents that a filter lets through are in each language, zh and en."""
        with self._ledger.read() as db:
            documents = allowed(db, within)
            rows = db.execute(
                "SELECT v.lang, count(*) FROM documents d JOIN versions v ON v.id=d.version"
                " WHERE ?1 IS NULL OR d.id IN (SELECT value FROM json_each(?1)) GROUP BY v.lang",
                (None if documents is None else json.dumps(sorted(documents)),),
            ).fetchall()
        return {str(lang): int(n) for lang, n in rows}

    def _chunks(
        self, where: str, values: Sequence[object], *, with_off: bool = False
    ) -> list[Document]:
        with self._ledger.read() as db:
            return read_chunks(db, where, values, with_off=with_off)
