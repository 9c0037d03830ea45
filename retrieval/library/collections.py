"""Collections: which there are, what they are called and hold, and one put into another."""

from __future__ import annotations

import sqlite3
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from ingest.text import folded
from retrieval.errors import LibraryError
from retrieval.feedback import rename_collection
from retrieval.ledger import Ledger
from retrieval.library.editions import write_edition
from retrieval.library.jobs import INGEST
from retrieval.library.trash import free_path
from retrieval.library.versions import delete_documents

LONGEST_DESCRIPTION = 500  # characters

# An upload's source is made by a mere look at the page; a folder's stands for what was asked for.
_ALL = """
SELECT n.name, coalesce(c.description, '') AS description,
       count(d.id) AS documents, coalesce(sum(d.version IS NOT NULL), 0) AS ready,
       coalesce(sum(coalesce(v.bytes, d.staged_size)), 0) AS bytes,
       (SELECT count(*) FROM sources f WHERE f.collection=n.name AND f.kind<>'upload') AS folders
FROM (SELECT name FROM collections
      UNION SELECT collection FROM sources WHERE kind<>'upload'
      UNION SELECT s.collection FROM documents d JOIN sources s ON s.id=d.source
            WHERE d.id NOT IN (SELECT document FROM trash)) n
LEFT JOIN collections c ON c.name=n.name
LEFT JOIN sources s ON s.collection=n.name
LEFT JOIN documents d ON d.source=s.id AND d.id NOT IN (SELECT document FROM trash)
LEFT JOIN versions v ON v.id=d.version
GROUP BY n.name ORDER BY n.name
"""


@dataclass(frozen=True)
class Collection:
    """A collection: how many documents it has, how many can be asked, how many bytes they are.

    `folders` counts what is mirrored into it: folders and single files.
    """

    name: str
    description: str
    documents: int
    ready: int
    bytes: int
    folders: int


class Collections:
    """The ledger's collections; every public method is one transaction."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> list[Collection]:
        """Return the collections that were made, or that documents or folders are in, by name."""
        with self._ledger.read() as db:
            return [Collection(**dict(row)) for row in db.execute(_ALL)]

    def alike(self, name: str, but: str = "") -> str | None:
        """Return the collection whose name differs at most in case, width and spaces, if any.

        `but` is left out, the one that is about to be renamed.
        """
        names = (one.name for one in self.all() if one.name != but)
        return next((other for other in names if _plain(other) == _plain(name)), None)

    def make(self, name: str, description: str = "") -> None:
        """Make a collection. Raises LibraryError when there is one of a name like it."""
        with self._ledger.write() as db:
            self._require_free(name)
            db.execute("INSERT INTO collections VALUES (?, ?, ?)", (name, description, _now()))

    def describe(self, name: str, description: str) -> None:
        """Say what a collection is for."""
        with self._ledger.write() as db:
            db.execute(
                "INSERT INTO collections VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET description=excluded.description",
                (name, description, _now()),
            )

    def rename(self, name: str, new: str) -> None:
        """Rename a collection with all that names it: sources, jobs, editions, assistants.

        Raises LibraryError when there is another of a name like it, or it is being read into.
        """
        if new == name:
            return
        with self._ledger.write() as db:
            self._require_free(new, but=name)
            _require_quiet(db, name)
            _follow(db, name, new)
            _move_sources(db, new, name)  # uploads looked at, or in the trash
            db.execute("UPDATE sources SET collection=? WHERE collection=?", (new, name))
            db.execute("UPDATE collections SET name=? WHERE name=?", (new, name))

    def merge(self, name: str, into: str) -> None:
        """Move all that is in a collection into another, and take the empty one away.

        An upload whose path is taken there gets a number, "a (2).txt"; a folder that both mirror
        stays once. Raises LibraryError as `rename` does.
        """
        if into == name:
            raise LibraryError(
                f"{name!r} cannot be moved into itself; choose another collection",
                "collection-same",
            )
        with self._ledger.write() as db:
            _require_quiet(db, name)
            _follow(db, name, into)
            _move_sources(db, name, into)
            db.execute("DELETE FROM collections WHERE name=?", (name,))

    def drop(self, name: str) -> None:
        """Take an empty collection away with its trash; its folders are mirrored no more.

        Raises LibraryError when a document is in it, or it is being read into.
        """
        with self._ledger.write() as db:
            _require_quiet(db, name)
            if any(one.name == name and one.documents for one in self.all()):
                raise LibraryError(
                    f"{name!r} still holds documents; move or delete them first", "collection-full"
                )
            hidden = "SELECT d.id FROM documents d JOIN sources s ON s.id=d.source"
            rows = db.execute(f"{hidden} WHERE s.collection=?", (name,)).fetchall()
            delete_documents(db, [row[0] for row in rows])
            db.execute("DELETE FROM sources WHERE collection=?", (name,))
            db.execute("DELETE FROM collections WHERE name=?", (name,))

    def require_quiet(self, name: str) -> None:
        """Raise LibraryError while folders are read into a collection."""
        with self._ledger.read() as db:
            _require_quiet(db, name)

    def _require_free(self, name: str, but: str = "") -> None:
        if taken := self.alike(name, but):
            raise LibraryError(
                f"there is a collection {taken!r} already; choose another name",
                "collection-alike",
                name=taken,
            )


def _plain(name: str) -> str:
    return "".join(folded(unicodedata.normalize("NFKC", name)).split())


def _require_quiet(db: sqlite3.Connection, name: str) -> None:
    """A mirror in hand keeps the sources that it was begun with."""
    busy = db.execute(
        "SELECT 1 FROM jobs WHERE kind=? AND status IN ('queued', 'running')"
        " AND (json_extract(arguments, '$.collection')=?"
        "      OR json_array_length(arguments, '$.paths')=0)",
        (INGEST, name),
    ).fetchone()
    if busy:
        raise LibraryError(
            f"folders are being read into {name!r}; try again when that is done", "collection-busy"
        )


def _follow(db: sqlite3.Connection, old: str, new: str) -> None:
    """Put a new name wherever a collection is named, but in its sources."""
    # The first line of an edition's place is its collection; see `write_edition`.
    db.execute(
        "UPDATE editions SET place=?1 || substr(place, length(?2) + 1) WHERE document IN"
        " (SELECT d.id FROM documents d JOIN sources s ON s.id=d.source WHERE s.collection=?2)",
        (new, old),
    )
    db.execute(
        "UPDATE jobs SET arguments=json_set(arguments, '$.collection', ?)"
        " WHERE json_extract(arguments, '$.collection')=?",
        (new, old),
    )
    rename_collection(db, old, new)
    db.execute(
        "UPDATE OR REPLACE assistant_collections SET collection=? WHERE collection=?", (new, old)
    )


def _move_sources(db: sqlite3.Connection, name: str, into: str) -> None:
    """Put the sources of a collection, with their documents, into another."""
    for source in db.execute(
        "SELECT id, kind, root FROM sources WHERE collection=?", (name,)
    ).fetchall():
        there = db.execute(
            "SELECT id FROM sources WHERE collection=? AND root=?", (into, source["root"])
        ).fetchone()
        if there is None:
            db.execute("UPDATE sources SET collection=? WHERE id=?", (into, source["id"]))
        else:
            _join(db, source, there[0])


def _join(db: sqlite3.Connection, source: sqlite3.Row, there: int) -> None:
    """Move the documents of a source into one of the same root, and delete it."""
    for document, path in db.execute(
        "SELECT id, path FROM documents WHERE source=? ORDER BY path", (source["id"],)
    ).fetchall():
        free = free_path(db, there, path)
        if source["kind"] != "upload" and free != path:
            delete_documents(db, [document])
            continue
        db.execute("UPDATE documents SET source=?, path=? WHERE id=?", (there, free, document))
        if free != path:
            write_edition(db, document)
    db.execute("DELETE FROM sources WHERE id=?", (source["id"],))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
