"""Folders made equal to the library: what is added, embedded, kept and removed."""

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.results import IngestReport
from app.service import KnowledgeBase
from retrieval.ledger import Filter, Ledger
from retrieval.library import Library

OpenKb = Callable[..., KnowledgeBase]
Folder = Callable[..., Path]
CommandLine = Any  # that of conftest

DOCS = {
    "leave.md": "# Leave\n\nYou have 25 days of leave.\n",
    "travel.txt": "Hotels cost at most 90 euros a night.\n",
    "sub/差旅.md": "# 差旅\n\n住宿上限为六百元。\n",
}


def library_of(kb: KnowledgeBase) -> Library:
    """The documents of a library, as another process sees them."""
    return Library(Ledger(kb.settings.ledger_path))


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
    (source,) = library_of(kb).sources()
    library_of(kb).set_device(source, "the disk that is not mounted now")
    shutil.rmtree(docs)
    docs.mkdir()
    for report in (kb.ingest([docs]), kb.ingest()):
        assert failed(report) == {str(docs): "vanished"}
        assert len(paths(kb)) == 3
    library_of(kb).set_device(source, str(docs.stat().st_dev))
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
    "blank.pdf": "empty",
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
            "blank.pdf": blank_pdf(),
            "broken.pdf": b"%PDF-1.7\nnothing",
            "large.txt": b"word " * 220_000,
            "film.mp4": b"\xff\xd8\xff",
        }
    )


def test_bad_files_are_reported_with_their_reason_and_the_others_go_on(
    open_kb: OpenKb, bad: Path
) -> None:
    kb = open_kb(max_file_mb=1)
    report = kb.ingest([bad])
    assert failed(report) == BAD
    assert all(f.message and "\n" not in f.message for f in report.failed)
    assert [(s.path, s.reason) for s in report.skipped] == [("film.mp4", "unsupported")]
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
    # On a slow machine there is time to tell of the comparison, too.
    assert [step for step in steps if step[1] != "staging" or not step[3]] == [
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


# -- what must not be lost, or let in


MANY = {f"{n:02}.txt": f"Number {n}." for n in range(24)}


def thin(docs: Path, left: int) -> None:
    for file in sorted(docs.rglob("*.txt"))[left:]:
        file.unlink()


def test_a_source_that_was_emptied_loses_nothing_without_a_yes(
    kb: KnowledgeBase, folder: Folder
) -> None:
    docs = folder(MANY)
    kb.ingest([docs])
    thin(docs, 11)
    folder({"00.txt": "Another text.", "new.txt": "New."})
    dry = kb.ingest([docs], dry_run=True)
    assert (failed(dry), done(dry)) == ({str(docs): "emptied"}, (1, 1, 10, 0))
    for _ in range(2):
        report = kb.ingest([docs])
        assert failed(report) == {str(docs): "emptied"}
        assert report.removed == 0
        assert len(paths(kb)) == 25
    (told,) = report.failed
    assert told.message.startswith("13 of 25 documents have gone from it; nothing was removed:")
    assert "new.txt" in paths(kb)  # the rest went on
    assert done(kb.ingest([docs], keep=True)) == (0, 0, 12, 0)
    assert done(kb.ingest([docs], yes=True, dry_run=True)) == (0, 0, 12, 13)
    assert done(kb.ingest([docs], yes=True)) == (0, 0, 12, 13)
    assert done(kb.ingest([docs])) == (0, 0, 12, 0)


def test_a_part_of_a_source_that_was_emptied_loses_nothing_without_a_yes(
    kb: KnowledgeBase, folder: Folder
) -> None:
    docs = folder({**DOCS, **{f"part/{name}": text for name, text in MANY.items()}})
    kb.ingest([docs])
    thin(docs / "part", 0)
    assert failed(kb.ingest([docs / "part"])) == {str(docs / "part"): "emptied"}
    assert failed(kb.ingest()) == {str(docs): "emptied"}
    assert len(paths(kb)) == 27
    assert kb.ingest([docs / "part"], yes=True).removed == 24


def test_what_is_no_loss_needs_no_yes(kb: KnowledgeBase, folder: Folder) -> None:
    docs = folder(MANY)
    kb.ingest([docs])
    (docs / "moved").mkdir()
    for file in docs.glob("*.txt"):
        file.rename(docs / "moved" / file.name)
    assert done(kb.ingest([docs])) == (0, 24, 0, 0)  # renamed
    thin(docs, 12)
    assert done(kb.ingest([docs])) == (0, 0, 12, 12)  # half of them, not more
    thin(docs, 0)
    assert done(kb.ingest([docs])) == (0, 0, 0, 12)  # fewer than 20


def test_the_command_takes_a_yes(cli: CommandLine, folder: Folder) -> None:
    docs = folder(MANY)
    cli("ingest", docs)
    thin(docs, 0)
    assert [f["reason"] for f in cli.json("ingest", docs)["failed"]] == ["emptied"]
    assert cli.code == 1
    cli("ingest", docs)
    assert "emptied: 24 of 24 documents have gone from it" in cli.err
    assert cli.json("ingest", docs, "--yes")["removed"] == 24
    assert cli.code == 0


def test_a_large_file_is_refused_by_its_size_and_noted(open_kb: OpenKb, folder: Folder) -> None:
    kb, docs = open_kb(max_file_mb=1), folder(DOCS)
    with (docs / "sparse.txt").open("wb") as sparse:
        sparse.truncate(1 << 40)  # to read it would take an hour
    for dry_run in (True, False, False):
        report = kb.ingest([docs], dry_run=dry_run)
        assert failed(report) == {"sparse.txt": "too-large"}
        assert ("sparse.txt" in paths(kb)) is not dry_run
    (docs / "sparse.txt").unlink()
    assert done(kb.ingest([docs])) == (0, 0, 3, 1)


@pytest.mark.skipif(os.name != "posix", reason="Windows cannot open below a folder")
@pytest.mark.parametrize("place", ["sub/a.md", "sub"])
def test_what_is_exchanged_for_a_link_before_it_is_copied_does_not_arrive(
    kb: KnowledgeBase, folder: Folder, place: str
) -> None:
    docs, out = folder({"sub/a.md": "Inside."}), folder({"sub/a.md": "The secret."}, "out")

    def exchange(path: str, step: str, *rest: int) -> None:
        if step == "staging" and not (docs / place).is_symlink():
            (docs / place).rename(docs / ".aside")
            (docs / place).symlink_to(out / place)

    assert failed(kb.ingest([docs], progress=exchange)) == {"sub/a.md": "vanished"}
    assert "secret" not in str([kb.text(row.document) for row in kb.documents()])
    assert [f for f in kb.settings.blobs_dir.rglob("*") if f.is_file()] == []
    (docs / place).unlink()
    (docs / ".aside").rename(docs / place)
    assert done(kb.ingest([docs])) == (0, 1, 0, 0)


NFC, NFD = (unicodedata.normalize(form, "Größe é.md") for form in ("NFC", "NFD"))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such names")
def test_names_that_differ_in_their_unicode_form_are_two_documents(
    cli: CommandLine, folder: Folder
) -> None:
    docs = folder({f"d/{NFD}": "First."})
    cli("ingest", docs)
    folder({f"d/{NFC}": "The second."})
    assert cli.json("ingest", docs)["failed"] == []
    for _ in range(2):
        assert cli.json("ingest", docs)["unchanged"] == 2
    assert cli.json("ingest", docs / "d" / NFD)["unchanged"] == 1
    for name, text in ((NFC, "The second."), (NFD, "First.")):
        assert text in cli("show", f"d/{name}")
    assert "form NFD" in cli("show", f"d/{NFD}")
    assert "form" not in cli("show", f"d/{NFC}")
    assert "(Unicode form NFD)" in cli("remove", f"d/{NFD}")
    assert [row["path"] for row in cli.json("list")] == [f"d/{NFC}"]
    (docs / "d" / NFC).unlink()
    cli("ingest", docs)
    assert "First." in cli("show", f"d/{NFC}")
    assert "First." in cli("show", f"d/{NFD}")


AWKWARD = [
    "-x.txt", "Big.TXT", "big.txt", "a\nb.md", "a\tb.md", "a\x1b[31mb.md", "\u202egpj.md",
    "é\u200b.md", "*?<>|.md", "[a](b).md", "ends. .txt. ", "说明", "长" * 80 + ".md",
]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such names")
def test_every_name_that_a_disk_takes_is_read_found_and_removed(
    cli: CommandLine, folder: Folder
) -> None:
    docs = folder({name: f"# Text\n\nThis is number {n}." for n, name in enumerate(AWKWARD)})
    report = cli.json("ingest", docs)
    assert (report["added"], report["skipped"], report["failed"]) == (len(AWKWARD), [], [])
    assert {row["path"] for row in cli.json("list")} == set(AWKWARD)
    for n, name in enumerate(AWKWARD):
        assert f"number {n}." in cli("show", "--", name)
        cli("remove", "--", name)
        assert cli.code == 0
    assert cli.json("list") == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no such names")
def test_a_name_of_mere_bytes_is_told_and_the_others_go_on(
    cli: CommandLine, folder: Folder
) -> None:
    docs = folder(DOCS)
    bare = Path(os.fsdecode(os.fsencode(docs) + b"/\xff.md"))
    bare.write_text("Text.")
    for typed in ([docs], [bare, docs]):
        report = cli.json("ingest", *typed)
        assert {f["reason"] for f in report["failed"]} == {"unsafe-name"}
        assert report["added"] + report["unchanged"] == 3
    report = cli.json("ingest", bare)
    assert (cli.code, report["documents"], report["unchanged"]) == (1, 3, 0)
    cli("show", bare.name)
    assert (cli.code, "is no valid UTF-8" in cli.err) == (2, True)


def test_a_folder_reached_by_a_link_is_the_same_source(
    kb: KnowledgeBase, folder: Folder, tmp_path: Path
) -> None:
    docs, out = folder(DOCS), folder({"out.md": "Not of the folder."}, "out")
    kb.ingest([docs])
    (tmp_path / "alias").symlink_to(docs)
    assert done(kb.ingest([tmp_path / "alias"])) == (0, 0, 3, 0)
    assert done(kb.ingest([tmp_path / "alias" / "sub"])) == (0, 0, 1, 0)
    (docs / "linked").symlink_to(out)
    assert done(kb.ingest([docs / "linked"])) == (1, 0, 0, 0)  # a source of its own
    report = kb.ingest([docs])
    assert [(s.path, s.reason) for s in report.skipped] == [("linked", "outside")]
    assert (done(report), len(paths(kb))) == ((0, 0, 3, 0), 4)


def test_what_is_hidden_in_a_source_can_be_one_of_its_own(
    kb: KnowledgeBase, folder: Folder
) -> None:
    docs = folder({**DOCS, ".notes/a.md": "Hidden.", ".alone.md": "Hidden, too."})
    assert done(kb.ingest([docs / ".notes"])) == (1, 0, 0, 0)
    assert done(kb.ingest([docs])) == (3, 0, 0, 0)  # does not take it in to take it out
    assert done(kb.ingest([docs / ".alone.md"])) == (1, 0, 0, 0)
    assert done(kb.ingest([docs])) == (0, 0, 3, 0)
    assert done(kb.ingest()) == (0, 0, 5, 0)
    assert len(paths(kb)) == 5


def test_a_file_in_the_place_of_a_folder_empties_nothing(kb: KnowledgeBase, folder: Folder) -> None:
    docs = folder(DOCS)
    kb.ingest([docs])
    docs.rename(docs.with_name("moved"))
    docs.write_text("Not a folder.")
    for report in (kb.ingest(), kb.ingest([docs])):
        assert [(f.path, f.reason) for f in report.failed] == [(str(docs), "vanished")]
        assert (report.removed, report.documents) == (0, 3)
