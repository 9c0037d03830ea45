"""The ledger copied while others write to it, and a copy looked at before it is trusted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from retrieval.disk import disk_full
from retrieval.errors import LibraryError
from retrieval.integrity import ORPHANED, damage, schema

# They describe the derived index and work in hand: neither comes along.
_EMPTIED = ("changes", "indexes", "jobs")


@dataclass(frozen=True)
class Contents:
    """What a ledger holds; `blobs` has, by SHA-256, the path of a document that needs the bytes."""

    schema: int
    documents: int
    chunks: int
    blobs: dict[str, str]


def newest_schema() -> int:
    """Return the number of the newest migration that this Zhiku knows."""
    scripts = (resources.files("retrieval") / "migrations").iterdir()
    return max(int(s.name[:3]) for s in scripts if s.name.endswith(".sql"))


def snapshot(ledger: Path, target: Path) -> Contents:
    """Copy the ledger as it is at one moment into a new file, and return what the copy holds.

    Other processes may go on writing. In the copy no job and no index is noted, and what was being
    read waits to be read. Raises LibraryError as `contents` does, DiskFullError for `target`.
    """
    with _opened(ledger) as source, _copying(target) as copy:
        source.backup(copy)  # in one go: in steps, it would begin anew after each commit of others
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
        tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master")}
        for table in _EMPTIED:
            if table in tables:
                copy.execute(f"DELETE FROM {table}")  # noqa: S608
        copy.execute(
            "UPDATE documents SET status=iif(staged IS NULL, 'ready', 'queued')"
            " WHERE status IN ('reading', 'embedding')"
        )
        # Nobody will come and use what was embedded ahead, or sweep what is left of a version.
        copy.execute(f"DELETE FROM vectors WHERE {ORPHANED}")  # noqa: S608
        copy.commit()
    return contents(target)


def contents(ledger: Path) -> Contents:
    """Read a ledger through and through, and return what it holds.

    Raises LibraryError when it is damaged, no ledger, or one of a newer release; the message says
    "the ledger" and leaves it to the caller to name the file.
    """
    with _opened(ledger) as db:
        found = damage(db)
        if found:
            raise LibraryError(f"the ledger is damaged ({found[0]})")
        number = schema(db)
        if number > newest_schema():
            raise LibraryError(
                f"the ledger was written by a newer Zhiku (schema {number}); update Zhiku"
            )
        blobs = db.execute(
            "SELECT v.sha256, d.path FROM versions v JOIN documents d ON d.id=v.document UNION ALL"
            " SELECT staged, path FROM documents WHERE staged IS NOT NULL"
        ).fetchall()
        return Contents(number, _count(db, "documents"), _count(db, "chunks"), dict(blobs))


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
