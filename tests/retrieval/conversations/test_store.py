"""Conversations in the ledger: what is noted, what goes with a document, what a copy has."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.conversations import (
    ConversationStore,
    StoredPassage,
    StoredSource,
    filter_from_json,
    filter_to_json,
)
from retrieval.errors import LibraryError
from retrieval.ledger import EVERYTHING, Filter, Ledger
from retrieval.library import Library, adopt, contents, snapshot

Put = Callable[..., str]
LATER = "9999-01-01T00:00:00+00:00"


@pytest.fixture
def store(ledger: Ledger) -> ConversationStore:
    return ConversationStore(ledger)


def ask(store: ConversationStore, conversation: str, question: str = "How many?") -> int:
    return store.begin(conversation, question, question, "{}", None)


def answer(store: ConversationStore, exchange: int, text: str, *sources: StoredSource) -> None:
    chunks = tuple(s.chunk for s in sources)
    passages = [StoredPassage(chunks, chunks[0])] if chunks else []
    store.finish(exchange, "answered", f'{{"answer": "{text}"}}', None, passages, sources)


def source(ledger: Ledger, document: str, sha256: str | None = None) -> StoredSource:
    (chunk,) = Library(ledger).document_chunks(document)
    m = chunk.metadata
    read = m["sha256"] if sha256 is None else sha256
    return StoredSource(
        "cited", 1, document, m["path"], 3, "Leave", "page", None, str(chunk.id), "25 days", read
    )


def test_a_question_is_there_as_soon_as_it_is_asked(store: ConversationStore) -> None:
    chat = store.new_id()
    first = store.begin(chat, "Leave", "How many days?", '{"lang": "en"}', 0.7, assistant="hr")
    (kept,) = store.exchanges(chat)
    assert (kept.id, kept.question, kept.within) == (first, "How many days?", '{"lang": "en"}')
    assert (kept.demanded, kept.state, kept.result) == (0.7, "asked", None)
    assert kept.assistant == "hr"
    found = store.get(chat)
    assert found is not None
    assert found.title == "Leave"
    assert store.interrupt() == 1
    assert [e.state for e in store.exchanges(chat)] == ["interrupted"]


def test_what_came_of_it_is_noted_with_its_passages_and_sources(
    ledger: Ledger, store: ConversationStore, put: Put
) -> None:
    quoted = source(ledger, put("a.md", ["one"]))
    chat = store.new_id()
    answer(store, ask(store, chat), "25", quoted)
    store.finish(ask(store, chat), "failed", None, "no model")
    first, second = store.exchanges(chat)
    assert first.sources == (quoted,)
    assert first.passages == (StoredPassage((quoted.chunk,), quoted.chunk),)
    assert (second.state, second.error, second.sources) == ("failed", "no model", ())
    assert store.exchanges(chat, 1) == [second]
    assert store.exchanges(store.new_id()) == []


def test_a_removed_document_takes_its_quotes_along(
    ledger: Ledger, store: ConversationStore, put: Put
) -> None:
    gone, stays = put("a.md", ["one"]), put("b.md", ["two"])
    chat = store.new_id()
    answer(store, ask(store, chat), "25", source(ledger, gone), source(ledger, stays))
    Library(ledger).remove([gone])
    (kept,) = store.exchanges(chat)
    removed, other = kept.sources
    assert (removed.state, removed.path, removed.n) == ("removed", "a.md", 1)
    assert (removed.text, removed.heading, removed.chunk, removed.document) == ("",) * 4
    assert other.state == "current"
    assert [p.chunks for p in kept.passages] == [(other.chunk,)]
    with closing(sqlite3.connect(ledger.path)) as db:
        held = db.execute("SELECT text, heading FROM exchange_sources ORDER BY ordinal").fetchall()
    assert held == [("", ""), ("25 days", "Leave")]


def test_a_document_removed_while_the_answer_is_written_leaves_nothing(
    ledger: Ledger, store: ConversationStore, put: Put
) -> None:
    quoted = source(ledger, put("a.md", ["one"]))
    chat = store.new_id()
    exchange = ask(store, chat)
    Library(ledger).remove([quoted.document])
    answer(store, exchange, "25", quoted)
    (kept,) = store.exchanges(chat)
    assert kept.passages == ()
    assert [(s.state, s.text) for s in kept.sources] == [("removed", "")]


def test_a_document_that_changed_is_marked_and_one_that_was_renamed_is_not(
    ledger: Ledger, store: ConversationStore, put: Put
) -> None:
    document = put("a.md", ["one"])
    chat = store.new_id()
    answer(store, ask(store, chat), "25", source(ledger, document))
    Library(ledger).rename({document: "new.md"})
    assert [(s.state, s.path) for s in store.exchanges(chat)[0].sources] == [("current", "new.md")]
    put("new.md", ["another"])
    (kept,) = store.exchanges(chat)
    assert [(s.state, s.text) for s in kept.sources] == [("changed", "25 days")]
    assert kept.passages == ()  # its chunks are gone; the quote stays


def test_conversations_are_listed_by_their_last_question_and_searched(
    store: ConversationStore,
) -> None:
    one, two = store.new_id(), store.new_id()
    answer(store, ask(store, one, "差旅标准是多少？"), "住宿 600 元 100%")
    ask(store, two, "How many days of Leave?")
    assert {c.id for c in store.all()} == {one, two}
    for words, found in (
        ("LEAVE", [two]),
        ("差旅", [one]),
        ("差旅標準", [one]),  # the other script
        ("600 元", [one]),  # in the answer
        ("100%", [one]),
        ("%", [one]),  # a sign, and nothing else
        ("_", []),
        ("answer", []),  # what the JSON around it has is not looked at
        ("  ", [two, one]),
    ):
        assert sorted(c.id for c in store.all(words)) == sorted(found), words


def test_a_deleted_one_is_hidden_comes_back_or_is_purged(store: ConversationStore) -> None:
    chat = store.new_id()
    ask(store, chat)
    store.delete(chat)
    assert (store.all(), store.get(chat), store.exchanges(chat)) == ([], None, [])
    assert store.restore(chat)
    store.rename(chat, "Another")
    assert [c.title for c in store.all()] == ["Another"]
    assert store.purge(None, LATER) == 0  # it is not deleted
    store.delete(chat)
    assert store.purge(None, "2000-01-01T00:00:00+00:00") == 0  # not so long ago
    assert store.purge(None, LATER) == 1
    assert not store.restore(chat)


def test_an_old_one_is_purged_with_all_that_belongs_to_it(
    ledger: Ledger, store: ConversationStore, put: Put
) -> None:
    chat = store.new_id()
    exchange = ask(store, chat)
    answer(store, exchange, "25", source(ledger, put("a.md", ["one"])))
    assert store.purge(LATER, "") == 1
    store.finish(exchange, "answered", "{}")  # by a thread that did not know
    with closing(sqlite3.connect(ledger.path)) as db:
        for table in ("exchanges", "exchange_sources", "exchange_passages"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608


def test_a_question_asked_anew_takes_the_place_of_the_one_before(store: ConversationStore) -> None:
    chat, other = store.new_id(), store.new_id()
    first, stranger = ask(store, chat, "How many?"), ask(store, other)
    second = store.begin(chat, "", "How much?", "{}", None, instead_of=first)
    assert [e.id for e in store.exchanges(chat)] == [second]
    assert store.all()[0].title in ("How many?", "")
    store.begin(chat, "", "And?", "{}", None, instead_of=stranger)
    assert [e.id for e in store.exchanges(other)] == [stranger]


def test_a_copy_and_what_is_made_of_it_has_them_but_for_the_deleted(
    ledger: Ledger, store: ConversationStore, put: Put, tmp_path: Path
) -> None:
    quoted = source(ledger, put("a.md", ["one"]))
    kept, gone = store.new_id(), store.new_id()
    answer(store, ask(store, kept), "25", quoted)
    ask(store, kept, "And?")
    answer(store, ask(store, gone), "secret", quoted)
    store.delete(gone)
    snapshot(ledger.path, tmp_path / "copy")
    adopt(tmp_path / "copy")
    copy = Ledger(tmp_path / "copy")
    again = ConversationStore(copy)
    assert [c.id for c in again.all()] == [kept]
    assert not again.restore(gone)
    first, second = again.exchanges(kept)
    assert (first, second.state) == (store.exchanges(kept)[0], "interrupted")
    assert ask(again, kept) > second.id
    copy.close()
    assert contents(tmp_path / "copy").documents == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE exchanges SET question=CAST(x'ff' AS TEXT)",
        "UPDATE exchange_sources SET text=CAST(x'ff' AS TEXT)",
        "UPDATE conversations SET title=CAST(x'ff' AS TEXT)",
        "INSERT INTO conversations VALUES ('../../etc/passwd', '', '', '', NULL)",
        "UPDATE exchanges SET id=9223372036854775807",
        "UPDATE exchanges SET conversation='nobody'",
    ],
)
def test_a_ledger_from_elsewhere_is_refused_for_what_we_do_not_write(
    ledger: Ledger, store: ConversationStore, put: Put, statement: str
) -> None:
    chat = store.new_id()
    answer(store, ask(store, chat), "25", source(ledger, put("a.md", ["one"])))
    ledger.close()
    with closing(sqlite3.connect(ledger.path)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute(statement)
        db.commit()
    with pytest.raises(LibraryError):
        contents(ledger.path)


FILTERS = [
    EVERYTHING,
    Filter("hr", ("a", "b"), ("md",), "zh", "2026-01-02", "2026-01-03", "Bai", ("2026", ""), None),
    Filter(changed=("2026-01", "2026-02"), superseded=()),
]


@pytest.mark.parametrize("within", FILTERS)
def test_a_filter_is_read_as_it_was_written(within: Filter) -> None:
    assert filter_from_json(filter_to_json(within)) == within


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "1", '"x"', "[" * 100_000, '{"documents": "abc", "kinds": [1]}',
     '{"lang": "xx", "since": "yesterday", "made": ["2026"], "author": "\\ud800"}',
     '{"collection": {"a": 1}, "superseded": 3, "other": []}', '{"since": "20260102"}',
     '{"kinds": ["![x](http://evil.example)"]}', '{"kinds": ["md", ""]}', '{"kinds": ["MD"]}',
     '{"changed": ["![x](http://evil.example)", ""]}', '{"made": ["2026-02-30", ""]}',
     '{"changed": ["20260102", ""]}', '{"made": ["2026", "2026-1"]}'],
)  # fmt: skip
def test_what_is_no_part_of_a_filter_is_left_out(text: str) -> None:
    assert filter_from_json(text) == EVERYTHING
