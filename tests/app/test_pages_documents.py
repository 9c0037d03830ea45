"""The Documents page, run by Streamlit's own AppTest over a library with stand-in models."""

import dataclasses
import itertools
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.errors import one_line
from app.library import is_name
from app.service import KnowledgeBase
from app.web import FolderWatcher, Incoming, IndexKeeper, Intake, Shared, WarmUp, Worker, start
from retrieval.ledger import Ledger, disk_full
from retrieval.library import Jobs, Library

OpenKb = Callable[..., KnowledgeBase]
NUMBERS = itertools.count()
LEAVE = b"# Leave\n\nYou have 25 days of leave.\n"


def library_of(kb: KnowledgeBase) -> Library:
    """The documents of a library, as another process sees them."""
    return Library(Ledger(kb.settings.ledger_path))


def jobs_of(kb: KnowledgeBase) -> Jobs:
    """The jobs of a library, as another process sees them."""
    return Jobs(Ledger(kb.settings.ledger_path))


def script(shared: object, locale: str) -> None:
    from app.pages import show_documents
    from app.texts import Words

    show_documents(shared, Words(locale))  # type: ignore[arg-type]


@pytest.fixture
def shared(kb: KnowledgeBase) -> Iterator[Shared]:
    """The app's threads over an empty library."""
    running = start(kb)
    yield running
    running.warmup.wait(30)
    running.worker.stop()
    running.keeper.stop()


def page(shared: Shared, locale: str = "en") -> AppTest:
    return AppTest.from_function(script, args=(shared, locale), default_timeout=30).run()


def settle(shared: Shared) -> None:
    deadline = time.monotonic() + 30
    while shared.worker.busy:
        assert time.monotonic() < deadline, "the worker did not end"
        time.sleep(0.01)


def table(at: AppTest) -> dict[str, Any]:
    """What the browser is given of the table of documents; nothing where there is none."""
    drawn = [e.proto for e in at.get("bidi_component")]
    return next((json.loads(p.json) for p in drawn if p.component_name == "zhiku_documents"), {})


def rows(at: AppTest) -> dict[str, dict[str, Any]]:
    """The rows of the table by name."""
    return {row["name"]: row for row in table(at).get("rows", [])}


def shown(at: AppTest) -> str:
    """All that the page says, without Markdown's escapes, and the texts of the table."""
    parts = [e.value for kind in ("markdown", "caption", "error", "info") for e in at.get(kind)]
    text = "\n".join(parts).replace("\\", "").replace("\u2060", "")
    told = (table(at).get("told") or {}).get("text", "")
    cells = [str(value) for row in rows(at).values() for value in row.values()]
    return "\n".join([text, str(table(at).get("count", "")), told, *cells])


def put(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """What the browser and the server's route do with files that are dropped at once."""
    intake: Intake = at.session_state["intake"]
    collection = at.selectbox(key="collection-to").value.strip()
    batch = intake.batch(f"batch-{next(NUMBERS)}", collection, len(files))
    for name, data in files:
        with Incoming(intake.kb.settings.incoming_dir).open() as file:
            file.write(data)
        intake.take(batch, name, Path(file.name))
    intake.end(batch)
    return at.run()


def test_an_empty_library_says_what_happens(shared: Shared) -> None:
    at = page(shared)
    assert not at.exception
    assert "No documents yet" in shown(at)
    assert "Answers are written on this machine" in shown(at)


def test_uploaded_files_become_ready(shared: Shared) -> None:
    at = put(page(shared), ("leave.md", LEAVE), ("差旅.txt", "住宿上限为六百元。\n".encode()))
    assert not at.exception
    settle(shared)
    at.run()
    assert "2 documents in the library" in shown(at)
    assert {name: row["words"] for name, row in rows(at).items()} == {
        "leave.md": "Ready", "差旅.txt": "Ready",
    }  # fmt: skip
    assert rows(at)["leave.md"]["kind"] == "MD"


def test_what_was_left_out_of_a_document_is_told_beside_its_state(shared: Shared) -> None:
    at = put(page(shared), ("app.log", b"\0" * 64 + b"The job has ended.\n" * 9), ("b.md", LEAVE))
    settle(shared)
    at.run()
    told = {row["words"]: row for row in rows(at).values()}
    assert "64 NUL characters left out" in told["Ready with warnings"]["detail"]
    assert told["Ready with warnings"]["state"] == "warned"
    assert not told["Ready"]["detail"]


def test_a_reason_of_several_causes_unfolds_which_it_was(shared: Shared) -> None:
    at = put(page(shared), ("a.docx", b"PK\x03\x04 cut"), ("b.txt", b""))
    settle(shared)
    at.run()
    told = {row["words"]: row["detail"] for row in rows(at).values()}
    damaged = next(more for text, more in told.items() if "broken" in text)
    assert "sound copy" in str(damaged)
    (damaged,) = (r["detail"] for r in rows(page(shared, "zh")).values() if "损坏" in r["words"])
    assert damaged.endswith("\n请用制作它的程序打开并另存，或换一份完好的文件。")
    assert next(more == text for text, more in told.items() if "no text" in text)


def test_a_file_is_uploaded_once_however_often_the_page_is_drawn(shared: Shared) -> None:
    at = put(page(shared), ("leave.md", LEAVE))
    settle(shared)
    first = shared.kb.documents()[0].ingested_at
    at.run()
    at.run()
    assert not shared.worker.busy
    assert shared.kb.documents()[0].ingested_at == first
    assert len(shared.kb.jobs()) == 1


def test_what_cannot_be_taken_in_is_one_line_with_name_reason_and_remedy(shared: Shared) -> None:
    at = put(page(shared), ("a_b.dwg", b"PK"), ("leave.md", LEAVE))
    assert "1 file added, 1 not." in shown(at)
    assert "a_b.dwg: files of this kind are not read. If it is a document, save it as PDF" in shown(
        at
    )
    settle(shared)
    assert [row.path for row in shared.kb.documents()] == ["leave.md"]


def test_an_unreadable_file_shows_why_and_holds_up_no_other(
    shared: Shared, blank_pdf: Callable[..., bytes]
) -> None:
    files = (("a.txt", b""), ("b.pdf", blank_pdf("secret")), ("leave.md", LEAVE))
    at = put(page(shared), *files)
    settle(shared)
    at.run()
    assert "Not read: the file holds no text." in shown(at)
    assert "Not read: the file is locked with a password. Click the key to enter it" in shown(at)
    assert "Ready" in shown(at)


def test_reasons_are_told_in_chinese(shared: Shared) -> None:
    at = put(page(shared, "zh-CN"), ("a.txt", b""), ("b.dwg", b"PK"))
    settle(shared)
    at.run()
    assert "未能读取：文件里没有文字。" in shown(at)
    assert "b.dwg：不支持这种文件。" in shown(at)


def test_many_documents_come_in_pages(shared: Shared) -> None:
    for n in range(60):
        shared.kb.upload(f"note-{n:02}.txt", b"Some words.\n")
    settle(shared)
    drawn = table(page(shared))
    assert drawn["count"] == "60 documents in the library"
    assert (len(drawn["rows"]), drawn["pages"], drawn["matching"]) == (50, 2, 60)


def test_the_same_file_as_upload_and_in_a_folder_is_told_apart(
    shared: Shared, folder: Callable[..., Path]
) -> None:
    shared.kb.upload("leave.md", LEAVE)
    settle(shared)
    shared.kb.ingest([folder({"leave.md": LEAVE}, "handbook")])
    sources = [row["source"] for row in table(page(shared))["rows"]]
    assert sorted(sources) == ["folder handbook", "uploaded"]


def test_folders_are_added_synced_and_ended_on_their_tab(
    shared: Shared, folder: Callable[..., Path]
) -> None:
    root = folder({"leave.md": LEAVE, "empty.txt": b""}, "handbook")
    at = page(shared)
    assert "No folders yet" in shown(at)
    at.text_input(key="folder-path").set_value(str(root / "nowhere"))
    next(b for b in at.button if b.label == "Add folder").click().run()
    assert "There is no such file or folder: " in shown(at)
    assert "nowhere" in shown(at)
    at.text_input(key="folder-path").set_value(str(root))
    next(b for b in at.button if b.label == "Add folder").click().run()
    settle(shared)
    at.run()
    assert f"**{root}**" in shown(at)
    assert "2 documents, 1 could not be read" in shown(at)
    assert ": 1 added, 1 could not be read" in shown(at)
    next(b for b in at.button if b.label == "Sync now").click().run()
    settle(shared)
    next(b for b in at.button if "keep its 2 documents" in b.label).click().run()
    assert not at.exception
    assert "No folders yet" in shown(at)
    assert [s.kind for s in shared.kb.sources()] == ["upload"]
    assert len(shared.kb.documents()) == 2


def test_a_full_disk_is_one_line(kb: KnowledgeBase, caplog: pytest.LogCaptureFixture) -> None:
    class Full(KnowledgeBase):
        def upload(self, name: str, given: bytes | Path, collection: str = "default") -> str:
            raise OSError(28, "No space left on device")

    full = Full(kb.settings, Ledger(kb.settings.ledger_path), kb.models)
    running = start(full)
    at = put(page(running), ("a.txt", LEAVE), ("b.txt", LEAVE))
    assert not at.exception
    assert "a.txt, b.txt: could not be saved on the disk." in shown(at)
    assert "free space" in shown(at)
    running.close()


@pytest.mark.parametrize(
    ("progress", "problem", "words"),
    [
        (None, None, "Waiting its turn"),
        (["leave.md", "reading", 0, 0], None, "Reading"),
        (["leave.md", "embedding", 0, 0], None, "Indexing"),
        (["leave.md", "embedding", 12, 40], "run kb models pull", "Indexing 12 of 40"),
        (None, "run kb models pull", "Waiting: run kb models pull"),
    ],
)
def test_the_state_is_told_in_words(
    kb: KnowledgeBase, progress: list[Any] | None, problem: str | None, words: str
) -> None:
    class Waiting(Worker):
        @property
        def problem(self) -> str | None:
            return problem

    idle = Shared(kb, Waiting(kb), IndexKeeper(kb), WarmUp(kb), FolderWatcher(kb))
    kb.upload("leave.md", LEAVE)
    if progress:
        jobs_of(kb).take()
        jobs_of(kb).report(kb.jobs()[0].id, progress)
    assert words in shown(page(idle)).splitlines()
    if progress:
        jobs_of(kb).put_back(kb.jobs()[0].id)
    assert kb.work()
    assert "Ready" in shown(page(idle)).splitlines()


def test_a_failed_new_version_leaves_the_old_one_and_says_so(shared: Shared) -> None:
    at = put(page(shared), ("leave.md", LEAVE))
    settle(shared)
    at.run()
    put(at, ("leave.md", b""))
    at.button(key="upload-replace-0").click().run()
    settle(shared)
    at.run()
    assert "Older version; the new one was not read: the file holds no text." in shown(at)
    assert shared.kb.search("leave", 1).passages


def test_a_job_is_shown_and_can_be_stopped(kb: KnowledgeBase, open_kb: OpenKb) -> None:
    """Another process owns the library, so nothing of it is done while the page is drawn."""
    other = open_kb()
    assert other.own()
    number = jobs_of(other).ask(
        "ingest", {"paths": ["/documents/handbook"], "collection": "default"}
    )
    jobs_of(other).take()
    jobs_of(other).report(number, ["leave.md", "embedding", 3, 9])
    running = start(kb)
    try:
        at = page(running)
        assert "Ingesting handbook" in shown(at).replace("*", "")
        assert "leave.md · Indexing 3 of 9" in shown(at)
        assert f"Another Zhiku process (process id {os.getpid()})" in shown(at)
        [stop] = [b for b in at.button if b.label == "Stop"]
        stop.click().run()
        assert kb.jobs()[0].cancel
        assert "Stops after the step in hand" in shown(at)
        jobs_of(other).end(number, "cancelled")
        at.run()
        assert "handbook was stopped; what was done so far is kept." in shown(at).replace("*", "")
        next(b for b in at.button if b.label == "Dismiss").click().run()
        assert "handbook" not in shown(at)
    finally:
        running.close()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"paths": []}, "Ingesting every source"),
        ({"paths": ["/a/x.md", "/b"], "collection": "default"}, "Ingesting x.md, b"),
        ({"paths": ["/a_b", "/c", "/d", "/e"], "collection": "hr"}, "Ingesting a_b, c, d… · hr"),
    ],
)
def test_a_job_names_what_it_is_about(
    kb: KnowledgeBase, open_kb: OpenKb, arguments: dict[str, Any], words: str
) -> None:
    other = open_kb()
    assert other.own()
    jobs_of(other).ask("ingest", arguments)
    running = start(kb)
    try:
        text = shown(page(running)).replace("**", "")
    finally:
        running.close()
    assert f"{words}  \n" in text
    assert "Waiting its turn" in text


def test_what_a_stopped_job_left_is_not_said_to_wait_its_turn(kb: KnowledgeBase) -> None:
    # Without its threads.
    shared = Shared(kb, Worker(kb), IndexKeeper(kb), WarmUp(kb), FolderWatcher(kb))
    library_of(kb).stage(
        library_of(kb).source("default", "folder", "/documents"), "a.md", "0" * 64, 3
    )
    at = page(shared)
    assert "Not read yet; read it again or sync its folder" in shown(at)


def test_what_went_wrong_with_a_job_is_told_once(shared: Shared) -> None:
    jobs = jobs_of(shared.kb)

    def fail(name: str) -> None:
        number = jobs.ask("ingest", {"paths": [f"/documents/{name}"]})
        jobs.end(number, "failed", message="the disk is full; free some space")

    fail("yesterday")  # before the page was opened
    at = page(shared)
    assert not at.error
    fail("today")
    jobs.end(jobs.ask("ingest", {"paths": ["/documents/good"]}), "done", {})
    at.run()
    assert len(at.error) == 1
    assert "today** was not finished: the disk is full; free some space" in shown(at)
    next(b for b in at.button if b.label == "Dismiss").click().run()
    assert not at.error


def test_why_a_job_failed_is_told_in_the_language_of_the_page(shared: Shared) -> None:
    at, chinese = page(shared), page(shared, "zh")
    jobs = jobs_of(shared.kb)
    problem = one_line(disk_full(Path("/library")))
    number = jobs.ask("ingest", {"paths": ["/documents/today"], "collection": "default"})
    jobs.end(number, "failed", {"problem": problem.as_json()}, problem)
    told = shown(at.run()).replace("\\", "")
    assert "today** was not finished: The disk is full (/library). Nothing was lost" in told
    assert "today** 未能完成：磁盘已满（/library）。" in shown(chinese.run()).replace("\\", "")


def chosen(shared: Shared, **choices: str) -> AppTest:
    """The page as one has left it who chose before."""
    at = AppTest.from_function(script, args=(shared, "en"), default_timeout=30)
    for key, choice in choices.items():
        at.session_state[key.replace("_", "-")] = choice
    return at.run()


def test_files_go_into_the_collection_that_was_chosen(shared: Shared) -> None:
    put(page(shared), ("leave.md", LEAVE))
    at = put(chosen(shared, collection_to=" 人事 "), ("travel.md", LEAVE))
    settle(shared)
    assert {r.path: r.collection for r in shared.kb.documents()} == {
        "leave.md": "default", "travel.md": "人事",
    }  # fmt: skip
    at.run()
    assert {name: row["place"] for name, row in rows(at).items()} == {
        "leave.md": "General", "travel.md": "人事",
    }  # fmt: skip
    assert table(at)["collections"] == [["default", "General (1)"], ["人事", "人事 (1)"]]


def test_with_one_collection_there_is_none_to_choose_from(shared: Shared) -> None:
    at = put(page(shared), ("leave.md", LEAVE))
    settle(shared)
    at.run()
    assert [s.key for s in at.selectbox] == ["collection-to"]
    assert at.selectbox[0].value == "default"


@pytest.mark.parametrize("name", ["x" * 65, "a\u202eb", "a\nb", "   "])
def test_an_odd_name_for_a_collection_is_refused(shared: Shared, name: str) -> None:
    at = chosen(shared, collection_to=name)
    assert not at.exception
    assert "Give the collection a name of 1 to 64 visible characters." in shown(at)
    assert "upload-passes" not in at.session_state, "nothing can be sent"


@pytest.mark.parametrize("name", ["x" * 64, "人力资源 2026", "a-b_c.d"])
def test_any_other_name_will_do(name: str) -> None:
    assert is_name(name)


HEALTH = ("Building the index", "exact search answers", "MB left")


def health(shared: Shared) -> list[str]:
    """What the page says of the index and the disk."""
    at = page(shared)
    assert not at.exception
    lines = [e.value for kind in ("caption", "warning") for e in at.get(kind)]
    return [line for line in lines if any(words in line for words in HEALTH)]


class Ill(KnowledgeBase):
    """Says of its index what `says` is."""

    says: tuple[str, str | None] = ("chroma", None)

    def index_health(self) -> tuple[str, str | None]:
        return self.says


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (("chroma", None), ""),
        (("exact", None), ""),
        (("building", None), "Building the index; exact search answers meanwhile"),
        (("exact", "it is broken"), "exact search answers: it is broken"),
    ],
)
def test_the_health_of_the_index_in_words(
    shared: Shared, open_kb: OpenKb, says: tuple[str, str | None], words: str
) -> None:
    kb: Ill = open_kb(kind=Ill)
    kb.says = says
    told = health(dataclasses.replace(shared, kb=kb))
    assert bool(told) == bool(words)
    assert all(words in line for line in told)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a disk that is always full")
def test_a_disk_nearly_full_is_announced(shared: Shared) -> None:
    kb = shared.kb
    assert not any("MB left" in line for line in health(shared))
    full = kb.settings.model_copy(update={"data_dir": Path("/proc")})
    there = KnowledgeBase(full, Ledger(kb.settings.ledger_path), kb.models)
    told = health(dataclasses.replace(shared, kb=there))
    assert any("0 MB left. Free some space" in line for line in told)


def test_without_an_embedding_model_nothing_is_said_of_the_index(
    open_kb: OpenKb, tmp_path: Path
) -> None:
    kb = open_kb(embed_model=str(tmp_path / "nowhere"))
    running = start(kb)
    try:
        assert health(running) == []
    finally:
        running.close()


def test_those_that_failed_are_counted_and_can_be_retried(
    shared: Shared, folder: Callable[..., Path], kb: KnowledgeBase
) -> None:
    root = folder({"a.md": "", "b.md": "", "c.md": "Tea is at four."})
    kb.ingest([root])
    at = page(shared)
    assert "3 documents in the library, 2 could not be read" in shown(at)
    assert table(at)["retry"] == 2
    folder({"a.md": "Tea is at five.", "b.md": "Tea is at six."})
    shared.kb.read_all_again([row.document for row in kb.documents() if row.error])
    settle(shared)
    at.run()
    assert "could not be read" not in str(table(at)["count"])
    assert all(row.chunks for row in kb.documents())


def test_a_switch_keeps_folders_up_to_date(
    shared: Shared, folder: Callable[..., Path], kb: KnowledgeBase
) -> None:
    assert not page(shared).toggle  # nothing is mirrored yet
    root = folder({"a.md": "Tea is at four."})
    kb.ingest([root])
    at = page(shared)
    assert at.toggle[0].value is False
    at.toggle[0].set_value(True).run()
    try:
        assert not at.exception
        assert page(shared).toggle[0].value is True
        root.rename(root.parent / "away")
        deadline = time.monotonic() + 20
        while "is not kept up" not in " ".join(w.value for w in page(shared).warning):
            assert time.monotonic() < deadline
            time.sleep(0.2)
    finally:
        at.toggle[0].set_value(False).run()
        shared.watcher.stop()
    assert page(shared).toggle[0].value is False
