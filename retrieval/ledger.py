"""The ledger: one SQLite file that is the truth about the library."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from retrieval.errors import LibraryError

_SCRIPT = re.compile(r"^(\d{3})_\w+\.sql$")


def _scripts() -> list[tuple[int, str]]:
    folder = resources.files("retrieval") / "migrations"
    found = [
        (int(m[1]), f.read_text("utf-8")) for f in folder.iterdir() if (m := _SCRIPT.match(f.name))
    ]
    return sorted(found)


class Ledger:
    """One connection to the ledger, shared by the threads of this process.

    A thread that writes holds the connection until its transaction ends, so nobody in this
    process reads half of it; other processes are kept apart by SQLite's own locks.
    """

    def __init__(self, path: Path) -> None:
        """Open the ledger, making it or bringing it to the newest schema first.

        Raises LibraryError if the file is no ledger, or one of a newer release.
        """
        self.path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                path, timeout=30, isolation_level=None, check_same_thread=False
            )
            self._db.row_factory = sqlite3.Row
            # FULL: a document reported as ingested is on the disk, even after a power cut.
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                self._db.execute(f"PRAGMA {pragma}")
            self._migrate()
        except (OSError, sqlite3.DatabaseError) as error:
            raise LibraryError(
                f"the ledger {str(path)!r} cannot be opened ({error}); "
                "restore it from a backup or choose another KB_DATA_DIR"
            ) from error

    def _migrate(self) -> None:
        scripts = _scripts()
        with self.write() as db:
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > scripts[-1][0]:
                raise LibraryError(
                    f"the ledger {str(self.path)!r} was written by a newer Zhiku "
                    f"(schema {version}); update Zhiku"
                )
            for number, script in scripts:
                if number > version:
                    for statement in _statements(script):
                        db.execute(statement)
                    db.execute(f"PRAGMA user_version={number}")

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for statements that see one state of the ledger."""
        with self._lock:
            if self._db.in_transaction:  # inside this thread's own write
                yield self._db
                return
            self._db.execute("BEGIN")
            try:
                yield self._db
            finally:
                self._db.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside one transaction: all of it becomes visible, or nothing."""
        with self._lock:
            if self._db.in_transaction:
                yield self._db
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the connection; the ledger cannot be used afterwards."""
        with self._lock:
            self._db.close()


def _statements(script: str) -> Iterator[str]:
    """Split a script, as `executescript` would commit the transaction around it."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending
