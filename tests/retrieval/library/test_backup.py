"""A copy of the ledger is of one moment, whatever others write, and is looked at before use."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger, newest_schema, text_hash
from retrieval.library import Contents, Library, contents, holds_documents, snapshot

Put = Callable[..., str]


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


def test_a_copy_holds_what_the_ledger_holds(ledger: Ledger, put: Put, tmp_path: Path) -> None:
    put("a.md", ["one", "two"])
    put("b.md", ["three"])
    Library(ledger).stage(Library(ledger).sources()[0], "c.md", text_hash("waits"), 7)
    held = snapshot(ledger.path, tmp_path / "copy")
    assert (held.schema, held.documents, held.chunks) == (newest_schema(), 3, 3)
    assert held.blobs == {sha: r.path for r in Library(ledger).records() for sha in [r.sha256]}
    assert held.blobs[text_hash("waits")] == "c.md"
    for table in ("documents", "versions", "chunks", "vectors", "sources"):
        query = f"SELECT * FROM {table} ORDER BY 1"  # noqa: S608
        assert rows(tmp_path / "copy", query) == rows(ledger.path, query)


def test_a_copy_is_one_file_that_knows_no_index_and_no_job(
    ledger: Ledger, put: Put, tmp_path: Path
) -> None:
    put("a.md", ["one"])
    with ledger.write() as db:
        db.execute("INSERT INTO indexes (fingerprint, folder, applied) VALUES ('model-a', 'f', 0)")
        db.execute(
            "INSERT INTO jobs (kind, arguments, status, asked_at) VALUES ('i','','queued','')"
        )
    snapshot(ledger.path, tmp_path / "copy")
    assert rows(tmp_path / "copy", "PRAGMA journal_mode") == [("delete",)]
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith("copy")] == ["copy"]
    for table in ("changes", "indexes", "jobs"):
        query = f"SELECT * FROM {table}"  # noqa: S608
        assert rows(tmp_path / "copy", query) == []
        assert rows(ledger.path, query) != []


def test_in_a_copy_nobody_is_reading(ledger: Ledger, put: Put, tmp_path: Path) -> None:
    library = Library(ledger)
    ready = put("a.md", ["one"])
    waits = library.stage(library.sources()[0], "b.md", text_hash("s"), 1)
    library.progress(ready, "embedding")
    library.progress(waits, "reading")
    snapshot(ledger.path, tmp_path / "copy")
    assert rows(tmp_path / "copy", "SELECT path, status FROM documents ORDER BY path") == [
        ("a.md", "ready"),
        ("b.md", "queued"),
    ]


def test_a_copy_has_no_vectors_that_nothing_needs(ledger: Ledger, put: Put, tmp_path: Path) -> None:
    put("a.md", ["old"])
    put("a.md", ["new"])
    snapshot(ledger.path, tmp_path / "copy")
    assert rows(ledger.path, "SELECT count(*) FROM vectors") == [(2,)]
    assert rows(tmp_path / "copy", "SELECT count(*) FROM vectors") == [(1,)]


def test_a_copy_can_be_opened_as_a_ledger(ledger: Ledger, put: Put, tmp_path: Path) -> None:
    document = put("a.md", ["one"])
    snapshot(ledger.path, tmp_path / "copy")
    copy = Ledger(tmp_path / "copy")
    assert [d.page_content for d in Library(copy).document_chunks(document)] == ["one"]
    copy.close()


def test_what_others_write_meanwhile_is_in_it_whole_or_not_at_all(
    ledger: Ledger, put: Put, tmp_path: Path
) -> None:
    """Each document has three chunks, so any other number would be half a transaction."""
    ended, failures, before = threading.Event(), [], put("0.md", ["x", "y", "z"])

    def write() -> None:
        other = 0
        while not ended.is_set():
            other += 1
            document = put(f"{other % 5}.md", [f"{other} {i}" for i in range(3)])
            if other % 3 == 0 and document != before:
                Library(ledger).remove([document])

    def watched() -> None:
        try:
            write()
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=watched)
    thread.start()
    try:
        found = [snapshot(ledger.path, tmp_path / f"copy{n}") for n in range(20)]
    finally:
        ended.set()
        thread.join()
    assert failures == []
    for number, held in enumerate(found):
        copy = tmp_path / f"copy{number}"
        assert rows(copy, "SELECT 3 * count(version) FROM documents") == [(held.chunks,)]
        assert rows(copy, "SELECT count(*) FROM documents WHERE id='%s'" % before) == [(1,)]  # noqa: UP031, S608
        without = rows(copy, "SELECT 1 FROM chunks WHERE embedded NOT IN"
                       " (SELECT embedded FROM vectors)")  # fmt: skip
        assert without == []
    assert len({tuple(sorted(h.blobs)) for h in found}) > 1, "nothing was written meanwhile"


def test_a_damaged_ledger_is_not_copied_as_if_it_were_sound(
    ledger: Ledger, put: Put, tmp_path: Path
) -> None:
    put("a.md", [f"text {i}" for i in range(50)])
    ledger.close()
    data = bytearray(ledger.path.read_bytes())
    data[4 * 4096 : 5 * 4096] = b"\xff" * 4096
    ledger.path.write_bytes(data)
    with pytest.raises(LibraryError, match=r"^the ledger "):
        snapshot(ledger.path, tmp_path / "copy")


def test_a_ledger_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be read"):
        snapshot(tmp_path / "none", tmp_path / "copy")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("PRAGMA user_version=999", r"newer Zhiku \(schema 999\); update Zhiku"),
        ("DELETE FROM sources", r"damaged \(a row of documents refers"),
        ("DROP TABLE chunks", r"not as Zhiku makes them: the table .chunks. is missing"),
    ],
)
def test_a_ledger_that_cannot_be_used_is_refused(
    ledger: Ledger, put: Put, statement: str, said: str
) -> None:
    put("a.md", ["one"])
    ledger.close()
    with closing(sqlite3.connect(ledger.path)) as db:
        db.execute(statement)
        db.commit()
    with pytest.raises(LibraryError, match=said):
        contents(ledger.path)


def test_contents_of_an_empty_ledger(ledger: Ledger) -> None:
    assert contents(ledger.path) == Contents(newest_schema(), 0, 0, {})


def test_whether_there_are_documents(ledger: Ledger, put: Put, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "text").write_text("no database" * 99)
    assert not holds_documents(tmp_path / "none")
    assert not holds_documents(tmp_path / "empty")
    assert not holds_documents(ledger.path)
    put("a.md", ["one"])
    assert holds_documents(ledger.path)
    assert holds_documents(tmp_path / "text"), "what cannot be read may be a library"
