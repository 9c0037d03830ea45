"""The ledger: one SQLite file that is the truth about the library."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import LibraryError
from retrieval.ledger.schema import migrate, newest_schema, schema
from retrieval.ledger.sqlite_errors import explaining, read_only


class Ledger:
    """The connections of this process to the ledger: one that writes, and some that read.

    A thread that reads sees one state of the ledger, whatever others write meanwhile; threads that
    write wait for each other, in this process by a lock and in others by SQLite's own.
    """

    def __init__(self, path: Path, wait_seconds: float = 30.0) -> None:
        """Open the ledger, making it or bringing it to the newest schema first.

        One that this user may not write is opened for reading. `wait_seconds` is how long the
        write of another process is waited for. Raises LibraryError if the file is no ledger, one of
        a newer release, or held by another program.
        """
        self.path = path
        self.read_only = _is_closed(path)
        self._wait_seconds = wait_seconds
        self._lock = threading.RLock()
        self._mine = threading.local()  # the connection that this thread uses now, if any
        # Of its own: who waits for another process's write must not keep readers waiting.
        self._pool = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._seen: object = None  # the files of a read-only ledger when `_idle` was opened
        self._writer: sqlite3.Connection | None = None
        self._watching = threading.Lock()
        self._watcher: sqlite3.Connection | None = None  # writes nothing, and so sees all writes
        try:
            with explaining(path):
                self._open()
        except OSError as error:
            raise LibraryError(
                f"the ledger {str(path)!r} cannot be made ({error}); choose another KB_DATA_DIR",
                "ledger-unmakable",
                ledger=str(path),
                why=str(error),
            ) from error
        except sqlite3.DatabaseError as error:
            raise LibraryError(
                f"the ledger {str(path)!r} cannot be opened ({error}); "
                "restore it from a backup or choose another KB_DATA_DIR",
                "ledger-unopenable",
                ledger=str(path),
                why=str(error),
            ) from error

    def _open(self) -> None:
        if self.read_only:
            with self.read() as db:
                if (number := schema(db)) < newest_schema():
                    raise LibraryError(
                        f"the ledger {str(self.path)!r} is of an older Zhiku (schema {number}) and"
                        " read-only; make it writable once, so that it can be brought up to date",
                        "ledger-older",
                        ledger=str(self.path),
                        schema=number,
                    )
                self._require_known(number)
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made by us, as SQLite's own may be read by all; its log and shared memory take the mode.
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        self._writer = self._connect()
        self._log_ahead(self._writer)
        self._migrate()

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(
            f"{self.path.absolute().as_uri()}{self._mode()}",
            uri=True,
            timeout=self._wait_seconds,
            isolation_level=None,
            check_same_thread=False,
        )
        db.row_factory = sqlite3.Row
        # FULL: a document reported as ingested is on the disk, even after a power cut.
        # The others: nothing that somebody wrote into the schema runs, damage is seen at once.
        for pragma in (
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "cell_size_check=ON",
        ):
            db.execute(f"PRAGMA {pragma}")
        return db

    def _mode(self) -> str:
        if not self.read_only:
            return "?mode=rw"
        # Without its log a ledger was closed and nobody writes to it; SQLite would have to make
        # the log's files even to read. As soon as there is one, it is read too, see `_look`.
        return "?mode=ro" if _log_of(self.path).exists() else "?mode=ro&immutable=1"

    def _look(self) -> None:
        """Open a read-only ledger anew when somebody who may write to it has done so."""
        if self.read_only:
            state = (_state(self.path), _log_of(self.path).exists())
            if state != self._seen:
                self._seen = state
                for db in self._idle:
                    db.close()
                self._idle.clear()

    def _log_ahead(self, db: sqlite3.Connection) -> None:
        """Turn the write-ahead log on.

        SQLite does not wait for another process here, as it does elsewhere: of three that made a
        new library at once, one in seventy was told that it is locked.
        """
        ends = time.monotonic() + self._wait_seconds
        while True:
            try:
                db.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() > ends:
                    raise
            time.sleep(0.01)

    def _migrate(self) -> None:
        with self.read() as db:
            if schema(db) == newest_schema():
                return  # nothing to write, so that a library on a full disk can be asked
        with self.write() as db:
            self._require_known(schema(db))
            migrate(db)

    def _require_known(self, number: int) -> None:
        if number > newest_schema():
            raise LibraryError(
                f"the ledger {str(self.path)!r} was written by a newer Zhiku "
                f"(schema {number}); update Zhiku",
                "ledger-newer",
                ledger=str(self.path),
                schema=number,
            )

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for statements that see one state of the ledger.

        Inside a `read` or `write` of the same thread they see the state of that one.
        """
        outer: sqlite3.Connection | None = getattr(self._mine, "db", None)
        if outer is not None:
            yield outer
            return
        with explaining(self.path):
            with self._pool:
                self._look()
                db = self._idle.pop() if self._idle else None
            db = db or self._connect()
            db.execute("BEGIN")
            self._mine.db = db
            try:
                yield db
            finally:
                self._mine.db = None
                if db.in_transaction:  # SQLite ends it itself after some errors
                    db.execute("ROLLBACK")
                with self._pool:
                    self._idle.append(db)

    @contextmanager
    def write(self, *, lasting: bool = True) -> Iterator[sqlite3.Connection]:
        """Give the connection inside one transaction: all of it becomes visible, or nothing.

        It outlasts a power cut when the `with` ends. What need not be `lasting` does so only with
        the next one that is: SQLite's log is synced as a whole, in order, so no later write lasts
        without it. A commit that waits for the disk takes 1.5 ms on an SSD that is busy.
        """
        outer: sqlite3.Connection | None = getattr(self._mine, "db", None)
        if outer is not None and outer is self._writer:
            yield outer
            return
        if outer is not None:
            raise RuntimeError("a thread that reads the ledger cannot write to it")
        writer = self._writer
        if writer is None:
            raise read_only(self.path)
        with self._lock, explaining(self.path):
            # In the log NORMAL means that a commit is written, and the disk not waited for.
            writer.execute(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
            writer.execute("BEGIN IMMEDIATE")
            self._mine.db = writer
            try:
                yield writer
                writer.execute("COMMIT")
            except BaseException:
                if writer.in_transaction:
                    writer.execute("ROLLBACK")
                raise
            finally:
                self._mine.db = None

    def state(self) -> int | None:
        """Return a number that is another one after each write, of this or another process.

        None where that is not known: in a transaction of this thread, and of a read-only ledger.
        """
        if self.read_only or getattr(self._mine, "db", None) is not None:
            return None
        with self._watching, explaining(self.path):
            self._watcher = self._watcher or self._connect()
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def require_writable(self) -> None:
        """Raise ReadOnlyError when the library cannot be changed."""
        if self.read_only:
            raise read_only(self.path)

    def close(self) -> None:
        """Close the connections; the ledger cannot be used afterwards."""
        with self._lock, self._pool, self._watching:
            # The writer last: the last to close puts the write-ahead log into the file.
            for db in (*self._idle, self._watcher, self._writer):
                if db is not None:
                    db.close()
            self._idle.clear()


def _is_closed(ledger: Path) -> bool:
    """Tell whether this user may not write to a ledger that is there, or beside it."""
    return ledger.exists() and not all(os.access(p, os.W_OK) for p in (ledger, ledger.parent))


def _log_of(ledger: Path) -> Path:
    return Path(f"{ledger}-wal")


def _state(file: Path) -> tuple[int, int, int]:
    found = file.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns
