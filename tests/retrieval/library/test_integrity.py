"""Damage inside a ledger is found, and a sound one is not suspected."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from retrieval.keywords import empty_keywords
from retrieval.ledger import Ledger, VectorTable, schema
from retrieval.library import (
    KeywordState,
    Library,
    damage,
    drop_vectors,
    keyword_state,
    vector_state,
)

Put = Callable[..., str]


def change(ledger: Ledger, statement: str, *values: object) -> None:
    with ledger.write() as db:
        db.execute(statement, values)


def test_a_sound_ledger_has_no_damage(ledger: Ledger, put: Put) -> None:
    put("a.md", ["one", "two"])
    with ledger.read() as db:
        assert damage(db) == []
        assert schema(db) >= 1
    state = vector_state(ledger)
    assert (state.missing, state.damaged, state.orphans, state.busy) == ({}, [], 0, False)


def test_a_row_that_refers_to_nothing_is_damage(ledger: Ledger, put: Put) -> None:
    put("a.md", ["one"])
    ledger.close()
    with closing(sqlite3.connect(ledger.path)) as db:  # without the ledger's foreign_keys=ON
        db.execute("DELETE FROM sources")
        db.commit()
        assert damage(db) == ["a row of documents refers to a row of sources that is gone"]


@pytest.mark.parametrize("page", [3, 5, 8])
def test_an_overwritten_page_is_damage(ledger: Ledger, put: Put, page: int) -> None:
    put("a.md", [f"text {i}" for i in range(50)])
    ledger.close()
    data = bytearray(ledger.path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    ledger.path.write_bytes(data)
    with closing(sqlite3.connect(ledger.path)) as db:
        assert damage(db)


def test_visible_chunks_without_a_vector_are_counted_by_document(ledger: Ledger, put: Put) -> None:
    one, two = put("a.md", ["one", "both"]), put("b.md", ["both"])
    put("c.md", ["fine"])
    [row] = [r for r in vectors(ledger) if r[1] == one and r[2] == "both"]
    change(ledger, "DELETE FROM vectors WHERE embedded=?", row[0])
    assert vector_state(ledger).missing == {one: 1, two: 1}


def test_a_vector_of_another_model_does_not_count(ledger: Ledger, put: Put) -> None:
    document = put("a.md", ["one"])
    change(ledger, "UPDATE vectors SET fingerprint='model-b'")
    state = vector_state(ledger)
    assert (state.missing, state.orphans) == ({document: 1}, 1)


@pytest.mark.parametrize(
    "data",
    [b"", b"abc", bytes(64), b"\xff" * 64, b"\0\0\0\x7f" * 16, bytes(64) + b"\0\0\x80\x3f"],
    ids=["empty", "cut", "zeros", "no numbers", "huge", "too long"],
)
def test_a_vector_that_is_none_is_damaged(ledger: Ledger, put: Put, data: bytes) -> None:
    put("a.md", ["one", "two", "three"])
    [row] = [r for r in vectors(ledger) if r[2] == "two"]
    change(ledger, "UPDATE vectors SET vector=? WHERE embedded=?", data, row[0])
    assert vector_state(ledger).damaged == [(row[0], "model-a")]


def test_dropped_vectors_are_missing(ledger: Ledger, put: Put) -> None:
    document = put("a.md", ["one", "two"])
    [row] = [r for r in vectors(ledger) if r[2] == "two"]
    drop_vectors(ledger, [(row[0], "model-a"), (row[0], "model-b")])
    assert vector_state(ledger).missing == {document: 1}


def test_orphans_are_what_a_sweep_deletes(ledger: Ledger, put: Put) -> None:
    put("a.md", ["one"])
    VectorTable(ledger).put({"nobody": [0.6, 0.8]}, "model-a")  # type: ignore[dict-item]
    VectorTable(ledger).put({"nobody": [0.6, 0.8]}, "model-b")  # type: ignore[dict-item]
    assert vector_state(ledger).orphans == 2
    assert VectorTable(ledger).sweep() == 2
    assert vector_state(ledger).orphans == 0


def test_a_document_in_hand_is_busy(ledger: Ledger, put: Put) -> None:
    document = put("a.md", ["one"])
    Library(ledger).progress(document, "embedding")
    assert vector_state(ledger).busy


class Newer:
    """Answers as SQLite 3.44 does, which looks into full-text indexes too."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines

    def execute(self, statement: str) -> "Newer":
        self.rows = [(line,) for line in self.lines] if "integrity" in statement else []
        return self

    def __iter__(self) -> Iterator[tuple[str]]:
        return iter(self.rows)

    def fetchmany(self, n: int) -> list[tuple[str]]:
        return self.rows[:n]


def test_a_damaged_keyword_index_is_no_damage_of_the_ledger() -> None:
    index = "malformed inverted index for FTS5 table main.keywords"
    assert damage(Newer(index)) == []  # type: ignore[arg-type]
    assert damage(Newer("row 1 missing", index)) == ["row 1 missing"]  # type: ignore[arg-type]
    assert damage(Newer("ok")) == []  # type: ignore[arg-type]


# -- keywords


def test_keywords_that_are_well_wait_are_missing_or_stray(ledger: Ledger, put: Put) -> None:
    assert keyword_state(ledger) == KeywordState()
    put("a.md", ["one", "two", "three"])
    assert keyword_state(ledger) == KeywordState()
    change(ledger, "DELETE FROM keywords WHERE rowid=1")
    change(ledger, "INSERT INTO keywords (rowid, body) VALUES (77, 'x'), (78, 'x')")
    assert keyword_state(ledger) == KeywordState(missing=1, stray=2)
    with ledger.write() as db:
        empty_keywords(db)
    assert keyword_state(ledger) == KeywordState(waiting=3)
    assert keyword_state(ledger).well


def test_keywords_of_another_release_wait(ledger: Ledger, put: Put) -> None:
    put("a.md", ["one", "two"])
    change(ledger, "UPDATE keyword_state SET terms='0'")
    assert keyword_state(ledger) == KeywordState(waiting=2)


def test_a_keyword_index_that_contradicts_itself_is_malformed(ledger: Ledger, put: Put) -> None:
    put("a.md", ["one", "two"])
    change(ledger, "UPDATE keywords_content SET c2='other'")
    assert keyword_state(ledger) == KeywordState(malformed=True)
    assert not keyword_state(ledger).well


def vectors(ledger: Ledger) -> list[tuple[str, str, str]]:
    """The hash, document and text of every visible chunk."""
    with ledger.read() as db:
        rows = db.execute(
            "SELECT c.embedded, d.id, c.text FROM chunks c JOIN documents d ON d.version=c.version"
        ).fetchall()
    return [(r[0], r[1], r[2]) for r in rows]
