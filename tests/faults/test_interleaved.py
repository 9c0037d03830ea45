"""What others do to the library in the middle of a step, put exactly where it could hurt."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rig.child import examined
from rig.library import open_library, passage
from rig.places import (
    BYTES_ARE_LISTED,
    CHROMA_FORGETS,
    CHROMA_IS_TOLD,
    INDEX_IS_NEW,
    meanwhile,
)

from app.service import KnowledgeBase

TEXTS = [f"Rule {n} says so.\n".encode() for n in range(9)]
Open = Callable[[], KnowledgeBase]


@pytest.fixture
def open_kb(root: Path) -> Iterator[Open]:
    """Open the library once more, as another process does; the first becomes its owner."""
    opened: list[KnowledgeBase] = []

    def make() -> KnowledgeBase:
        opened.append(open_library(root))
        opened[-1].own()
        return opened[-1]

    yield make
    for kb in opened:
        kb.close()


def put(kb: KnowledgeBase, name: str, data: bytes) -> str:
    """Upload a document and have it read; return its id."""
    document = kb.upload(name, data)
    while kb.work():
        pass
    return document


def assert_well(kb: KnowledgeBase, documents: int, built: int = 0) -> None:
    kb.sync()
    after = examined(kb, 0)
    assert (len(after.seen), after.misses, after.ghosts) == (documents, 0, 0)
    assert (after.ready, after.trouble, after.built) == (True, None, built)


def once(act: Callable[[], object]) -> Callable[..., None]:
    """Return a function that acts when it is called for the first time only."""
    acts = [act]

    def run(*_: object) -> None:
        if acts:
            acts.pop()()

    return run


def test_a_document_that_comes_while_chroma_is_told_is_no_damage(
    open_kb: Open,
) -> None:
    kb, other = open_kb(), open_kb()
    put(kb, "0.md", TEXTS[0])
    kb.sync()
    # Of words of its own each: of sixty vectors that are all but equal Chroma finds nearly all.
    words = (" ".join(f"word{n}x{k}" for k in range(60)) for n in range(60))
    many = "\n\n".join(words).encode()
    put(kb, "1.md", TEXTS[1])
    with meanwhile(CHROMA_IS_TOLD, before=once(lambda: put(other, "2.md", many))):
        kb.sync()
        assert_well(kb, 3, built=1)


def test_what_the_old_index_lacks_is_found_until_the_new_one_answers(
    open_kb: Open,
) -> None:
    kb = open_kb()
    put(kb, "0.md", TEXTS[0])
    kb.sync()
    [chunk] = kb.text(put(kb, "1.md", TEXTS[1]))  # Chroma has not been told
    found: list[str | None] = []
    asker = threading.Thread(
        target=lambda: found.extend(hit.id for hit in kb.search(passage(chunk), 1).passages)
    )

    def ask(*_: object) -> None:
        asker.start()
        asker.join(1)  # it may have to wait for the new index

    with meanwhile(INDEX_IS_NEW, after=ask):
        kb._index.rebuild()
    asker.join()
    assert found == [chunk.id]


def test_a_document_that_goes_back_and_forth_between_two_syncs(open_kb: Open) -> None:
    kb = open_kb()
    put(kb, "0.md", TEXTS[0])
    kb.sync()
    for n in (1, 0, 1, 0, 1):  # the same chunks come and go more than once in a step
        put(kb, "0.md", TEXTS[n])
    assert_well(kb, 1, built=1)


def test_an_index_that_cannot_be_told_is_built_again(
    open_kb: Open,
) -> None:
    kb = open_kb()
    put(kb, "0.md", TEXTS[0])
    kb.sync()

    def fail(*_: object) -> None:
        raise ValueError("no")

    put(kb, "0.md", TEXTS[1])
    with meanwhile(CHROMA_FORGETS, before=fail):
        for _ in range(3):
            kb.sync()
    assert_well(kb, 1, built=2)


def test_the_vectors_of_a_document_uploaded_twice_are_not_swept_from_under_it(
    open_kb: Open,
) -> None:
    kb, other = open_kb(), open_kb()
    put(kb, "0.md", TEXTS[0])
    kb.upload("1.md", TEXTS[1])

    def again() -> None:
        other.upload("1.md", TEXTS[1])
        other.remove(["0.md"])

    act = once(again)

    def at_the_end(_path: str, name: str, done: int, total: int) -> None:
        if name == "embedding" and done == total:
            act()

    while kb.work(at_the_end):
        pass
    assert_well(kb, 1, built=1)


def test_bytes_that_another_upload_needs_survive_a_removal(
    open_kb: Open,
) -> None:
    kb, other = open_kb(), open_kb()
    put(kb, "0.md", TEXTS[0])
    upload = threading.Thread(target=other.upload, args=("1.md", TEXTS[0]))

    def begin() -> None:
        upload.start()
        upload.join(1)  # it may have to wait for the removal

    with meanwhile(BYTES_ARE_LISTED, after=once(begin)):
        kb.remove(["0.md"])
    upload.join()
    assert kb.work()
    assert [job.status for job in kb.jobs()] == ["done", "done"]
    assert_well(kb, 1, built=1)
