"""The ledger copied while others write to it, and a copy looked at before it is trusted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from retrieval.conversations import settle_conversations
from retrieval.errors import LibraryError
from retrieval.feedback import settle_feedback
from retrieval.keywords import empty_keywords, fill_keywords
from retrieval.ledger import Ledger, disk_full, foreign, newest_schema, schema
from retrieval.library.editions import fill_editions
from retrieval.library.integrity import ORPHANED, damage, damaged_vectors, drop_vectors
from retrieval.library.values import distrust, strange
from retrieval.library.versions import delete_documents

# They describe the derived index, work in hand, and folders as they were: none comes along.
_EMPTIED = ("changes", "indexes", "jobs", "syncs")
# Made again when they are needed, so nobody has to believe what somebody else's file says of them.
_REMADE = ("hubs", "translations", "editions")


@dataclass(frozen=True)
class Contents:
    """What a ledger holds.

    `blobs` has, by SHA-256, the path of a document that needs the bytes; `sources` are the folders
    and files that are mirrored.
    """

    schema: int
    documents: int
    chunks: int
    blobs: dict[str, str]
    sources: tuple[str, ...] = ()


def snapshot(ledger: Path, target: Path) -> Contents:
    """Copy the ledger as it is at one moment into a new file, and return what the copy holds.

    Other processes may go on writing. In the copy no job and no index is noted, and what was being
    read waits to be read. Raises LibraryError as `contents` does, DiskFullError for `target`.
    """
    with _opened(ledger) as source, _copying(target) as copy:
        source.backup(copy)  # in one go: in steps, it would begin anew after each commit of others
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
        _settle(copy)
        copy.commit()
    return contents(target)


def adopt(ledger: Path) -> None:
    """Make a ledger out of a backup, which `contents` has looked at, one that can be used here.

    It gets the newest schema. Of what another wrote, only sources, documents, their versions,
    chunks and vectors, conversations and feedback stay: no job runs, keywords are taken from the
    chunks again, vectors that are none are dropped, and no source is read before the user has named
    it.
    """
    opened = Ledger(ledger)
    try:
        drop_vectors(opened, damaged_vectors(opened))
        with opened.write() as db:
            _settle(db)
            for table in _REMADE:
                db.execute(f"DELETE FROM {table}")  # noqa: S608
            db.execute("DELETE FROM sqlite_sequence WHERE name IN ('changes', 'jobs', 'exchanges')")
            db.execute("UPDATE documents SET attempts=0")
            db.execute("UPDATE sources SET restored=1 WHERE kind<>'upload'")
            empty_keywords(db)
            db.execute("UPDATE documents SET described=0")
        fill_keywords(opened)
        fill_editions(opened)
    finally:
        opened.close()


def _settle(db: sqlite3.Connection) -> None:
    """Leave nothing in hand, of which nobody would come and do the rest."""
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    if "trash" in tables:
        db.execute("PRAGMA foreign_keys=ON")
        delete_documents(db, [r[0] for r in db.execute("SELECT document FROM trash").fetchall()])
    for table in _EMPTIED:
        if table in tables:
            db.execute(f"DELETE FROM {table}")  # noqa: S608
    db.execute(
        "UPDATE documents SET status=iif(staged IS NULL, 'ready', 'queued')"
        " WHERE status IN ('reading', 'embedding')"
    )
    if "conversations" in tables:
        settle_conversations(db)
    if "quality_runs" in tables:
        settle_feedback(db)
    # Nobody will come and use what was embedded ahead, or sweep what is left of a version.
    db.execute(f"DELETE FROM vectors WHERE {ORPHANED}")  # noqa: S608


def contents(ledger: Path) -> Contents:
    """Read a ledger through and through, believing nothing, and return what it holds.

    Raises LibraryError when it is damaged, no ledger, one of a newer release, or holds what Zhiku
    does not write; the message says "the ledger" and leaves it to the caller to name the file.
    """
    with _opened(ledger) as db:
        distrust(db)
        number = schema(db)
        if number > newest_schema():
            raise LibraryError(
                f"the ledger was written by a newer Zhiku (schema {number}); update Zhiku"
            )
        if wrong := foreign(db):
            raise LibraryError(f"the ledger is not as Zhiku makes them: {wrong}")
        if found := damage(db):
            raise LibraryError(f"the ledger is damaged ({found[0]})")
        if wrong := strange(db):
            raise LibraryError(f"the ledger holds what Zhiku does not write: {wrong}")
        blobs = db.execute(
            "SELECT v.sha256, d.path FROM versions v JOIN documents d ON d.id=v.document UNION ALL"
            " SELECT staged, path FROM documents WHERE staged IS NOT NULL"
        ).fetchall()
        roots = db.execute("SELECT root FROM sources WHERE kind<>'upload' ORDER BY root").fetchall()
        return Contents(
            number,
            _count(db, "documents"),
            _count(db, "chunks"),
            dict(blobs),
            tuple(row[0] for row in roots),
        )


def holds_documents(ledger: Path) -> bool:
    """Tell whether a ledger has a document; one that cannot be read may have."""
    if not ledger.exists():
        return False
    try:
        with _opened(ledger) as db:
            return _count(db, "sqlite_master") > 0 and _count(db, "documents") > 0
    except LibraryError:
        return True


def _count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


@contextmanager
def _opened(ledger: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection of its own to a ledger that is there."""
    address = f"{ledger.absolute().as_uri()}?mode=rw"
    with (
        _plain_errors("read", ledger),
        closing(sqlite3.connect(address, uri=True, timeout=30)) as db,
    ):
        yield db


@contextmanager
def _copying(target: Path) -> Iterator[sqlite3.Connection]:
    with _plain_errors("copied", target), closing(sqlite3.connect(target)) as db:
        yield db


@contextmanager
def _plain_errors(done: str, file: Path) -> Iterator[None]:
    """Make one line for people of what SQLite raises while a file is read or written."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise disk_full(file.parent) from error
        raise LibraryError(f"the ledger cannot be {done} ({error})") from error
