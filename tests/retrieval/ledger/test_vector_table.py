"""Vectors by text and model."""

from collections.abc import Callable

import numpy as np

from retrieval.ledger import Ledger, Vector, VectorTable, steps, text_hash
from retrieval.library import Library

Put = Callable[..., str]


def test_what_is_missing_is_asked_by_model_and_each_text_once(
    ledger: Ledger, vector: Callable[..., Vector]
) -> None:
    table = VectorTable(ledger)
    assert table.missing(["b", "a", "b"], "model-a") == ["b", "a"]
    table.put({"a": vector("a")}, "model-a")
    assert table.missing(["b", "a", "b"], "model-a") == ["b"]
    assert table.missing(["b", "a"], "model-b") == ["b", "a"]
    assert table.missing([], "model-a") == []


def test_more_texts_than_fit_into_one_statement(
    ledger: Ledger, vector: Callable[..., Vector]
) -> None:
    table = VectorTable(ledger)
    hashes = [text_hash(str(i)) for i in range(1201)]
    table.put({h: vector(h) for h in hashes[:-1]}, "model-a")
    assert table.missing(hashes, "model-a") == hashes[-1:]


def test_a_vector_comes_back_bit_for_bit_and_the_first_one_stays(
    ledger: Ledger, put: Put, vector: Callable[..., Vector]
) -> None:
    table = VectorTable(ledger)
    document = put("a.md", ["one"])
    table.put({text_hash("one"): vector("something else")}, "model-a")
    chunk = str(Library(ledger).document_chunks(document)[0].id)
    found = table.of_chunks([chunk, "no such chunk"], "model-a")
    assert list(found) == [chunk]
    assert found[chunk].dtype == np.float32
    assert np.array_equal(found[chunk], vector("one"))
    assert table.of_chunks([chunk], "model-b") == {}


def test_sweeping_keeps_what_a_document_uses(
    ledger: Ledger, put: Put, vector: Callable[..., Vector]
) -> None:
    table = VectorTable(ledger)
    put("a.md", ["one", "two"])
    put("b.md", ["two"])
    table.put({text_hash("two"): vector("two", "model-b")}, "model-b")
    put("a.md", ["three"])
    assert table.sweep() == 2  # "one", and the vector of a model that no document has
    assert table.missing(map(text_hash, ("one", "two", "three")), "model-a") == [text_hash("one")]
    assert table.missing([text_hash("two")], "model-b") == [text_hash("two")]


def test_vectors_of_a_document_being_embedded_are_not_swept(
    ledger: Ledger, put: Put, vector: Callable[..., Vector]
) -> None:
    table, library = VectorTable(ledger), Library(ledger)
    document = put("a.md", ["one"])
    library.progress(document, "embedding")
    table.put({text_hash("new"): vector("new")}, "model-a")
    assert table.sweep() == 0
    put("a.md", ["new"])
    assert table.sweep() == 1
    assert table.missing([text_hash("new")], "model-a") == []


def test_steps_cut_a_sequence_into_runs() -> None:
    assert list(steps(["a", "b", "c"], 2)) == [["a", "b"], ["c"]]
    assert list(steps([], 2)) == []
