"""The ledger: one SQLite file that is the truth about the library."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.disk import disk_full, is_full
from retrieval.errors import LibraryError
from retrieval.schema import migrate, newest_schema, schema

_WAIT_SECONDS = 30.0  # for a write of another process


class Ledger:
    """The connections of this process to the ledger: one that writes, and some that read.

    A thread that reads sees one state of the ledger, whatever others write meanwhile; threads that
    write wait for each other, in this process by a lock and in others by SQLite's own.
    """

    def __init__(self, path: Path) -> None:
        """Open the ledger, making it or bringing it to the newest schema first.

        Raises LibraryError if the file is no ledger, or one of a newer release.
        """
        self.path = path
        self._lock = threading.RLock()
        self._mine = threading.local()  # the connection that this thread uses now, if any
        # Of its own: who waits for another process's write must not keep readers waiting.
        self._pool = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = self._connect()
            self._log_ahead()
            self._migrate()
        except (OSError, sqlite3.DatabaseError) as error:
            if is_full(path.parent):  # SQLite shares its log through a file that must be made
                raise disk_full(path) from error
            raise LibraryError(
                f"the ledger {str(path)!r} cannot be opened ({error}); "
                "restore it from a backup or choose another KB_DATA_DIR"
            ) from error

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(
            self.path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )
        db.row_factory = sqlite3.Row
        # FULL: a document reported as ingested is on the disk, even after a power cut.
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            db.execute(f"PRAGMA {pragma}")
        return db

    def _log_ahead(self) -> None:
        """Turn the write-ahead log on.

        SQLite does not wait for another process here, as it does elsewhere: of three that made a
        new library at once, one in seventy was told that it is locked.
        """
        ends = time.monotonic() + _WAIT_SECONDS
        while True:
            try:
                self._writer.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() > ends:
                    raise
            time.sleep(0.01)

    def _migrate(self) -> None:
        newest = newest_schema()
        with self.read() as db:
            if schema(db) == newest:
                return  # nothing to write, so that a library on a full disk can be asked
        with self.write() as db:
            if (number := schema(db)) > newest:
                raise LibraryError(
                    f"the ledger {str(self.path)!r} was written by a newer Zhiku "
                    f"(schema {number}); update Zhiku"
                )
            migrate(db)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for statements that see one state of the ledger.

        Inside a `read` or `write` of the same thread they see the state of that one.
        """
        outer: sqlite3.Connection | None = getattr(self._mine, "db", None)
        if outer is not None:
            yield outer
            return
        with self._pool:
            db = self._idle.pop() if self._idle else None
        db = db or self._connect()
        db.execute("BEGIN")
        self._mine.db = db
        try:
            yield db
        finally:
            self._mine.db = None
            db.execute("ROLLBACK")
            with self._pool:
                self._idle.append(db)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside one transaction: all of it becomes visible, or nothing."""
        outer: sqlite3.Connection | None = getattr(self._mine, "db", None)
        if outer is self._writer:
            yield outer
            return
        if outer is not None:
            raise RuntimeError("a thread that reads the ledger cannot write to it")
        with self._lock:
            self._writer.execute("BEGIN IMMEDIATE")
            self._mine.db = self._writer
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException as error:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                if isinstance(error, sqlite3.OperationalError) and _is_full(error):
                    raise disk_full(self.path) from error
                raise
            finally:
                self._mine.db = None

    def close(self) -> None:
        """Close the connections; the ledger cannot be used afterwards."""
        with self._lock, self._pool:
            # The writer last: the last to close puts the write-ahead log into the file.
            for db in (*self._idle, self._writer):
                db.close()
            self._idle.clear()


def _is_full(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
