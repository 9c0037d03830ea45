"""Passages of each document that a question names."""

from __future__ import annotations

from langchain_core.documents import Document

from retrieval.search import spread


def chunk(name: str, named: bool = True, score: float = 0.7, **more: str) -> Document:
    """A chunk `a1` of a document `a`."""
    metadata = {"document": name[0], "named": named, "score": score, **more}
    return Document(id=name, page_content=name, metadata=metadata)


def ids(found: list[Document]) -> list[str]:
    return [str(d.id) for d in found]


def test_each_document_that_is_named_has_two() -> None:
    found = [
        *map(chunk, ("a1", "a2", "a3", "a4")),
        chunk("c1", named=False),
        *map(chunk, ("b1", "b2")),
    ]
    assert ids(spread(found, 3)) == ["a1", "b1", "a2", "b2"]
    assert ids(spread(found, 6)) == ["a1", "b1", "a2", "b2", "a3", "a4"]
    assert ids(spread(found, 7))[-1] == "c1"


def test_what_one_document_lacks_the_others_have() -> None:
    found = [*map(chunk, ("a1", "a2", "a3")), chunk("b1"), chunk("c1", named=False)]
    assert ids(spread(found, 3)) == ["a1", "b1", "a2", "a3"]


def test_with_one_or_with_many_named_nothing_is_changed() -> None:
    one = [chunk("a1"), chunk("c1", named=False), chunk("a2"), chunk("b1", named=False)]
    assert ids(spread(one, 3)) == ["a1", "c1", "a2"]
    many = [chunk(f"{name}1") for name in "abcd"]
    assert ids(spread(many, 2)) == ["a1", "b1"]
    assert spread([], 3) == []


def test_where_one_document_has_all_places_another_as_good_is_read_too() -> None:
    manual = [chunk(f"a{n}", named=False, score=0.712 - n / 1000) for n in range(6)]
    prices = [chunk(f"b{n}", named=False, score=0.701 - n / 1000) for n in range(3)]
    notes = [chunk("c1", named=False, score=0.7)]
    found = [*manual, *prices[:1], *notes, *prices[1:]]
    assert ids(spread(found, 4)) == ["a0", "a1", "a2", "a3", "b0", "b1"]
    assert ids(spread(found, 2)) == ["a0", "a1"]  # few are wanted: speed counts


def test_it_is_not_where_it_is_worse_or_the_question_chose() -> None:
    manual = [chunk(f"a{n}", named=False, score=0.712) for n in range(3)]
    assert ids(spread([*manual, chunk("b1", named=False, score=0.69)], 3)) == ["a0", "a1", "a2"]
    older = chunk("b1", named=False, score=0.71, edition="older")
    assert ids(spread([*manual, older], 3)) == ["a0", "a1", "a2"]
    two = [*manual[:2], chunk("c1", named=False), chunk("b1", named=False, score=0.71)]
    assert ids(spread(two, 3)) == ["a0", "a1", "c1"]
    named = [chunk(f"a{n}", score=0.712) for n in range(3)]
    assert ids(spread([*named, chunk("b1", named=False, score=0.71)], 3)) == ["a0", "a1", "a2"]
