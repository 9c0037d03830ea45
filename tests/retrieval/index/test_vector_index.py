"""The vector index: Chroma for its owner, exact search for others, and always the ledger's state.

Another VectorIndex on the same folder stands for another process: it cannot take the lock either.
"""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from retrieval.index import VectorIndex
from retrieval.ledger import Filter, Ledger, OwnerLock, Vector
from retrieval.library import Library

Put = Callable[..., str]
MakeVector = Callable[..., Vector]
Open = Callable[..., VectorIndex]
Indexes = Any  # of conftest.py


def rows(ledger: Ledger, sql: str) -> list[tuple[Any, ...]]:
    with ledger.read() as db:
        return [tuple(row) for row in db.execute(sql)]


def built(ledger: Ledger) -> dict[str, int]:
    """The models that Chroma holds an index for, and the change up to which it is."""
    return dict(rows(ledger, "SELECT fingerprint, applied FROM indexes"))  # type: ignore[arg-type]


def found(index: VectorIndex, vector: Vector, ledger: Ledger) -> list[str]:
    ids = [chunk for chunk, _ in index.search(vector, 50)]
    visible = Library(ledger).chunks(ids)
    assert set(visible) == set(ids)  # nothing that the ledger does not have
    return [visible[i].page_content for i in ids]


def test_an_empty_library_has_no_hits(open_index: Open, vector: MakeVector) -> None:
    index, other = open_index(), open_index()
    assert index.search(vector("x"), 5) == []
    assert other.search(vector("x"), 5) == []


@pytest.mark.parametrize(
    "within", [Filter(), Filter("default"), Filter("other"), Filter("none"), Filter(kinds=("md",))]
)
def test_chroma_and_exact_search_give_the_same_hits(
    indexes: Indexes, put: Put, vector: MakeVector, within: Filter
) -> None:
    for n in range(6):
        put(f"{n}.md", [f"text {n} {i}" for i in range(40)], collection=("default", "other")[n % 2])
    index, exact = indexes(), indexes.exact()
    assert index.ready
    for question in map(vector, ("one", "two", "three")):
        approximate, right = (i.search(question, 10, within) for i in (index, exact))
        assert [i for i, _ in approximate] == [i for i, _ in right]
        assert np.allclose([s for _, s in approximate], [s for _, s in right], atol=1e-5)


@pytest.mark.parametrize("told", [True, False])
def test_every_change_is_seen_by_the_next_search(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector, told: bool
) -> None:
    index = open_index()
    one = put("a.md", ["one", "two"])
    put("b.md", ["three"])
    index.sync()
    for change, texts in [
        (lambda: put("a.md", ["two", "four"]), {"two", "three", "four"}),
        (lambda: Library(ledger).remove([one]), {"three"}),
        (lambda: put("a.md", ["two", "four"]), {"two", "three", "four"}),
    ]:
        change()
        if told:
            index.sync()
        assert set(found(index, vector("one"), ledger)) == texts
        assert found(index, vector("three"), ledger)[0] == "three"
        assert index.ready
        # What is applied is not kept; what is not, stays for the next sync.
        assert bool(rows(ledger, "SELECT * FROM changes")) is not told


def test_a_long_tail_of_changes_is_searched_exactly(
    indexes: Indexes, put: Put, vector: MakeVector
) -> None:
    put("a.md", ["one"])
    index = indexes()
    put("b.md", [f"text {i}" for i in range(2500)])
    hits = index.search(vector("text 77"), 3)
    assert hits == indexes.exact().search(vector("text 77"), 3)


def test_one_that_does_not_own_the_library_sees_everything_at_once(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    one = put("a.md", ["one"])
    owner, other = open_index(), open_index()
    put("b.md", ["two"])
    assert set(found(other, vector("one"), ledger)) == {"one", "two"}  # before the owner has
    Library(ledger).remove([one])
    assert found(other, vector("one"), ledger) == ["two"]
    put("c.md", ["three"])
    other.sync()
    assert built(ledger)["model-a"] == 1  # only the owner touches Chroma
    assert (owner.ready, other.ready) == (True, False)
    assert set(found(owner, vector("one"), ledger)) == {"two", "three"}


def test_a_sealed_index_is_opened_without_a_look(
    indexes: Indexes, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    put("a.md", ["one", "two"])
    indexes.leave(indexes())
    folder = indexes.chroma_folder
    again = indexes()
    assert (again.ready, again.built, indexes.chroma_folder) == (True, 0, folder)
    assert len(found(again, vector("one"), ledger)) == 2


@pytest.mark.parametrize("harm", ["truncate", "zero", "delete", "random"])
def test_each_damaged_file_is_noticed_and_the_index_built_again(
    indexes: Indexes, ledger: Ledger, put: Put, vector: MakeVector, harm: str
) -> None:
    texts = [f"text {i}" for i in range(1500)]  # more than Chroma keeps in its write-ahead log
    put("a.md", texts)
    index = indexes()
    index.close()
    folder = indexes.chroma_folder
    files = [f.relative_to(folder) for f in sorted(folder.rglob("*")) if f.is_file()]
    assert len(files) >= 5
    for file in files:
        damage(indexes.chroma_folder / file, harm)
        before = index.built
        assert found(index, vector("text 7"), ledger)[0] == "text 7"  # at once, exactly
        index.sync()
        assert index.ready, file
        # Only what Chroma makes good by itself, from its own log, need not be built again.
        assert index.built == before + 1 or index.problem() is None, file
        for i in range(0, 1500, 100):
            assert index.search(vector(f"text {i}"), 1)[0][1] == pytest.approx(1, abs=1e-4)
        index.close()


def damage(file: Path, harm: str) -> None:
    content = file.read_bytes() if file.exists() else b""
    if harm == "delete":
        file.unlink(missing_ok=True)
    elif file.exists():
        new = {
            "truncate": content[: len(content) // 2],
            "zero": bytes(len(content)),
            "random": np.random.default_rng(0).bytes(len(content)),
        }
        file.write_bytes(new[harm])


def test_a_search_that_chroma_fails_is_answered_exactly_and_chroma_built_again(
    indexes: Indexes, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    put("a.md", ["one", "two", "three"])
    index = indexes()
    ids = {r[0] for r in rows(ledger, "SELECT id FROM chunks")}
    indexes.chroma.delete(ids=sorted(ids)[:2])
    assert {i for i, _ in index.search(vector("one"), 3)} != ids  # not seen yet: it is a lie
    assert index.problem() == "2 chunks are missing from it"
    indexes.client.delete_collection(indexes.chroma.name)  # whatever else goes wrong with it
    assert {i for i, _ in index.search(vector("one"), 3)} == ids
    assert index.trouble
    assert not index.ready
    index.sync()
    assert (index.ready, index.trouble, index.built) == (True, None, 2)
    assert index.problem() is None


def test_an_index_that_does_not_find_what_was_added_is_built_again(
    indexes: Indexes, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    put("a.md", ["one", "two"])
    index = indexes()
    indexes.deafen()
    put("b.md", ["three"])
    index.sync()
    assert (index.ready, index.built) == (True, 2)
    assert found(index, vector("three"), ledger)[0] == "three"


def test_a_large_index_is_built_while_questions_are_answered(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    """It is built by a process of its own; Chroma takes at most 5,461 rows in a call."""
    put("a.md", [f"text {i}" for i in range(5500)])
    index = open_index(sync=False)
    building = threading.Thread(target=index.sync)
    building.start()
    asked = set()
    while building.is_alive():
        asked.add((index.doing, found(index, vector("text 7"), ledger)[0]))
        building.join(0.1)
    assert ("building", "text 7") in asked
    assert {text for _, text in asked} == {"text 7"}
    assert (index.doing, index.ready, index.built, index.trouble) == ("", True, 1, None)
    assert built(ledger) == {"model-a": 5500}
    for i in range(0, 5500, 100):
        assert found(index, vector(f"text {i}"), ledger)[0] == f"text {i}"
    assert index.problem() is None
    put("a.md", ["text 5499"])
    index.sync()
    assert found(index, vector("text 5499"), ledger) == ["text 5499"]
    assert (index.problem(), index.search(vector("text 1"), 0)) == (None, [])


def test_a_child_that_fails_to_build_leaves_exact_search_and_one_line(
    open_index: Open,
    ledger: Ledger,
    put: Put,
    vector: MakeVector,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put("a.md", [f"text {i}" for i in range(2500)])
    (tmp_path / "sitecustomize.py").write_text("import os\nos._exit(3)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    index = open_index()
    assert (index.ready, index.trouble) == (
        False, "it crashed the process that opened it (exit code 3)",
    )  # fmt: skip
    assert found(index, vector("text 7"), ledger)[0] == "text 7"


def test_without_space_exact_search_answers_until_there_is_some(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    put("a.md", ["one"])
    index = open_index(sync=False, room=1 << 60)
    usual = VectorIndex(ledger, Path(), "model-a", OwnerLock(Path())).room
    for _ in range(9):
        index.sync()
        assert not index.ready
        assert "needed" in str(index.trouble)
        assert found(index, vector("one"), ledger) == ["one"]
    index.room = usual
    index.sync()
    assert (index.ready, index.trouble) == (True, None)


def test_a_chroma_that_never_works_is_left_alone_in_the_end(
    indexes: Indexes, put: Put, vector: MakeVector, caplog: pytest.LogCaptureFixture
) -> None:
    put("a.md", ["one"])
    indexes.folder.write_text("a file where the folder should be")
    index = indexes(sync=False)
    for _ in range(9):
        index.sync()
        assert index.search(vector("one"), 1)
    tried = [record for record in caplog.records if "cannot be used" in record.message]
    assert len(tried) == 3
    assert "File exists" in str(index.trouble)
    assert "\n" not in str(index.trouble)


def test_who_comes_after_the_owner_takes_over(
    indexes: Indexes, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    put("a.md", ["one"])
    owner, other = indexes(), indexes()
    indexes.leave(owner)
    put("b.md", ["two"])
    assert indexes.owners[other].acquire()
    other.sync()
    assert set(found(other, vector("one"), ledger)) == {"one", "two"}
    assert (other.ready, built(ledger)) == (True, {"model-a": 2})


def test_a_deleted_index_is_made_again_from_the_ledger(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector, tmp_path: Path
) -> None:
    put("a.md", ["one", "two"])
    index = open_index()
    vectors = rows(ledger, "SELECT * FROM vectors ORDER BY embedded")
    index.close()
    shutil.rmtree(tmp_path / "index")
    index.sync()
    assert index.ready
    assert found(index, vector("one"), ledger) == ["one", "two"]
    assert rows(ledger, "SELECT * FROM vectors ORDER BY embedded") == vectors
    shutil.rmtree(tmp_path / "index")  # under the running program
    assert len(found(index, vector("one"), ledger)) == 2
    put("b.md", ["three"])
    index.sync()
    assert set(found(index, vector("one"), ledger)) == {"one", "two", "three"}
    assert index.problem() is None


def test_an_index_half_built_at_a_crash_is_deleted(
    open_index: Open, ledger: Ledger, put: Put, vector: MakeVector, tmp_path: Path
) -> None:
    put("a.md", ["one"])
    half = tmp_path / "index" / "model-a-1"  # nothing in the ledger says that it is complete
    half.mkdir(parents=True)
    (half / "chroma.sqlite3").write_bytes(b"half")
    assert found(open_index(), vector("one"), ledger) == ["one"]
    assert not half.exists()


def test_an_index_left_while_it_was_written_is_built_anew(
    indexes: Indexes, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    put("a.md", ["one", "two"])
    indexes.leave(indexes())
    with ledger.write() as db:
        db.execute("UPDATE indexes SET seal=NULL")  # as a kill in the middle of an upsert leaves it
    folder = indexes.chroma_folder
    again = indexes()
    assert (again.ready, again.built) == (True, 1)
    assert not folder.exists()
    assert found(again, vector("one"), ledger) == ["one", "two"]


def test_vectors_of_two_models_are_never_mixed(
    indexes: Indexes, ledger: Ledger, put: Put, vector: MakeVector
) -> None:
    document = put("a.md", ["one", "two"])
    indexes.leave(indexes("model-a"))
    second = indexes("model-b")
    assert found(second, vector("one", "model-b"), ledger) == []
    put("a.md", ["one", "two"], model="model-b")
    second.sync()
    assert found(second, vector("one", "model-b"), ledger) == ["one", "two"]
    assert second.search(vector("one", "model-b"), 1)[0][1] == pytest.approx(1, abs=1e-5)
    assert Library(ledger).get(document).fingerprint == "model-b"  # type: ignore[union-attr]
    assert set(built(ledger)) == {"model-b"}  # no document has the other's vectors any more
    assert found(indexes("model-a"), vector("one"), ledger) == []
    assert rows(ledger, "SELECT * FROM changes") == []
