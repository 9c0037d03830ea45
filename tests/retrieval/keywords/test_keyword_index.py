"""The keyword index: of one transaction with its documents, ranked by rarity, filled again."""

import sqlite3
from collections.abc import Callable, Collection
from math import log
from random import Random
from typing import Any

import pytest

from retrieval.errors import LibraryError
from retrieval.keywords import (
    TERMS,
    ChunkWords,
    empty_keywords,
    fill_keywords,
    matching,
    rarity,
    terms,
    words_of,
)
from retrieval.ledger import Ledger
from retrieval.library import Library

Put = Callable[..., str]


def found(
    ledger: Ledger,
    question: str,
    k: int = 9,
    allowed: Collection[str] | None = None,
    **more: int,
) -> list[str]:
    """The texts of the chunks that a question's words find, best first."""
    documents = None if allowed is None else frozenset(allowed)
    with ledger.read() as db:
        ids = matching(db, rarity(db, set(terms(question))), k, documents, **more)
        chunks = Library(ledger).chunks(ids)
    return [chunks[i].page_content for i in ids]


def rows(ledger: Ledger, query: str) -> list[tuple[Any, ...]]:
    with ledger.read() as db:
        return [tuple(row) for row in db.execute(query)]


def change(ledger: Ledger, statement: str) -> None:
    with ledger.write() as db:
        db.execute(statement)


# -- found


def test_words_are_found_from_the_transaction_that_publishes_to_the_one_that_removes(
    ledger: Ledger, put: Put
) -> None:
    document = put("a.md", ["zebras graze"])
    assert found(ledger, "zebra") == ["zebras graze"]
    put("a.md", ["lions sleep"])
    assert (found(ledger, "zebra"), found(ledger, "lion")) == ([], ["lions sleep"])
    Library(ledger).remove([document])
    assert found(ledger, "lion") == []
    assert rows(ledger, "SELECT count(*) FROM keywords") == [(0,)]


def test_a_version_that_is_not_published_leaves_no_words(ledger: Ledger, put: Put) -> None:
    put("a.md", ["zebras graze"])

    def fails() -> None:
        with ledger.write():
            put("a.md", ["lions sleep"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert (found(ledger, "zebra"), found(ledger, "lion")) == (["zebras graze"], [])


def test_title_heading_and_table_header_are_found_too(ledger: Ledger, put: Put) -> None:
    put("a.md", ["5 euros"])
    assert found(ledger, "title") == found(ledger, "h") == ["5 euros"]
    change(ledger, "UPDATE chunks SET header='| price |'")
    with ledger.write() as db:
        empty_keywords(db)
    fill_keywords(ledger)
    assert found(ledger, "prices") == ["5 euros"]


def test_a_rarer_word_weighs_more(ledger: Ledger, put: Put) -> None:
    put("a.md", ["dogs bark", "dogs run", "dogs sleep", "a zebra"])
    assert found(ledger, "zebra dogs")[0] == "a zebra"
    with ledger.read() as db:
        weights = rarity(db, {"zebra", "dog", "titl", "unicorn"})
    assert weights["unicorn"] > weights["zebra"] > weights["dog"] > weights["titl"]
    assert weights["zebra"] == pytest.approx(log(1 + (4 - 1 + 0.5) / (1 + 0.5)))
    assert weights["unicorn"] == pytest.approx(log(1 + (4 + 0.5) / 0.5))


def test_an_empty_library_has_no_rarities(ledger: Ledger) -> None:
    with ledger.read() as db:
        assert rarity(db, {"zebra"}) == {"zebra": 0.0}
    assert found(ledger, "zebra") == []


def test_a_filter_holds_within_the_query_not_after_it(ledger: Ledger, put: Put) -> None:
    many = put("many.md", [f"zebra number {n}" for n in range(50)])
    one = put("one.md", ["one zebra " + "among other animals of the plain " * 5])
    assert found(ledger, "zebra", 1, [one])[0].startswith("one zebra")
    assert len(found(ledger, "zebra", 99, [many])) == 50
    assert found(ledger, "zebra", 9, []) == found(ledger, "zebra", 9, ["nobody"]) == []
    assert len(found(ledger, "zebra", 99, [one, many])) == 51
    assert found(ledger, "zebra", 0) == []


def test_a_common_word_is_looked_for_beside_a_rarer_one_only_in_few_rows(
    ledger: Ledger, put: Put
) -> None:
    """1 row of zebras and 9 of dogs; half a row is added for each word."""
    put("a.md", [f"dogs and thing{n}" for n in range(9)] + ["a zebra"])
    assert len(found(ledger, "zebras or dogs", 99, most_rows=12)) == 10
    assert found(ledger, "zebras or dogs", 99, most_rows=10) == ["a zebra"]
    assert len(found(ledger, "dogs", 99, most_rows=1)) == 9  # nothing rarer is asked for


@pytest.mark.parametrize("document", [None, "b.md"])
def test_ranking_only_what_holds_most_finds_the_best(
    ledger: Ledger, put: Put, document: str | None
) -> None:
    random = Random(5)  # noqa: S311
    words = [f"w{n}x" for n in range(40)]
    texts = [
        " ".join(random.choices(words, range(40), k=random.randint(3, 30))) for _ in range(400)
    ]
    documents = {"a.md": put("a.md", texts[:300]), "b.md": put("b.md", texts[300:])}
    allowed = None if document is None else frozenset([documents[document]])
    for asked in (words[::7], words[:6], words[30:], words[10:12]):
        with ledger.read() as db:
            # FTS5 ranks all rows itself here.
            all_ranked = db.execute(
                "SELECT c.id, d.id FROM keywords JOIN chunks c ON c.number=keywords.rowid"
                " JOIN documents d ON d.version=c.version WHERE keywords MATCH ?"
                " ORDER BY bm25(keywords), keywords.rowid",
                (" OR ".join(asked),),
            ).fetchall()
            expected = [row[0] for row in all_ranked if allowed is None or row[1] in allowed]
            assert len(expected) > 1
            rarities = rarity(db, asked)
            assert matching(db, rarities, 80, allowed) == expected[:80]  # all are ranked for it
            some = matching(db, rarities, 20, allowed)
            assert len(set(some) & set(expected[:20])) >= 16
            assert some == [one for one in expected if one in some]  # by BM25 among themselves


def test_words_of_grammar_alone_find_nothing(ledger: Ledger, put: Put) -> None:
    put("a.md", ["what is the"])
    assert found(ledger, "what is the") == []


def test_what_is_looked_for_is_no_query(ledger: Ledger, put: Put) -> None:
    put("a.md", ["a zebra near a 3.5% lion"])
    for question in ('zebra" OR "x', "zebra NEAR lion", "zebra*", "body:zebra", "zebra AND NOT z"):
        assert found(ledger, question), question
    assert found(ledger, "3.5%") == ["a zebra near a 3.5% lion"]
    assert found(ledger, "zeb") == []


def test_the_words_of_chunks_with_how_often_each_stands_there(ledger: Ledger, put: Put) -> None:
    document = put("a.md", ["dogs and a dog", "h title"])
    ids = [str(d.id) for d in Library(ledger).document_chunks(document)]
    with ledger.read() as db:
        found = words_of(db, [*ids, "nobody"])
    assert set(found) == set(ids)
    assert found[ids[0]].title == {"titl"}
    assert counts(found[ids[0]]) == {"dog": 2, "titl": 1, "h": 1}
    assert counts(found[ids[1]]) == {"h": 2, "titl": 2}
    assert [found[one].length for one in ids] == [4, 4]


def counts(words: ChunkWords) -> dict[str, int]:
    return {term: words.count(term) for term in words.all}


# -- filled again


def test_a_library_without_words_is_filled(ledger: Ledger, put: Put) -> None:
    put("a.md", ["zebras graze", "lions sleep"])
    with ledger.write() as db:
        empty_keywords(db)
    assert found(ledger, "zebra") == []
    put("b.md", ["a zebra"])  # published before it is filled
    fill_keywords(ledger)
    assert sorted(found(ledger, "zebra")) == ["a zebra", "zebras graze"]
    fill_keywords(ledger)
    assert rows(ledger, "SELECT count(*) FROM keywords") == [(3,)]


def test_what_a_new_library_gets_is_not_cut_twice(ledger: Ledger, put: Put) -> None:
    put("a.md", ["zebras graze"])
    change(ledger, "UPDATE keywords SET body='mark'")
    fill_keywords(ledger)
    assert found(ledger, "mark") == ["zebras graze"]


def test_words_that_another_release_cut_are_cut_again(ledger: Ledger, put: Put) -> None:
    put("a.md", ["zebras graze"])
    change(ledger, "UPDATE keywords SET body='as it was cut before'")
    fill_keywords(ledger)
    assert found(ledger, "zebra") == []  # of the same release, so they are trusted
    change(ledger, "UPDATE keyword_state SET terms='0'")
    fill_keywords(ledger)
    assert found(ledger, "zebra") == ["zebras graze"]
    assert rows(ledger, "SELECT terms FROM keyword_state") == [(TERMS,)]


def test_a_filling_that_broke_off_goes_on(ledger: Ledger, put: Put) -> None:
    put("a.md", [f"zebra {n}" for n in range(999)])
    with ledger.write() as db:
        empty_keywords(db)
        db.execute(
            "CREATE TRIGGER breaks BEFORE UPDATE OF keyed ON chunks WHEN NEW.number=555"
            " BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END"
        )
    with pytest.raises(sqlite3.IntegrityError, match="the disk is gone"):
        fill_keywords(ledger)
    kept = len(found(ledger, "zebra", 2000))
    assert 0 < kept < 555  # the steps that ended, and no half of the next
    assert rows(ledger, "SELECT count(*) FROM chunks WHERE keyed=0") == [(999 - kept,)]
    change(ledger, "DROP TRIGGER breaks")
    fill_keywords(ledger)
    assert len(found(ledger, "zebra", 2000)) == 999
    assert rows(ledger, "SELECT count(*) FROM chunks WHERE keyed=0") == [(0,)]


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM keywords_data WHERE id>10",
        "UPDATE keywords_data SET block=x'00' WHERE id>=10",
        "UPDATE keywords_content SET c2='other'",
        "DELETE FROM keywords_content WHERE id=1",
        "DELETE FROM keywords_docsize",
    ],
)
def test_a_damaged_index_can_be_emptied_and_filled(ledger: Ledger, put: Put, harm: str) -> None:
    put("a.md", [f"zebra {n}" for n in range(50)])
    change(ledger, harm)
    ledger.close()
    again = Ledger(ledger.path)
    check = "INSERT INTO keywords (keywords) VALUES ('integrity-check')"
    with pytest.raises(LibraryError, match=r"keyword index in .* is damaged .*--repair"):
        change(again, check)
    with again.write() as db:
        empty_keywords(db)
    assert rows(again, "SELECT count(*) FROM keywords") == [(0,)]
    fill_keywords(again)
    change(again, check)
    assert len(found(again, "zebra", 99)) == 50
    again.close()
