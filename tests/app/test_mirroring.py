"""Folders made equal to the library: what is added, embedded, kept and removed."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.results import IngestReport
from app.service import KnowledgeBase
from retrieval.filters import Filter

OpenKb = Callable[..., KnowledgeBase]
Folder = Callable[..., Path]

DOCS = {
    "leave.md": "# Leave\n\nYou have 25 days of leave.\n",
    "travel.txt": "Hotels cost at most 90 euros a night.\n",
    "sub/差旅.md": "# 差旅\n\n住宿上限为六百元。\n",
}


def done(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed


def paths(kb: KnowledgeBase, collection: str | None = None) -> list[str]:
    return [row.path for row in kb.documents(collection)]


def embedded(kb: KnowledgeBase) -> list[str]:
    """What was embedded since the last call."""
    texts: list[str] = kb.models.embedded  # type: ignore[attr-defined]
    found, texts[:] = list(texts), []
    return found


def state(kb: KnowledgeBase) -> object:
    """All that a dry run must not change."""
    root = kb.settings.data_dir
    files = {p: p.read_bytes() for p in sorted(kb.settings.blobs_dir.rglob("*")) if p.is_file()}
    return kb.documents(), kb.status(), files, sorted(p.name for p in root.iterdir())


def failed(report: IngestReport) -> dict[str, str]:
    return {f.path: f.reason for f in report.failed}


def test_a_folder_is_added_with_the_paths_below_it(kb: KnowledgeBase, folder: Folder) -> None:
    report = kb.ingest([folder(DOCS)])
    assert done(report) == (3, 0, 0, 0)
    assert (report.documents, report.chunks, report.failed, report.skipped) == (3, 3, [], [])
    assert paths(kb) == ["leave.md", "sub/差旅.md", "travel.txt"]
    assert len(embedded(kb)) == 3
    assert kb.search("住宿上限", 1).passages[0].metadata["path"] == "sub/差旅.md"


def test_the_second_time_embeds_nothing(kb: KnowledgeBase, folder: Folder) -> None:
    docs = folder(DOCS)
    kb.ingest([docs])
    before = [row.ingested_at for row in kb.documents()], embedded(kb)
    report = kb.ingest([docs])
    assert done(report) == (0, 0, 3, 0)
    assert embedded(kb) == []
    assert [row.ingested_at for row in kb.documents()] == before[0]


def test_an_edited_file_costs_one_file(kb: KnowledgeBase, folder: Folder) -> None:
    docs = folder(DOCS)
    kb.ingest([docs])
    embedded(kb)
    ids = {row.path: row.document for row in kb.documents()}
    folder({"travel.txt": "Hotels cost at most 120 euros a night.\n"})
    report = kb.ingest([docs])
    assert done(report) == (0, 1, 2, 0)
    assert embedded(kb) == ["Hotels cost at most 120 euros a night."]
    assert {row.path: row.document for row in kb.documents()} == ids
    found = kb.search("hotels euros night", 5).passages
    assert [d.page_content for d in found if "Hotels" in d.page_content] == [
        "Hotels cost at most 120 euros a night."
    ]


def test_a_renamed_file_keeps_its_id_and_is_not_embedded_again(
    kb: KnowledgeBase, folder: Folder
) -> None:
    docs = folder(DOCS)
    kb.ingest([docs])
    embedded(kb)
    before = kb.document("travel.txt").document
    (docs / "travel.txt").rename(docs / "sub" / "旅行 2.txt")
    report = kb.ingest([docs])
    assert done(report) == (0, 1, 2, 0)
    assert kb.document("sub/旅行 2.txt").document == before
    assert embedded(kb) == []
    assert kb.search("hotels", 1).passages[0].metadata["path"] == "sub/旅行 2.txt"


def test_two_files_that_swapped_their_names_are_not_embedded_again(
    kb: KnowledgeBase, folder: Folder
) -> None:
    docs = folder({"a.txt": "alpha text", "b.txt": "beta text"})
    kb.ingest([docs])
    embedded(kb)
    folder({"a.txt": "beta text", "b.txt": "alpha text"})
    kb.ingest([docs])
    assert embedded(kb) == []
    assert kb.search("alpha", 1).passages[0].metadata["path"] == "b.txt"


def test_what_has_gone_is_removed_or_kept_on_request(kb: KnowledgeBase, folder: Folder) -> None:
    docs = folder(DOCS)
    kb.ingest([docs])
    (docs / "travel.txt").unlink()
    assert done(kb.ingest([docs], keep=True)) == (0, 0, 2, 0)
    assert "travel.txt" in paths(kb)
    assert done(kb.ingest([docs])) == (0, 0, 2, 1)
    assert paths(kb) == ["leave.md", "sub/差旅.md"]
    assert all("Hotels" not in d.page_content for d in kb.search("hotels", 9).passages)


def test_a_dry_run_tells_and_changes_nothing(kb: KnowledgeBase, folder: Folder) -> None:
    docs = folder(DOCS)
    before = state(kb)
    assert done(kb.ingest([docs], dry_run=True)) == (3, 0, 0, 0)
    assert state(kb) == before
    kb.ingest([docs])
    embedded(kb)
    before = state(kb)
    (docs / "travel.txt").unlink()
    (docs / "leave.md").rename(docs / "holidays.md")
    folder({"sub/差旅.md": "# 差旅\n\n住宿上限为七百元。\n", "new.md": "New."})
    assert done(kb.ingest([docs], dry_run=True)) == (1, 2, 0, 1)
    assert state(kb) == before
    assert embedded(kb) == []


def test_a_dry_run_of_a_folder_around_a_source_knows_what_is_there(
    kb: KnowledgeBase, folder: Folder
) -> None:
    docs = folder(DOCS)
    kb.ingest([docs / "sub"])
    assert done(kb.ingest([docs], dry_run=True)) == (2, 0, 1, 0)


def test_a_source_that_cannot_be_reached_is_an_error_and_loses_nothing(
    kb: KnowledgeBase, folder: Folder, tmp_path: Path
) -> None:
    docs, other = folder(DOCS), folder({"other.md": "Other."}, "other")
    kb.ingest([docs, other])
    docs.rename(tmp_path / "unplugged")
    report = kb.ingest()
    assert failed(report) == {str(docs): "vanished"}
    assert done(report) == (0, 0, 1, 0)  # the other source went on
    assert failed(kb.ingest([docs])) == {str(docs): "vanished"}
    assert len(paths(kb)) == 4


def test_a_folder_that_is_empty_on_another_disk_is_not_mounted_and_loses_nothing(
    kb: KnowledgeBase, folder: Folder, open_kb: OpenKb
) -> None:
    docs = folder(DOCS)
    kb.ingest([docs])
    (source,) = kb._library.sources()
    kb._library.set_device(source, "the disk that is not mounted now")
    shutil.rmtree(docs)
    docs.mkdir()
    for report in (kb.ingest([docs]), kb.ingest()):
        assert failed(report) == {str(docs): "vanished"}
        assert len(paths(kb)) == 3
    kb._library.set_device(source, str(docs.stat().st_dev))
    assert done(kb.ingest([docs])) == (0, 0, 0, 3)  # emptied by its owner


def test_without_a_path_every_source_is_mirrored(kb: KnowledgeBase, folder: Folder) -> None:
    docs, other = folder(DOCS), folder({"other.md": "Other.", "out.md": "Not asked for."}, "other")
    kb.ingest([docs, other / "other.md"])
    folder({"new.md": "New."})
    (docs / "leave.md").unlink()
    assert done(kb.ingest()) == (1, 0, 3, 1)
    assert paths(kb) == ["new.md", "other.md", "sub/差旅.md", "travel.txt"]


def test_a_part_of_a_source_is_mirrored_alone(kb: KnowledgeBase, folder: Folder) -> None:
    docs = folder({**DOCS, "sub/more.md": "More.", "subtle.md": "Not below sub."})
    kb.ingest([docs])
    for gone in ("leave.md", "subtle.md", "sub/more.md"):
        (docs / gone).unlink()
    folder({"sub/new.md": "New.", "top.md": "Top."})
    assert done(kb.ingest([docs / "sub"])) == (1, 0, 1, 1)
    assert paths(kb) == ["leave.md", "sub/new.md", "sub/差旅.md", "subtle.md", "travel.txt"]
    assert done(kb.ingest([docs / "travel.txt"])) == (0, 0, 1, 0)
    assert done(kb.ingest([docs / "top.md"])) == (1, 0, 0, 0)
    assert done(kb.ingest([docs])) == (0, 0, 4, 2)


def test_a_folder_takes_in_the_sources_below_it(kb: KnowledgeBase, folder: Folder) -> None:
    docs = folder({**DOCS, "sub/deep/x.md": "Deep."})
    kb.ingest([docs / "sub"])
    kb.ingest([docs / "travel.txt"])
    ids = {row.document for row in kb.documents()}
    embedded(kb)
    assert done(kb.ingest([docs])) == (1, 0, 3, 0)
    assert paths(kb) == ["leave.md", "sub/deep/x.md", "sub/差旅.md", "travel.txt"]
    assert ids < {row.document for row in kb.documents()}
    assert len(embedded(kb)) == 1
    assert done(kb.ingest()) == (0, 0, 4, 0)


def test_two_collections_hold_the_same_folder_each_for_itself(
    kb: KnowledgeBase, folder: Folder
) -> None:
    docs = folder(DOCS)
    kb.ingest([docs], "one")
    embedded(kb)
    assert done(kb.ingest([docs], "two")) == (3, 0, 0, 0)
    assert embedded(kb) == []  # equal texts are embedded once
    assert kb.collections() == ["one", "two"]
    (docs / "travel.txt").unlink()
    kb.ingest([docs], "two")
    assert len(paths(kb, "one")) == 3
    assert len(paths(kb, "two")) == 2
    found = kb.search("hotels euros", 9, Filter("two")).passages
    assert {d.metadata["collection"] for d in found} == {"two"}
    assert len(found) == 2


def test_another_embedding_model_needs_new_vectors_and_says_so(
    open_kb: OpenKb, folder: Folder
) -> None:
    docs = folder(DOCS)
    first = open_kb()
    first.ingest([docs])
    first.close()
    second = open_kb(model="model-b")
    assert second.outdated() == 3
    assert second.search("hotels", 9).passages == []
    assert done(second.ingest([docs])) == (0, 3, 0, 0)
    assert len(embedded(second)) == 3
    assert second.outdated() == 0
    assert second.search("hotels euros", 1).passages[0].metadata["path"] == "travel.txt"
    second.close()
    back = open_kb()
    assert back.outdated() == 3
    assert done(back.ingest()) == (0, 3, 0, 0)
    assert len(embedded(back)) == 3  # vectors that no document used were not kept
    assert back.search("hotels euros", 1).passages[0].metadata["path"] == "travel.txt"


def test_another_chunk_length_reads_again_and_embeds_only_what_is_new(
    open_kb: OpenKb, folder: Folder
) -> None:
    docs = folder({"a.md": "One two three. " * 60, "b.md": "Short."})
    first = open_kb(chunk_tokens=64)
    first.ingest([docs])
    chunks = first.documents()[0].chunks
    first.close()
    second = open_kb(chunk_tokens=128)
    assert second.outdated() == 0
    assert done(second.ingest()) == (0, 2, 0, 0)
    assert second.documents()[0].chunks < chunks
    assert not any("Short" in text for text in embedded(second))


BAD = {
    "empty.md": "empty",
    "nul.txt": "not-text",
    "加密.pdf": "encrypted",
    "scan.pdf": "needs-ocr",
    "broken.pdf": "damaged",
    "large.txt": "too-large",
}


@pytest.fixture
def bad(folder: Folder, blank_pdf: Callable[..., bytes]) -> Path:
    return folder(
        {
            **DOCS,
            "empty.md": "",
            "nul.txt": bytes(range(256)) * 8,
            "加密.pdf": blank_pdf("secret"),
            "scan.pdf": blank_pdf(),
            "broken.pdf": b"%PDF-1.7\nnothing",
            "large.txt": b"word " * 220_000,
            "photo.jpg": b"\xff\xd8\xff",
        }
    )


def test_bad_files_are_reported_with_their_reason_and_the_others_go_on(
    open_kb: OpenKb, bad: Path
) -> None:
    kb = open_kb(max_file_mb=1)
    report = kb.ingest([bad])
    assert failed(report) == BAD
    assert all(f.message and "\n" not in f.message for f in report.failed)
    assert [(s.path, s.reason) for s in report.skipped] == [("photo.jpg", "unsupported")]
    assert report.added == 3
    rows = {row.path: row for row in kb.documents()}
    assert {path for path, row in rows.items() if row.status == "ready"} == set(DOCS)
    for path, reason in BAD.items():
        assert rows[path].status == "failed"
        assert (rows[path].error or "").startswith(f"{reason}: ")


def test_a_failed_file_is_tried_again_and_heals(open_kb: OpenKb, bad: Path) -> None:
    kb = open_kb(max_file_mb=1)
    kb.ingest([bad])
    again = kb.ingest([bad])
    assert failed(again) == BAD
    assert again.unchanged == 3
    (bad / "empty.md").write_text("Now there is text.")
    assert kb.ingest([bad]).updated == 1
    healed = kb.document("empty.md")
    assert (healed.status, healed.error, healed.chunks) == ("ready", None, 1)
    for path in BAD:
        (bad / path).unlink()
    assert done(kb.ingest([bad])) == (0, 0, 3, 6)


def test_a_file_that_is_spoilt_later_is_found_in_its_older_version(
    kb: KnowledgeBase, folder: Folder
) -> None:
    docs = folder(DOCS)
    kb.ingest([docs])
    (docs / "travel.txt").write_bytes(b"\0\1\2" * 100)
    assert failed(kb.ingest([docs])) == {"travel.txt": "not-text"}
    row = kb.document("travel.txt")
    assert row.status == "ready"
    assert (row.error or "").startswith("not-text: ")
    assert kb.search("hotels", 1).passages[0].metadata["path"] == "travel.txt"
    folder({"travel.txt": DOCS["travel.txt"]})
    assert done(kb.ingest([docs])) == (0, 1, 2, 0)
    assert kb.document("travel.txt").error is None


def test_a_file_that_vanishes_meanwhile_stops_no_other(kb: KnowledgeBase, folder: Folder) -> None:
    docs = folder(DOCS)

    def delete(path: str, *step: Any) -> None:
        if path == "leave.md":
            (docs / "travel.txt").unlink(missing_ok=True)

    report = kb.ingest([docs], progress=delete)
    assert failed(report) == {"travel.txt": "vanished"}
    assert report.added == 2
    assert done(kb.ingest([docs])) == (0, 0, 2, 1)


def test_a_path_that_is_not_there_stops_no_other(kb: KnowledgeBase, folder: Folder) -> None:
    docs = folder(DOCS)
    missing = [docs / "no such.md", Path("x" * 300), Path("~no-such-user/docs")]
    report = kb.ingest([*missing, docs])
    assert failed(report) == {str(path.absolute()): "vanished" for path in missing}
    assert report.added == 3


def test_progress_names_the_file_and_the_step(kb: KnowledgeBase, folder: Folder) -> None:
    steps: list[tuple[Any, ...]] = []
    kb.ingest([folder({"a.md": "Text."})], progress=lambda *step: steps.append(step))
    assert steps == [
        ("a.md", "staging", 0, 0),
        ("a.md", "reading", 0, 0),
        ("a.md", "embedding", 0, 1),
        ("a.md", "embedding", 1, 1),
    ]


def test_a_folder_deleted_for_good_can_be_taken_out_document_by_document(
    kb: KnowledgeBase, folder: Folder
) -> None:
    docs = folder(DOCS)
    kb.ingest([docs])
    shutil.rmtree(docs)
    kb.remove(paths(kb))
    assert paths(kb) == []
