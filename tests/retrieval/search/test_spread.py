"""Passages of each document that a question names."""

from __future__ import annotations

from langchain_core.documents import Document

from retrieval.search import spread


def chunk(name: str, named: bool = True) -> Document:
    """A chunk `a1` of a document `a`."""
    return Document(id=name, page_content=name, metadata={"document": name[0], "named": named})


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
