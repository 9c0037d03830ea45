"""Passages to read: the chunks found with their neighbours, each text once."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from langchain_core.documents import Document

from retrieval.ledger import Ledger, VectorTable, text_hash
from retrieval.library import Library, Version
from retrieval.search import widened

Chunk = tuple[str, int | None, str]  # text, page, heading
Publish = Callable[..., list[Document]]


@pytest.fixture
def publish(ledger: Ledger) -> Publish:
    """Publish chunks that follow each other, a space between them; return them as found."""
    library = Library(ledger)

    def make(
        chunks: Sequence[Chunk], path: str = "a.md", gap: int = 1, header: str = ""
    ) -> list[Document]:
        source = library.source("default", "folder", "/docs")
        document = library.stage(source, path, "s1", 1)
        hashes = [text_hash(f"{path} {text}") for text, _, _ in chunks]
        VectorTable(ledger).put({h: np.ones(2, np.float32) for h in hashes}, "model-a")
        documents, start = [], 0
        for text, page, heading in chunks:
            place: dict[str, Any] = {"start": start, "end": start + len(text), "page": page}
            documents.append(
                Document(
                    page_content=text, metadata={**place, "heading": heading, "header": header}
                )
            )
            start += len(text) + gap
        version = Version("s1", 1, "p1", "model-a", "Title", "en", None)
        assert library.publish(document, version, documents, hashes)
        found = library.document_chunks(document)
        for rank, chunk in enumerate(found):
            chunk.metadata["score"] = 1 - rank / 100
        return found

    return make


def texts(library: Library, found: Sequence[Document]) -> list[str]:
    return [d.page_content for d in widened(library, found)]


def test_a_chunk_is_read_with_those_before_and_after_it(library: Library, publish: Publish) -> None:
    chunks = publish([(f"Text {n}.", None, "H") for n in range(6)])
    (passage,) = widened(library, [chunks[2]])
    assert passage.page_content == "Text 1.\nText 2.\nText 3."
    assert passage.id == chunks[2].id
    assert passage.metadata["score"] == chunks[2].metadata["score"]
    assert passage.metadata["parts"] == {str(c.id): c.page_content for c in chunks[1:4]}
    assert [passage.metadata[key] for key in ("start", "end", "ordinal")] == [
        chunks[1].metadata["start"], chunks[3].metadata["end"], 1,
    ]  # fmt: skip
    assert texts(library, [chunks[0]]) == ["Text 0.\nText 1."]
    assert texts(library, [chunks[5]]) == ["Text 4.\nText 5."]


def test_neighbours_that_were_both_found_are_joined_once(
    library: Library, publish: Publish
) -> None:
    chunks = publish([(f"Text {n}.", None, "H") for n in range(9)])
    (passage,) = widened(library, [chunks[4], chunks[3]])
    assert passage.page_content == "Text 2.\nText 3.\nText 4.\nText 5."
    assert passage.id == chunks[4].id  # the best
    (passage,) = widened(library, [chunks[1], chunks[4]])  # they meet between them
    assert passage.page_content == "Text 0.\nText 1.\nText 2.\nText 3.\nText 4.\nText 5."


def test_no_passage_crosses_a_page_or_a_heading(library: Library, publish: Publish) -> None:
    chunks = publish(
        [("one", 1, "A"), ("two", 1, "A"), ("three", 2, "A"), ("four", 2, "B"), ("five", 2, "B")]
    )
    assert texts(library, [chunks[1]]) == ["one\ntwo"]
    assert texts(library, [chunks[2]]) == ["three"]
    assert texts(library, [chunks[3]]) == ["four\nfive"]
    assert texts(library, [chunks[3], chunks[2]]) == ["three", "four\nfive"]
    for passage in widened(library, chunks):
        inside = [c for c in chunks if str(c.id) in passage.metadata["parts"]]
        for key in ("page", "heading"):
            assert {c.metadata[key] for c in inside} == {passage.metadata[key]}


def test_the_document_of_the_best_comes_first_and_is_read_in_its_order(
    library: Library, publish: Publish
) -> None:
    one = publish([(f"One {n}.", None, "H") for n in range(9)])
    two = publish([(f"Two {n}.", None, "H") for n in range(3)], "b.md")
    found = [one[7], two[1], one[1]]
    passages = widened(library, found)
    assert [p.id for p in passages] == [one[1].id, one[7].id, two[1].id]
    assert [p.page_content for p in passages] == [
        "One 0.\nOne 1.\nOne 2.", "One 6.\nOne 7.\nOne 8.", "Two 0.\nTwo 1.\nTwo 2.",
    ]  # fmt: skip
    assert [p.id for p in widened(library, [two[1], one[7]])] == [two[1].id, one[7].id]
    parts = [i for p in passages for i in p.metadata["parts"]]
    assert len(parts) == len(set(parts))


@pytest.mark.parametrize(("gap", "between"), [(0, ""), (1, "\n"), (9, "\n")])
def test_what_stood_between_chunks_stays_between_them(
    library: Library, publish: Publish, gap: int, between: str
) -> None:
    chunks = publish([("一。", None, ""), ("二。", None, "")], gap=gap)
    assert texts(library, [chunks[0]]) == [f"一。{between}二。"]


def test_the_header_of_a_table_is_that_of_the_first_row(library: Library, publish: Publish) -> None:
    (chunk,) = publish([("| 1 | 2 |", None, "")], header="| a | b |")
    assert widened(library, [chunk])[0].metadata["header"] == "| a | b |"


def test_overlapping_chunks_and_one_that_has_gone(library: Library, publish: Publish) -> None:
    chunks = publish([("Text 0.", None, "H")])
    gone = Document(id="gone", page_content="x", metadata={"score": 1.0})
    assert texts(library, [gone, chunks[0]]) == ["Text 0."]
    assert texts(library, []) == []
