"""The ledger: made once, brought up to date, and changed by whole transactions only."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

import retrieval.ledger
from retrieval.errors import LibraryError
from retrieval.keywords import fill_keywords, matching
from retrieval.ledger import Ledger
from retrieval.library import Library, damage

MIGRATIONS = Path(retrieval.ledger.__file__).parent / "migrations"


def sources(ledger: Ledger) -> int:
    with ledger.read() as db:
        return int(db.execute("SELECT count(*) FROM sources").fetchone()[0])


def add_source(db: sqlite3.Connection, root: str) -> None:
    db.execute("INSERT INTO sources (collection, kind, root) VALUES ('c', 'folder', ?)", (root,))


def test_a_new_ledger_has_its_tables_and_writes_a_commit_to_the_disk(ledger: Ledger) -> None:
    with ledger.write() as db:
        tables = {r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        settings = [
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("user_version", "journal_mode", "synchronous", "foreign_keys")
        ]
    assert {"sources", "documents", "versions", "chunks", "vectors", "changes"} <= tables
    newest = max(int(f.name[:3]) for f in MIGRATIONS.iterdir() if f.suffix == ".sql")
    assert settings == [newest, "wal", 2, 1]


def test_the_disk_is_not_waited_for_where_a_write_need_not_last(ledger: Ledger) -> None:
    def waits(*, lasting: bool) -> list[int]:
        with ledger.write(lasting=lasting) as db, ledger.write(lasting=not lasting) as inner:
            return [c.execute("PRAGMA synchronous").fetchone()[0] for c in (db, inner)]

    full, normal = [2, 2], [1, 1]  # the outer one decides
    assert waits(lasting=False) == normal
    assert waits(lasting=True) == full
    assert waits(lasting=False) == normal
    with ledger.write() as db:
        assert db.execute("PRAGMA synchronous").fetchone()[0] == 2


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


# -- from schema 2, before there were keywords


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A ledger of schema 2 that holds two documents of three chunks."""
    path = tmp_path / "older.sqlite3"
    with closing(sqlite3.connect(path)) as db:
        for script in sorted(MIGRATIONS.glob("00[12]_*.sql")):
            db.executescript(script.read_text("utf-8"))
        db.executescript(OLDER)
        db.execute("PRAGMA user_version=2")
        db.commit()
    return path


OLDER = """
INSERT INTO sources (id, collection, kind, root) VALUES (1, 'default', 'folder', '/docs');
INSERT INTO documents (id, source, path, status) VALUES ('d1', 1, 'a.md', 'ready');
INSERT INTO documents (id, source, path, status) VALUES ('d2', 1, 'b.md', 'ready');
INSERT INTO versions VALUES (7, 'd1', 's1', 9, 'p1', 'm', 'Animals', 'en', NULL, '[]');
INSERT INTO versions VALUES (9, 'd2', 's2', 9, 'p1', 'm', NULL, 'zh', 3, '[]');
UPDATE documents SET version=7 WHERE id='d1';
UPDATE documents SET version=9 WHERE id='d2';
INSERT INTO chunks VALUES ('zz', 7, 0, NULL, 'H', 0, 13, 'Zebras graze.', 'e1');
INSERT INTO chunks VALUES ('aa', 7, 1, NULL, 'H', 14, 26, 'Lions sleep.', 'e2');
INSERT INTO chunks VALUES ('mm', 9, 0, 2, '', 0, 7, '斑马在吃草。', 'e3');
INSERT INTO vectors VALUES ('e1', 'm', x'00'), ('e2', 'm', x'00'), ('e3', 'm', x'00');
INSERT INTO indexes VALUES ('m', 'f', 3, 'sealed');
"""
CHUNKS = "SELECT id, version, ordinal, page, heading, start, end, text, embedded FROM chunks"


def test_chunks_of_schema_2_keep_everything_and_get_numbers(older: Path) -> None:
    with closing(sqlite3.connect(older)) as db:
        before = db.execute(f"{CHUNKS} ORDER BY id").fetchall()
    ledger = Ledger(older)
    with ledger.read() as db:
        assert [tuple(r) for r in db.execute(f"{CHUNKS} ORDER BY id")] == before
        numbers = db.execute("SELECT id, number, header, keyed FROM chunks ORDER BY 2").fetchall()
        assert [tuple(r) for r in numbers] == [("zz", 1, "", 0), ("aa", 2, "", 0), ("mm", 3, "", 0)]
        assert damage(db) == []
        assert tuple(db.execute("SELECT * FROM indexes").fetchone()) == ("m", "f", 3, "sealed")
    found = Library(ledger).document_chunks("d1")
    assert [(d.id, d.page_content) for d in found] == [
        ("zz", "Zebras graze."), ("aa", "Lions sleep."),
    ]  # fmt: skip
    ledger.close()


def test_chunks_of_schema_2_are_found_by_their_words_once_these_are_filled_in(
    older: Path,
) -> None:
    ledger = Ledger(older)

    def found(word: str) -> list[str]:
        with ledger.read() as db:
            return matching(db, {word: 1.0}, 9, None)

    assert found("zebra") == []
    fill_keywords(ledger)
    assert (found("zebra"), found("斑马"), found("anim")) == (["zz"], ["mm"], ["zz", "aa"])
    Library(ledger).remove(["d1"])
    assert (found("zebra"), found("斑马")) == ([], ["mm"])
    ledger.close()


def test_references_hold_after_the_change_of_schema(older: Path) -> None:
    ledger = Ledger(older)
    insert = (
        "INSERT INTO chunks (id, version, ordinal, heading, start, end, text, embedded)"
        " VALUES (?, ?, ?, '', 0, 1, 'x', 'e')"
    )
    for row in (("new", 8, 0), ("new", 7, 0), ("zz", 7, 2)):  # no version, a place, an id twice
        with pytest.raises(sqlite3.IntegrityError), ledger.write() as db:
            db.execute(insert, row)
    with ledger.write() as db:
        db.execute("UPDATE documents SET version=NULL WHERE id='d1'")
        db.execute("DELETE FROM versions WHERE id=7")
        assert [r[0] for r in db.execute("SELECT id FROM chunks")] == ["mm"]  # they go with it
        assert damage(db) == []
    ledger.close()


def test_a_change_of_schema_that_fails_leaves_the_older_one(older: Path) -> None:
    with closing(sqlite3.connect(older)) as db:
        db.execute("CREATE TABLE hubs (x)")  # in the way of the last statements
        db.commit()
    with pytest.raises(LibraryError, match="hubs"):
        Ledger(older)
    with closing(sqlite3.connect(older)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (2,)
        assert db.execute("SELECT count(*) FROM chunks").fetchone() == (3,)
        assert "number" not in {r[1] for r in db.execute("PRAGMA table_info(chunks)")}
