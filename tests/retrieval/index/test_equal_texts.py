"""Chunks with equal texts, or equal vectors: Chroma loses rows beside many of them.

Chroma is real; the vectors have as many dimensions as a real model's.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from langchain_core.documents import Document

from retrieval.index import VectorIndex
from retrieval.ledger import Failures, Ledger, Vector, VectorTable, text_hash
from retrieval.library import Library, Version

Put = Callable[..., str]
MakeVector = Callable[..., Vector]
Indexes = Any  # of conftest.py


@pytest.fixture
def index(indexes: Indexes) -> VectorIndex:
    return indexes(sync=False)  # type: ignore[no-any-return]


def unit(n: int) -> np.ndarray:
    raw = np.random.default_rng(n).normal(size=(n, 384)).astype(np.float32)
    return raw / np.linalg.norm(raw, axis=1, keepdims=True)


def agrees(indexes: Indexes, index: VectorIndex, question: Vector, k: int = 20) -> bool:
    """Whether a search finds as much and as near as an exact one, and nothing twice."""
    found, exact = index.search(question, k), indexes.exact().search(question, k)
    assert len({chunk for chunk, _ in found}) == len(found)
    assert set(Library(indexes.ledger).chunks([c for c, _ in found])) == {c for c, _ in found}
    return np.allclose([s for _, s in found], [s for _, s in exact], atol=1e-5)


def test_what_stands_beside_many_equal_vectors_is_found(
    indexes: Indexes, ledger: Ledger, library: Library
) -> None:
    """The vectors of a PDF of one word: 153 of 157 were equal, and the others were lost.

    In each of 25 such sets some were. Chroma adds with several threads: now and then one still is,
    which is seen, and then search is exact.
    """
    ready = 0
    for n in range(5):
        texts, model = [f"text {n} {i}" for i in range(157)], f"model-{n}"
        matrix = np.concatenate([np.repeat(unit(50 + n)[:1], 153, 0), unit(4)])
        hashes = [text_hash(text) for text in texts]
        VectorTable(ledger).put(dict(zip(hashes, matrix, strict=True)), model)
        source = library.source("default", "folder", "/docs")
        document = library.stage(source, f"{n}.pdf", f"s{n}", 1)
        chunks = [
            Document(page_content=t, metadata={"heading": "", "start": 0, "end": 1}) for t in texts
        ]
        read = Version(f"s{n}", 1, "p1", model, None, "en", None)
        assert library.publish(document, read, chunks, hashes)
        index = indexes(model)
        for i, vector in enumerate(matrix[153:], 153):
            ((chunk, cosine),) = index.search(vector, 1)
            assert cosine == pytest.approx(1, abs=2e-6)
            assert library.chunks([chunk])[chunk].page_content == texts[i]
        assert index.search(matrix[0], 1)[0][1] == pytest.approx(1, abs=2e-6)
        ready += index.ready
        indexes.leave(index)
    assert ready >= 3


def test_equal_chunks_are_told_once_and_all_found(
    indexes: Indexes, index: VectorIndex, put: Put, vector: MakeVector
) -> None:
    others = [f"text {i}" for i in range(300)]
    put("equal.txt", ["same"] * 2000 + ["end"])
    put("others.txt", others)
    index.sync()
    assert (indexes.chroma.count(), index.built, index.trouble, index.problem()) == (
        302,
        1,
        None,
        None,
    )
    put("more.txt", ["same"] * 100 + ["more"])
    assert agrees(indexes, index, vector("same"))  # before it is told
    index.sync()
    assert (indexes.chroma.count(), index.built, index.trouble, index.problem()) == (
        303,
        1,
        None,
        None,
    )
    for question in map(vector, ["same", "end", "more", *others]):
        assert agrees(indexes, index, question)
    assert len(index.search(vector("same"), 2300)) == 2300


@pytest.mark.parametrize("told", [True, False])
def test_when_the_first_of_equal_chunks_goes_the_next_is_found(
    indexes: Indexes,
    index: VectorIndex,
    ledger: Ledger,
    put: Put,
    vector: MakeVector,
    told: bool,
) -> None:
    documents = [put(f"{i}.md", ["same", f"own {i}", "same"]) for i in range(4)]
    index.sync()
    library = Library(ledger)
    changes: Sequence[tuple[Callable[[], object], int]] = [
        (lambda: library.remove(documents[:1]), 4),
        (lambda: put("1.md", ["same", "new"]), 4),  # in place of what was first
        (lambda: library.remove(documents[1:3]), 2),
        (lambda: library.remove(documents[3:]), 0),
        (lambda: put("5.md", ["same"]), 1),
    ]
    for change, rows in changes:
        change()
        if told:
            index.sync()
            assert (indexes.chroma.count(), index.problem()) == (rows, None)
        assert agrees(indexes, index, vector("same"))
    index.sync()
    assert (index.built, index.problem()) == (1, None)
    assert agrees(indexes, index, vector("same"))


def test_equal_chunks_of_another_model_are_no_equals(
    indexes: Indexes, index: VectorIndex, put: Put, vector: MakeVector
) -> None:
    put("a.md", ["same"], model="model-b")
    document = put("b.md", ["same"])
    index.sync()
    assert indexes.chroma.count() == 1
    Library(indexes.ledger).remove([document])
    index.sync()
    assert indexes.chroma.count() == 0
    assert index.search(vector("same"), 5) == []


def test_an_index_that_fails_its_checks_is_not_built_for_ever(
    indexes: Indexes, index: VectorIndex, put: Put, vector: MakeVector
) -> None:
    """Each build is well, and what is told to it afterwards is not found."""
    put("a.md", ["one"])
    index.sync()
    for i in range(9):
        if index.ready:
            indexes.deafen()
        put("a.md", ["one", f"text {i}"])
        index.sync()
        assert agrees(indexes, index, vector("one"))
    assert (index.built, index.ready) == (3, False)
    assert "not found" in str(index.trouble)
    index.rebuild()  # as somebody asks for it
    assert (index.built, index.ready, index.trouble) == (4, True, None)


def test_failures_are_forgotten_after_an_hour() -> None:
    now = [0.0]
    failures = Failures(lambda: now[0])
    for now[0] in (0.0, 10.0, 20.0):
        assert not failures.too_many
        failures.note()
    now[0] = 3599.0
    assert failures.too_many
    now[0] = 3601.0
    assert not failures.too_many  # one more try
    failures.note()
    assert failures.too_many
    now[0] = 3611.0
    assert not failures.too_many
