"""Exact search over the ledger's vectors, in a process that does not own the library."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from retrieval.errors import LibraryError
from retrieval.index import VectorIndex
from retrieval.ledger import Filter, Ledger, Vector
from retrieval.library import Library

Put = Callable[..., str]
MakeVector = Callable[..., Vector]
Open = Callable[..., VectorIndex]


@pytest.fixture
def exact(indexes: Any) -> Open:
    """Open an index that does not own the library, and so searches exactly."""
    return indexes.exact  # type: ignore[no-any-return]


def test_an_empty_library_has_no_hits(exact: Open, vector: MakeVector) -> None:
    assert exact().search(vector("x"), 5) == []


def test_the_nearest_come_first_with_their_cosines(
    exact: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    texts = [f"text {i}" for i in range(30)]
    document = put("a.md", texts)
    chunks = Library(ledger).document_chunks(document)
    question = vector("question")
    cosines = {str(c.id): float(vector(c.page_content) @ question) for c in chunks}
    best = sorted(cosines.items(), key=lambda pair: -pair[1])[:7]
    hits = exact().search(question, 7)
    assert [chunk for chunk, _ in hits] == [chunk for chunk, _ in best]
    assert np.allclose([s for _, s in hits], [s for _, s in best], atol=1e-6)


def test_fewer_chunks_than_asked_for(
    exact: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    put("a.md", ["one", "two"])
    assert len(exact().search(vector("one"), 50)) == 2


def test_only_the_collection_asked_for(
    exact: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    put("a.md", ["one"])
    other = put("b.md", ["two"], collection="other")
    index = exact()
    hits = index.search(vector("one"), 5, Filter("other"))
    assert [i for i, _ in hits] == [c.id for c in Library(ledger).document_chunks(other)]
    assert index.search(vector("one"), 5, Filter("no such collection")) == []


def test_only_vectors_of_its_own_model(
    exact: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    put("a.md", ["one"])
    document = put("b.md", ["two"], model="model-b")
    hits = exact("model-b").search(vector("one", "model-b"), 5)
    assert [i for i, _ in hits] == [c.id for c in Library(ledger).document_chunks(document)]


def test_every_change_is_seen_by_the_next_search(
    exact: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    index, library = exact(), Library(ledger)
    one = put("a.md", ["one"])
    assert len(index.search(vector("one"), 5)) == 1
    put("b.md", ["two"])
    assert len(index.search(vector("one"), 5)) == 2
    library.remove([one])
    assert len(index.search(vector("one"), 5)) == 1


def test_a_filter_is_part_of_the_search_and_follows_the_library(
    exact: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    index, library = exact(), Library(ledger)
    for n in range(20):
        put(f"{n}.md", [f"text {n} {i}" for i in range(5)])
    far = put("far.txt", [f"far {i}" for i in range(5)])
    chunks = {str(c.id) for c in library.document_chunks(far)}
    for within in (Filter(documents=(far,)), Filter(kinds=("txt",))):
        hits = index.search(vector("text 3 3"), 5, within)
        assert {i for i, _ in hits} == chunks  # all of them, though others are nearer
    library.rename({far: "far.md"})
    assert index.search(vector("far 1"), 5, Filter(kinds=("txt",))) == []
    assert index.search(vector("far 1"), 1, Filter(kinds=("md",)))[0][0] in chunks
    library.remove([far])
    assert index.search(vector("far 1"), 5, Filter(documents=(far,))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE vectors SET vector=x'0000803f'", "have 1 numbers and the embedding model's 16"),
        ("UPDATE vectors SET vector=x'0000803f' WHERE embedded=(SELECT min(embedded) FROM vectors)",
         "vectors in the ledger are damaged; `kb doctor --repair`"),
        ("UPDATE vectors SET vector=x'00'", "vectors in the ledger are damaged"),
    ],
)  # fmt: skip
def test_vectors_of_another_length_are_a_line(
    exact: Open, ledger: Ledger, put: Put, vector: MakeVector, change: str, said: str
) -> None:
    put("a.md", ["one", "two"])
    with ledger.write() as db:
        db.execute(change)
    with pytest.raises(LibraryError, match=said):
        exact().search(vector("one"), 5)
