"""What the vector index holds of passages that are switched off: nothing. Chroma is real."""

from collections.abc import Callable
from typing import Any

import pytest

from retrieval.ledger import Ledger, Vector
from retrieval.library import Library, Shelves

Put = Callable[..., str]
Indexes = Any  # of conftest.py


@pytest.mark.parametrize("told", [True, False])
def test_it_is_as_an_exact_search_whatever_is_switched_off_deleted_or_had_back(
    indexes: Indexes, ledger: Ledger, put: Put, vector: Callable[..., Vector], told: bool
) -> None:
    """Equal texts stand in several documents, of which an index holds the first."""
    library, shelves, index = Library(ledger), Shelves(ledger), indexes(sync=False)
    a, b, c = (put(f"{n}.md", ["same", f"own {n}", "same"]) for n in "abc")
    index.sync()

    def switch(document: str, *, on: bool) -> None:
        found = library.document_chunks(document, with_off=True)
        assert shelves.switch_passage(document, str(found[0].id), on=on)

    def same() -> set[str]:
        hits = index.search(vector("same"), 9)
        exact = indexes.exact().search(vector("same"), 9)
        assert {chunk for chunk, _ in hits} == {chunk for chunk, _ in exact}
        found = library.chunks([chunk for chunk, _ in hits])
        assert len(found) == len(hits)
        return {d.metadata["path"][0] for d in found.values() if d.page_content == "same"}

    steps: list[tuple[Callable[[], object], str, int]] = [
        (lambda: switch(a, on=False), "bc", 4),
        (lambda: switch(a, on=True), "abc", 4),
        (lambda: (switch(a, on=False), switch(b, on=False)), "c", 4),
        (lambda: shelves.throw([b]), "c", 3),
        (lambda: shelves.restore([b]), "c", 4),
        (lambda: (switch(b, on=True), shelves.throw([a])), "bc", 3),
        (lambda: shelves.restore([a]), "bc", 4),
        (lambda: shelves.throw([b, c]), "", 1),
        (lambda: (switch(a, on=True), switch(a, on=False), switch(a, on=True)), "a", 2),
        (lambda: switch(a, on=False), "", 1),
        (lambda: put("a.md", ["same", "more"]), "", 1),
        (lambda: shelves.restore([c]), "c", 3),
        (lambda: library.remove([a]), "c", 2),
    ]
    for step, documents, rows in steps:
        step()
        if told:
            index.sync()
            assert (indexes.chroma.count(), index.problem()) == (rows, None)
        assert same() == set(documents)
    index.sync()
    assert (index.built, index.problem(), same()) == (1, None, {"c"})
    index.rebuild()
    assert (index.problem(), same()) == (None, {"c"})
