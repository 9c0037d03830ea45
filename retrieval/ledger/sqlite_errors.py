"""What SQLite raises, as one line that says what is wrong, with which file, and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import LibraryError, ReadOnlyError
from retrieval.ledger.disk import disk_full, is_full

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_KEYWORDS = 267  # SQLITE_CORRUPT_VTAB: a virtual table, and the keyword index is the only one
# Without a code of SQLite's: a table of ours is gone, or Python cannot read a text of it.
_GONE = ("no such table", "no such column", "Could not decode to UTF-8")


def read_only(ledger: Path) -> ReadOnlyError:
    """Return the error that says that a library cannot be changed, and how it can be."""
    return ReadOnlyError(
        f"the library in {str(ledger.parent)!r} is read-only; to change it, give this user the"
        " right to write there, or copy it to a place where that is so",
        "read-only",
        folder=str(ledger.parent),
    )


def explained(ledger: Path, error: sqlite3.Error) -> LibraryError | None:
    """Return what an error of SQLite means for people; None for a defect of our own."""
    code = getattr(error, "sqlite_errorcode", None)
    kind, name = (code or 0) & 0xFF, repr(str(ledger))
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryError(
            f"another program holds the ledger {name} ({error}); try again when it is done, or"
            " stop it",
            "ledger-held",
            ledger=str(ledger),
        )
    if code == _KEYWORDS:
        return LibraryError(
            f"the keyword index in {name} is damaged ({error}); `kb doctor --repair` fills it"
            " again",
            "keywords-damaged",
            ledger=str(ledger),
        )
    if kind in _DAMAGED or str(error).startswith(_GONE):
        return LibraryError(
            f"the ledger {name} is damaged ({error}); look with `kb doctor`, restore it from a"
            " backup or choose another KB_DATA_DIR",
            "ledger-damaged",
            ledger=str(ledger),
            why=str(error),
        )
    if kind == sqlite3.SQLITE_READONLY:
        return read_only(ledger)
    if kind == sqlite3.SQLITE_FULL or (kind == sqlite3.SQLITE_IOERR and is_full(ledger.parent)):
        return disk_full(ledger)
    if kind == sqlite3.SQLITE_IOERR:
        return LibraryError(
            f"the disk failed while the ledger {name} was in use ({error}); check the disk and the"
            " space on it, then try again",
            "disk-failed",
            ledger=str(ledger),
            why=str(error),
        )
    if kind == sqlite3.SQLITE_CANTOPEN:
        return LibraryError(
            f"the ledger {name} cannot be opened ({error}); check that it is there and that this"
            " user may read it and write to its folder",
            "ledger-unopenable",
            ledger=str(ledger),
            why=str(error),
        )
    return None


@contextmanager
def explaining(ledger: Path) -> Iterator[None]:
    """Raise LibraryError, one line, for what SQLite raises inside; defects of ours stay as is."""
    try:
        yield
    except sqlite3.Error as error:
        meaning = explained(ledger, error)
        if meaning is None:
            raise
        raise meaning from error
