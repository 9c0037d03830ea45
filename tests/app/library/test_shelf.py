"""Documents deleted and had back, moved, and folders that are mirrored, through the façade."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import UsageError
from app.service import KnowledgeBase
from retrieval.errors import LibraryError
from retrieval.ledger import Filter

OpenKb = Callable[..., KnowledgeBase]
LEAVE = b"# Leave\n\nYou have 25 days of leave each year.\n"
HOTEL = b"# Travel\n\nA hotel may cost 90 euros a night.\n"


def put(kb: KnowledgeBase, *files: tuple[str, bytes], collection: str = "default") -> list[str]:
    ids = [kb.upload(name, data, collection) for name, data in files]
    do_all(kb)
    return ids


def do_all(kb: KnowledgeBase) -> None:
    assert kb.own()
    while kb.work():
        pass
    kb.sync()


def paths(kb: KnowledgeBase) -> list[str]:
    return [row.path for row in kb.documents()]


def found(
    kb: KnowledgeBase, question: str = "leave days", within: Filter | None = None
) -> set[str]:
    hits = kb.search(question, 10, within or Filter()).passages
    return {str(hit.metadata["path"]) for hit in hits}


def test_what_was_deleted_is_listed_while_it_can_be_had_back(kb: KnowledgeBase) -> None:
    _, hotel = put(kb, ("leave.md", LEAVE), ("hotel.md", HOTEL))
    assert kb.shelf.thrown() == []
    kb.shelf.throw([hotel])
    (thrown,) = kb.shelf.thrown()
    assert (thrown.document, thrown.path) == (hotel, "hotel.md")
    assert 3500 < thrown.seconds_left <= 3600
    kb.shelf.restore([hotel])
    assert kb.shelf.thrown() == []


def test_a_deleted_document_is_in_no_list_and_in_no_search_and_comes_back(
    kb: KnowledgeBase,
) -> None:
    leave, hotel = put(kb, ("leave.md", LEAVE), ("hotel.md", HOTEL))
    chunks = [chunk.id for chunk in kb.text(leave)]
    counts = kb.status()
    assert kb.shelf.throw([leave, "none", leave]) == [leave]
    assert paths(kb) == ["hotel.md"]
    assert found(kb) == {"hotel.md"}
    assert found(kb, within=Filter(documents=(leave,))) == set()
    assert kb.text(leave) == []
    assert kb.status()["documents"] == 1
    assert [e.document for e in kb.shelf.entries()] == [hotel]
    with pytest.raises(LibraryError, match="no document"):
        kb.document(leave)
    with pytest.raises(LibraryError, match="no document"):
        kb.document("leave.md")
    assert kb.shelf.throw([leave]) == []  # it is deleted already

    assert kb.shelf.restore([leave, hotel]) == [leave]
    assert found(kb) == {"hotel.md", "leave.md"}
    assert [chunk.id for chunk in kb.text(leave)] == chunks
    kb.sync()
    assert kb.status() == {**counts, "ledger_bytes": kb.status()["ledger_bytes"]}
    assert kb.shelf.restore([leave]) == []


def test_the_index_is_as_it_should_be_after_deleting_and_having_back_equal_texts(
    kb: KnowledgeBase,
) -> None:
    one, two, three = put(kb, ("a.md", LEAVE), ("b.md", LEAVE), ("c.md", LEAVE))
    for step in (
        lambda: kb.shelf.throw([one]),
        lambda: kb.shelf.throw([two]),
        lambda: kb.shelf.restore([one]),
        lambda: kb.shelf.throw([three]),
        lambda: kb.shelf.restore([two]),
        lambda: kb.shelf.purge(-5),
    ):
        step()
        # Of equal passages a search gives one; before the index is told, and afterwards.
        assert len(found(kb)) == 1
        assert found(kb) <= set(paths(kb))
        kb.sync()
        assert len(found(kb)) == 1
        assert found(kb) <= set(paths(kb))
        assert [check for check in kb.doctor() if not check.ok and check.name != "models"] == []
    assert paths(kb) == ["a.md", "b.md"]


def test_what_is_deleted_can_be_had_back_by_another_process_and_is_purged_by_the_owner(
    kb: KnowledgeBase, open_kb: OpenKb
) -> None:
    leave, hotel = put(kb, ("leave.md", LEAVE), ("hotel.md", HOTEL))
    kb.shelf.throw([leave, hotel])
    kb.owner.release()
    other = open_kb()  # as after a kill: the first was not closed
    assert other.documents() == []
    assert other.shelf.purge() == 0  # not so soon
    assert other.shelf.restore([hotel]) == [hotel]
    assert found(other) == {"hotel.md"}
    assert other.shelf.purge(-5) == 1
    assert other.shelf.restore([leave]) == []
    blobs = {f.name for f in other.settings.blobs_dir.rglob("*") if f.is_file()}
    assert other.document(hotel).sha256 in blobs


def test_another_file_of_the_name_takes_the_place_and_both_are_there_afterwards(
    kb: KnowledgeBase,
) -> None:
    (old,) = put(kb, ("leave.md", LEAVE))
    kb.shelf.throw([old])
    (new,) = put(kb, ("leave.md", HOTEL))
    assert new != old
    assert kb.shelf.restore([old]) == [old]
    assert paths(kb) == ["leave (2).md", "leave.md"]
    assert kb.document(old).path == "leave (2).md"


def test_a_file_of_a_folder_that_was_read_again_does_not_stand_there_twice(
    kb: KnowledgeBase, folder: Callable[..., Path]
) -> None:
    root = folder({"leave.md": LEAVE})
    kb.ingest([root])
    old = kb.documents()[0].document
    kb.shelf.throw([old])
    kb.ingest([root])
    assert paths(kb) == ["leave.md"]
    assert kb.shelf.restore([old]) == []
    assert paths(kb) == ["leave.md"]


def test_what_waits_to_be_read_waits_again_when_it_is_had_back(kb: KnowledgeBase) -> None:
    document = kb.upload("leave.md", LEAVE)
    kb.shelf.throw([document])
    assert all(job.ended for job in kb.jobs())
    do_all(kb)
    assert kb.shelf.restore([document]) == [document]
    assert not all(job.ended for job in kb.jobs())
    do_all(kb)
    assert found(kb) == {"leave.md"}


def test_deleting_a_document_ends_its_work_within_two_seconds(open_kb: OpenKb) -> None:
    kb = open_kb(look_seconds=0.1)
    long = b"".join(b"# Part %d\n\nWords of part %d, all others.\n\n" % (n, n) for n in range(4000))
    document = kb.upload("long.md", long)
    kb.own()
    steps: list[str] = []
    began = threading.Event()

    def progress(path: str, step: str, done: int, total: int) -> None:
        steps.append(step)
        began.set()
        time.sleep(0.02)

    work = threading.Thread(target=lambda: kb.work(progress))
    work.start()
    assert began.wait(30)
    kb.shelf.throw([document])
    work.join(2)
    assert not work.is_alive()
    assert kb.documents() == []
    assert kb.shelf.restore([document]) == [document]
    assert kb.document(document).status == "queued"


def test_uploads_move_to_another_collection_with_their_ids_and_passages(kb: KnowledgeBase) -> None:
    leave, hotel = put(kb, ("leave.md", LEAVE), ("hotel.md", HOTEL))
    put(kb, ("leave.md", HOTEL), collection="staff")
    before = [chunk.id for chunk in kb.text(leave)]
    assert kb.shelf.move([leave, hotel], "staff") == [hotel, leave]
    assert kb.collections() == ["staff"]
    assert kb.document(leave).path == "leave (2).md"
    assert [chunk.id for chunk in kb.text(leave)] == before
    assert found(kb, within=Filter(collection="default")) == set()
    assert "leave (2).md" in found(kb, within=Filter(collection="staff"))
    assert kb.shelf.move([leave], "staff") == []
    with pytest.raises(UsageError):
        kb.shelf.move([leave], "\n")


def test_a_document_of_a_folder_moves_with_its_folder_only(
    kb: KnowledgeBase, folder: Callable[..., Path]
) -> None:
    kb.ingest([folder({"leave.md": LEAVE})])
    (upload,) = put(kb, ("hotel.md", HOTEL))
    document = kb.document("leave.md").document
    with pytest.raises(LibraryError, match="move the folder"):
        kb.shelf.move([upload, document], "staff")
    assert kb.document(upload).collection == "default"
    (row,) = kb.shelf.folders.rows()
    kb.shelf.folders.move(row.source, "staff")
    assert kb.document(document).collection == "staff"
    assert found(kb, within=Filter(collection="staff")) == {"leave.md"}
    with pytest.raises(LibraryError, match="already"):
        kb.shelf.folders.move(row.source, "staff")
    assert kb.ingest([]).unchanged == 2


def test_a_folder_says_what_its_last_sync_did(
    kb: KnowledgeBase, folder: Callable[..., Path]
) -> None:
    root = folder({"leave.md": LEAVE, "hotel.md": HOTEL, "empty.txt": b""})
    job = kb.shelf.folders.add(str(root), "staff")
    assert not job.ended
    assert kb.shelf.folders.rows() == []
    do_all(kb)
    (row,) = kb.shelf.folders.rows()
    assert (row.root, row.collection, row.documents, row.failed) == (str(root), "staff", 3, 1)
    assert row.sync is not None
    assert (row.sync.added, row.sync.failed, row.sync.problem) == (2, 1, None)
    (root / "hotel.md").unlink()
    kb.shelf.folders.sync(row.source)
    (row,) = kb.shelf.folders.rows()
    assert row.job is not None
    do_all(kb)
    (row,) = kb.shelf.folders.rows()
    assert row.job is None
    assert row.sync is not None
    assert (row.sync.added, row.sync.removed) == (0, 1)
    with pytest.raises(UsageError, match="there is no such file or folder"):
        kb.shelf.folders.add(str(root / "nowhere"))


def test_a_folder_that_ends_keeps_its_documents_as_uploads_or_takes_them_along(
    kb: KnowledgeBase, folder: Callable[..., Path]
) -> None:
    put(kb, ("leave.md", HOTEL))
    kb.ingest([folder({"leave.md": LEAVE}), folder({"a.md": LEAVE}, "other")])
    first, second = kb.shelf.folders.rows()
    kb.shelf.folders.end(first.source, keep=True)
    kb.shelf.folders.end(second.source, keep=False)
    assert paths(kb) == ["leave (2).md", "leave.md"]
    assert found(kb) == {"leave (2).md", "leave.md"}
    assert kb.shelf.folders.rows() == []
    assert {s.kind for s in kb.sources()} == {"upload"}
    with pytest.raises(LibraryError, match="not mirrored"):
        kb.shelf.folders.end(first.source, keep=True)


def test_a_backup_has_nothing_of_the_trash(kb: KnowledgeBase, tmp_path: Path) -> None:
    leave, _ = put(kb, ("leave.md", LEAVE), ("hotel.md", HOTEL))
    kb.shelf.throw([leave])
    report = kb.backup(tmp_path / "library.zip")
    assert report.documents == 1
    assert kb.shelf.restore([leave]) == [leave]


def test_the_bytes_of_documents_are_there_to_be_taken_home(kb: KnowledgeBase) -> None:
    one, two = put(kb, ("leave.md", LEAVE), ("x/leave.md", HOTEL))
    (other,) = put(kb, ("leave.md", HOTEL), collection="staff")
    files = {file.name: file.file.read_bytes() for file in kb.shelf.files([one, two, other, "no"])}
    assert files == {
        "leave.md": LEAVE,
        "x/leave.md": HOTEL,
        f"staff/{other}/leave.md": HOTEL,
    }
