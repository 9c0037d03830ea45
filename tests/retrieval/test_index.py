"""The vector index: Chroma for one process, exact search for others, and always the ledger's state.

Another VectorIndex on the same folder stands for another process: it cannot take the lock either.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

from retrieval.chroma_index import ChromaIndex
from retrieval.exact import ExactIndex
from retrieval.index import VectorIndex
from retrieval.ledger import Ledger
from retrieval.library import Library
from retrieval.vectors import Vector

Put = Callable[..., str]
MakeVector = Callable[..., Vector]
Open = Callable[..., VectorIndex]


@pytest.fixture
def open_index(ledger: Ledger, tmp_path: Path) -> Iterator[Open]:
    opened: list[VectorIndex] = []

    def make(model: str = "model-a") -> VectorIndex:
        opened.append(VectorIndex(ledger, tmp_path / "index", model))
        return opened[-1]

    yield make
    for index in opened:
        index.close()


def rows(ledger: Ledger, sql: str) -> list[tuple[Any, ...]]:
    with ledger.read() as db:
        return [tuple(row) for row in db.execute(sql)]


def built(ledger: Ledger) -> dict[str, int]:
    """The models that Chroma holds an index for, and the change up to which it is."""
    return dict(rows(ledger, "SELECT fingerprint, applied FROM indexes"))  # type: ignore[arg-type]


def found(index: VectorIndex, vector: Vector, ledger: Ledger) -> list[str]:
    ids = [chunk for chunk, _ in index.search(vector, 50, None)]
    visible = Library(ledger).chunks(ids)
    assert set(visible) == set(ids)  # nothing that the ledger does not have
    return [visible[i].page_content for i in ids]


def test_an_empty_library_has_no_hits(open_index: Open, vector: MakeVector) -> None:
    index, other = open_index(), open_index()
    assert index.search(vector("x"), 5, None) == []
    assert other.search(vector("x"), 5, None) == []


@pytest.mark.parametrize("collection", [None, "default", "other", "none"])
def test_chroma_and_exact_search_give_the_same_hits(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector, collection: str | None
) -> None:
    for n in range(6):
        put(f"{n}.md", [f"text {n} {i}" for i in range(40)], collection=("default", "other")[n % 2])
    index, exact = open_index(), ExactIndex(ledger, "model-a")
    for question in map(vector, ("one", "two", "three")):
        approximate, right = (i.search(question, 10, collection) for i in (index, exact))
        assert [i for i, _ in approximate] == [i for i, _ in right]
        assert np.allclose([s for _, s in approximate], [s for _, s in right], atol=1e-5)
    assert built(ledger) == {"model-a": 240}  # so the former was Chroma indeed


def test_every_change_is_seen_by_the_next_search(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    index = open_index()
    one = put("a.md", ["one", "two"])
    put("b.md", ["three"])
    assert set(found(index, vector("one"), ledger)) == {"one", "two", "three"}
    put("a.md", ["two", "four"])
    assert set(found(index, vector("one"), ledger)) == {"two", "three", "four"}
    Library(ledger).remove([one])
    assert found(index, vector("one"), ledger) == ["three"]
    assert rows(ledger, "SELECT * FROM changes") == []  # what is applied is not kept


def test_one_that_cannot_have_the_lock_sees_everything_at_once(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    owner, other = open_index(), open_index()
    one = put("a.md", ["one"])
    assert found(owner, vector("one"), ledger) == ["one"]
    put("b.md", ["two"])
    assert set(found(other, vector("one"), ledger)) == {"one", "two"}  # before the owner has
    Library(ledger).remove([one])
    assert found(other, vector("one"), ledger) == ["two"]
    put("c.md", ["three"])
    other.sync()
    assert built(ledger)["model-a"] == 1  # only the owner touches Chroma
    assert set(found(owner, vector("one"), ledger)) == {"two", "three"}


def test_the_lock_of_another_program_leaves_exact_search(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector, tmp_path: Path
) -> None:
    (tmp_path / "index").mkdir()
    put("a.md", ["one"])
    with FileLock(tmp_path / "index" / "owner.lock"):
        index = open_index()
        assert found(index, vector("one"), ledger) == ["one"]
        assert built(ledger) == {}
    assert found(index, vector("one"), ledger) == ["one"]
    assert built(ledger) == {"model-a": 1}  # the other has ended: the index is ours


def test_who_comes_after_the_owner_takes_over(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    owner, other = open_index(), open_index()
    put("a.md", ["one"])
    owner.sync()
    owner.close()
    put("b.md", ["two"])
    assert set(found(other, vector("one"), ledger)) == {"one", "two"}
    assert built(ledger) == {"model-a": 2}


def test_all_threads_of_the_owner_use_chroma(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    index, other = open_index(), open_index()
    put("a.md", ["one"])
    first = threading.Thread(target=index.sync)
    first.start()
    first.join()
    put("b.md", ["two"])
    assert set(found(index, vector("one"), ledger)) == {"one", "two"}
    assert built(ledger) == {"model-a": 2}
    other.sync()
    put("c.md", ["three"])
    second = threading.Thread(target=index.sync)
    second.start()
    second.join()
    assert built(ledger) == {"model-a": 3}


def test_a_deleted_index_is_made_again_from_the_ledger(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector, tmp_path: Path
) -> None:
    index = open_index()
    put("a.md", ["one", "two"])
    assert len(found(index, vector("one"), ledger)) == 2
    vectors = rows(ledger, "SELECT * FROM vectors ORDER BY embedded")
    index.close()
    shutil.rmtree(tmp_path / "index")
    again = open_index()
    assert found(again, vector("one"), ledger)[0] == "one"
    assert len(found(again, vector("one"), ledger)) == 2
    assert rows(ledger, "SELECT * FROM vectors ORDER BY embedded") == vectors


def test_an_index_deleted_under_a_running_program_is_made_again(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector, tmp_path: Path
) -> None:
    index = open_index()
    put("a.md", ["one", "two"])
    assert len(found(index, vector("one"), ledger)) == 2
    shutil.rmtree(tmp_path / "index")
    assert len(found(index, vector("one"), ledger)) == 2
    put("b.md", ["three"])
    assert len(found(index, vector("one"), ledger)) == 3


def test_an_index_half_built_at_a_crash_is_made_again(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector, tmp_path: Path
) -> None:
    put("a.md", ["one"])
    half = tmp_path / "index" / "model-a-1"  # nothing in the ledger says that it is complete
    half.mkdir(parents=True)
    (half / "chroma.sqlite3").write_bytes(b"half")
    assert found(open_index(), vector("one"), ledger) == ["one"]


def test_vectors_of_two_models_are_never_mixed(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    first = open_index("model-a")
    document = put("a.md", ["one", "two"])
    assert len(found(first, vector("one"), ledger)) == 2
    first.close()
    second = open_index("model-b")
    assert found(second, vector("one", "model-b"), ledger) == []
    put("a.md", ["one", "two"], model="model-b")
    assert found(second, vector("one", "model-b"), ledger) == ["one", "two"]
    assert second.search(vector("one", "model-b"), 1, None)[0][1] == pytest.approx(1, abs=1e-5)
    second.close()
    assert Library(ledger).get(document).fingerprint == "model-b"  # type: ignore[union-attr]
    back = open_index("model-a")
    assert found(back, vector("one"), ledger) == []
    folders = {folder for _, folder in rows(ledger, "SELECT fingerprint, folder FROM indexes")}
    assert len(folders) == 2


def test_chroma_takes_more_rows_than_one_call_holds(tmp_path: Path, put: Put) -> None:
    from langchain_core.documents import Document

    index = ChromaIndex(tmp_path / "chroma")
    chunks = {
        str(i): Document(page_content=str(i), metadata={"collection": "default"})
        for i in range(5500)
    }
    vectors = dict(zip(chunks, np.eye(4, dtype=np.float32)[np.arange(5500) % 4], strict=True))
    index.add(chunks, vectors)
    assert index.count() == 5500
    index.remove([str(i) for i in range(5499)] + ["no such id"])
    assert index.count() == 1
    assert index.search(vectors["5499"], 9, None) == [("5499", pytest.approx(1, abs=1e-6))]
