"""A passage that is switched off is known by its document and its text, and belongs to these."""

from collections.abc import Callable

import pytest

from retrieval.ledger import Ledger
from retrieval.library import Library, Shelves, document_facts
from retrieval.suggestions import SuggestionStore

Put = Callable[..., str]


@pytest.fixture
def shelves(ledger: Ledger) -> Shelves:
    return Shelves(ledger)


def chunk(library: Library, document: str, text: str) -> str:
    found = library.document_chunks(document, with_off=True)
    return str(next(c.id for c in found if c.page_content == text))


def texts(library: Library, document: str) -> list[str]:
    return [c.page_content for c in library.document_chunks(document)]


def off(library: Library, document: str) -> list[str]:
    found = library.document_chunks(document, with_off=True)
    return [c.page_content for c in found if c.metadata["off"]]


def kept(ledger: Ledger) -> int:
    with ledger.read() as db:
        return int(db.execute("SELECT count(*) FROM switched_off").fetchone()[0])


def test_equal_passages_of_a_document_are_off_together_and_no_others(
    ledger: Ledger, library: Library, shelves: Shelves, put: Put
) -> None:
    one, other = put("a.md", ["same", "own", "same"]), put("b.md", ["same"])
    same = chunk(library, one, "same")
    assert shelves.switch_passage(one, same, on=False)
    assert texts(library, one) == ["own"]
    assert off(library, one) == ["same", "same"]
    assert texts(library, other) == ["same"]
    assert library.chunks([same]) == {}
    assert library.chunks([same], with_off=True)[same].metadata["off"] == 1
    assert [c.page_content for c in library.around([chunk(library, one, "own")], 1)] == ["own"]
    assert document_facts(ledger, one).off == 2
    assert shelves.switch_passage(one, same, on=False)  # again
    assert shelves.switch_passage(one, same, on=True)
    assert texts(library, one) == ["same", "own", "same"]
    assert (document_facts(ledger, one).off, kept(ledger)) == (0, 0)


def test_one_that_is_not_there_or_of_another_document_stays(
    ledger: Ledger, library: Library, shelves: Shelves, put: Put
) -> None:
    one, other = put("a.md", ["one"]), put("b.md", ["other"])
    for document, passage in ((one, chunk(library, other, "other")), (one, "0" * 32), ("x", "y")):
        assert not shelves.switch_passage(document, passage, on=False)
    shelves.throw([one])
    assert not shelves.switch_passage(one, "0" * 32, on=False)
    assert kept(ledger) == 0


def test_it_is_off_in_a_later_version_wherever_its_text_stands(
    ledger: Ledger, library: Library, shelves: Shelves, put: Put
) -> None:
    document = put("a.md", ["one", "two"])
    shelves.switch_passage(document, chunk(library, document, "two"), on=False)
    assert put("a.md", ["two", "zero", "one", "two"]) == document
    assert texts(library, document) == ["zero", "one"]
    put("a.md", ["one", "two, changed"])
    assert texts(library, document) == ["one", "two, changed"]
    put("a.md", ["one", "two"])
    assert off(library, document) == ["two"]
    put("a.md", ["one", "two"], model="model-b")
    assert off(library, document) == ["two"]
    shelves.switch_passage(document, chunk(library, document, "two"), on=True)
    put("a.md", ["two", "one"])
    assert texts(library, document) == ["two", "one"]


def test_it_comes_back_with_its_document_and_goes_with_it(
    ledger: Ledger, library: Library, shelves: Shelves, put: Put
) -> None:
    document = put("a.md", ["one", "two"])
    shelves.switch_passage(document, chunk(library, document, "two"), on=False)
    shelves.throw([document])
    shelves.restore([document])
    assert (texts(library, document), off(library, document)) == (["one"], ["two"])
    library.remove([document])
    assert kept(ledger) == 0
    again = put("a.md", ["one", "two"])
    assert texts(library, again) == ["one", "two"]


def test_questions_made_of_it_are_not_suggested_meanwhile(
    ledger: Ledger, library: Library, shelves: Shelves, put: Put
) -> None:
    document = put("a.md", ["one", "two"])
    store = SuggestionStore(ledger)
    (version,) = (row.version for row in store.tried())
    for ordinal, question in enumerate(("What is one?", "What is two?")):
        store.put(version, ordinal, "en", question)
    shelves.switch_passage(document, chunk(library, document, "two"), on=False)
    assert [row.question for row in store.picked()] == ["What is one?"]
    shelves.switch_passage(document, chunk(library, document, "two"), on=True)
    assert len(store.picked()) == 2
