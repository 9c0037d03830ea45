"""The ledger: made once, brought up to date, and changed by whole transactions only."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

import retrieval
from retrieval.errors import LibraryError
from retrieval.ledger import Ledger

MIGRATIONS = Path(retrieval.__file__).parent / "migrations"


def sources(ledger: Ledger) -> int:
    with ledger.read() as db:
        return int(db.execute("SELECT count(*) FROM sources").fetchone()[0])


def add_source(db: sqlite3.Connection, root: str) -> None:
    db.execute("INSERT INTO sources (collection, kind, root) VALUES ('c', 'folder', ?)", (root,))


def test_a_new_ledger_has_its_tables_and_writes_every_commit_to_the_disk(ledger: Ledger) -> None:
    with ledger.read() as db:
        tables = {r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        settings = [
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("user_version", "journal_mode", "synchronous", "foreign_keys")
        ]
    assert {"sources", "documents", "versions", "chunks", "vectors", "changes"} <= tables
    newest = max(int(f.name[:3]) for f in MIGRATIONS.iterdir() if f.suffix == ".sql")
    assert settings == [newest, "wal", 2, 1]


def test_folders_above_a_new_ledger_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "ledger.sqlite3"
    Ledger(path).close()
    assert path.is_file()


def test_what_was_written_is_there_after_reopening(ledger: Ledger) -> None:
    with ledger.write() as db:
        add_source(db, "/docs")
    ledger.close()
    again = Ledger(ledger.path)
    assert sources(again) == 1
    again.close()


def test_a_ledger_of_a_newer_release_is_refused_and_left_alone(ledger: Ledger) -> None:
    with ledger.write() as db:
        add_source(db, "/docs")
        db.execute("PRAGMA user_version=999")
    ledger.close()
    with pytest.raises(LibraryError, match=r"newer Zhiku \(schema 999\); update"):
        Ledger(ledger.path)
    with closing(sqlite3.connect(ledger.path)) as db:
        assert db.execute("SELECT root FROM sources").fetchall() == [("/docs",)]


@pytest.mark.parametrize("content", [b"this is no database, only text " * 50, b"SQLite format 3\0"])
def test_a_file_that_is_no_ledger_is_one_line_and_stays(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(content)
    with pytest.raises(LibraryError) as raised:
        Ledger(path)
    message = str(raised.value)
    assert repr(str(path)) in message
    assert "KB_DATA_DIR" in message
    assert "\n" not in message
    assert path.read_bytes() == content


def test_a_failed_transaction_leaves_nothing(ledger: Ledger) -> None:
    def write(error: BaseException) -> None:
        with ledger.write() as db:
            add_source(db, "/one")
            raise error

    for error in (ValueError(), KeyboardInterrupt(), GeneratorExit()):
        with pytest.raises(type(error)):
            write(error)
        assert sources(ledger) == 0
    with pytest.raises(sqlite3.IntegrityError), ledger.write() as db:
        db.execute("INSERT INTO sources (collection, kind, root) VALUES ('c', 'odd', '/')")
    assert sources(ledger) == 0
    with ledger.write() as db:  # and the connection is usable
        add_source(db, "/one")
    assert sources(ledger) == 1


def test_a_transaction_within_another_is_part_of_it(ledger: Ledger) -> None:
    def write() -> None:
        with ledger.write() as outer:
            add_source(outer, "/one")
            with ledger.write() as inner:
                add_source(inner, "/two")
            assert sources(ledger) == 2  # its own thread reads what it wrote
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert sources(ledger) == 0


def test_reading_cannot_change_anything(ledger: Ledger) -> None:
    with ledger.read() as db:
        add_source(db, "/one")
    assert sources(ledger) == 0


def test_another_thread_sees_nothing_of_a_transaction_before_its_end(ledger: Ledger) -> None:
    seen: list[int] = []
    reader = threading.Thread(target=lambda: seen.append(sources(ledger)))
    with ledger.write() as db:
        add_source(db, "/one")
        reader.start()
        reader.join(30)  # it does not wait for the end
        add_source(db, "/two")
    assert seen == [0]
    assert sources(ledger) == 2


def test_another_process_sees_the_state_before_until_the_commit(ledger: Ledger) -> None:
    other = Ledger(ledger.path)  # another connection, as another process has it
    with ledger.write() as db:
        add_source(db, "/one")
        assert sources(other) == 0
    assert sources(other) == 1
    other.close()


def test_a_document_cannot_lose_its_source(ledger: Ledger) -> None:
    with pytest.raises(sqlite3.IntegrityError), ledger.write() as db:
        db.execute("INSERT INTO documents (id, source, path, status) VALUES ('d', 7, 'a', 'ready')")


def test_reading_does_not_wait_for_a_write_of_another_process(ledger: Ledger) -> None:
    other = sqlite3.connect(ledger.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    done = threading.Event()

    def write() -> None:
        with ledger.write() as db:  # waits for the other one
            add_source(db, "/late")
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join(0.2)
    assert not done.is_set()
    assert sources(ledger) == 0
    other.execute("ROLLBACK")
    other.close()
    thread.join(30)
    assert sources(ledger) == 1
