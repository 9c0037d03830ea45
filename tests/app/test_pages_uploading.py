"""Files that are uploaded: nothing is lost, merged or replaced without a word."""

import io
import json
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from handed_in import hand_in
from streamlit.testing.v1 import AppTest

from app.service import KnowledgeBase
from app.web import FolderWatcher, IndexKeeper, Intake, Shared, WarmUp, Worker
from ingest.readers import KINDS
from retrieval.ledger import Ledger
from retrieval.library import Jobs, Library

OpenKb = Callable[..., KnowledgeBase]
OLD, NEW = b"You have 25 days of leave.\n", b"You have 30 days of leave.\n"


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


def chat_script(shared: object, locale: str) -> None:
    from app.pages import show_chat
    from app.texts import Words

    show_chat(shared, Words(locale))  # type: ignore[arg-type]


@pytest.fixture
def shared(kb: KnowledgeBase) -> Shared:
    """The app without its threads: jobs are done when a test says so."""
    return Shared(kb, Worker(kb), IndexKeeper(kb), WarmUp(kb), FolderWatcher(kb))


def page(shared: Shared, locale: str = "en") -> AppTest:
    return AppTest.from_function(script, args=(shared, locale), default_timeout=30).run()


def put(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """What the browser and the server's route do with files that are dropped at once."""
    intake: Intake = at.session_state["intake"]
    collection = at.selectbox(key="collection-to").value.strip()
    hand_in(intake, files, collection)
    return at.run()


def read(at: AppTest, shared: Shared) -> AppTest:
    while shared.kb.work():
        pass
    return at.run()


def told(at: AppTest) -> list[str]:
    """What is said of the files that came, without icons and Markdown's escapes."""
    lines = [e.value for kind in ("error", "warning", "info") for e in at.get(kind)]
    lines += [m.value.partition(" ")[2] for m in at.markdown if m.value.startswith(":material/")]
    return [line.replace("\\", "").replace("\u2060", "") for line in lines]


def texts(shared: Shared) -> dict[str, str]:
    return {
        row.path: "".join(c.page_content for c in shared.kb.text(row.document))
        for row in shared.kb.documents()
    }


def test_two_files_of_one_name_in_a_drop_are_both_kept(shared: Shared) -> None:
    at = put(page(shared), ("readme.txt", OLD), ("readme.txt", NEW), ("readme.txt", OLD))
    assert told(at) == [
        "2 files added.",
        "Another file is named “readme.txt” too; it was added as “readme (2).txt”.",
        "“readme.txt” is in the library already, with the same content.",
    ]
    read(at, shared)
    assert texts(shared) == {
        "readme.txt": OLD.decode().strip(), "readme (2).txt": NEW.decode().strip(),
    }  # fmt: skip
    at = put(at, ("readme.txt", NEW), ("readme.txt", OLD))  # in another order: nothing is new
    assert len(told(at)) == 2
    assert len(shared.kb.jobs()) == 2


def test_a_folder_keeps_its_paths_and_leaves_out_what_is_hidden(shared: Shared) -> None:
    at = page(shared)
    files = ("x/readme.txt", OLD), ("y/readme.txt", NEW), ("y/.git/a.md", OLD), ("x/~$a.md", OLD)
    assert told(put(at, *files)) == ["2 files added.", "2 hidden files were left out."]
    assert [r.path for r in shared.kb.documents()] == ["x/readme.txt", "y/readme.txt"]


@pytest.mark.parametrize("name", ["../a.md", "a/../../b.md", "/etc/a.md", "a\\b.md", "a//b.md"])
def test_a_path_that_leads_elsewhere_is_refused(shared: Shared, name: str) -> None:
    at = put(page(shared), (name, OLD), ("good.md", NEW))
    assert told(at)[0] == "1 file added, 1 not."
    assert "its name cannot be used" in told(at)[1]
    assert [r.path for r in shared.kb.documents()] == ["good.md"]


def test_the_same_file_again_is_said_to_be_there(shared: Shared) -> None:
    at = read(put(page(shared, "zh-CN"), ("年假.txt", OLD)), shared)
    first = shared.kb.documents()[0].ingested_at
    at = put(at, ("年假.txt", OLD))
    assert told(at) == ["“年假.txt”已在知识库中，内容相同。"]
    assert shared.kb.documents()[0].ingested_at == first
    assert len(shared.kb.jobs()) == 1


def test_it_is_said_where_the_same_content_is(shared: Shared) -> None:
    at = read(put(page(shared), ("a.txt", OLD)), shared)
    at = put(at, ("a.txt", NEW))
    at = at.button(key="upload-both-0").click().run()
    assert told(at) == [
        "1 file added.",
        "Another file is named “a.txt” too; it was added as “a (2).txt”.",
    ]
    at = put(at, ("a.txt", NEW))
    assert told(at) == ["The content of “a.txt” is being read already, as “a (2).txt”."]
    at = put(read(at, shared), ("a.txt", NEW))
    assert told(at) == ["The content of “a.txt” is in the library already, as “a (2).txt”."]


def test_the_next_question_has_buttons_of_its_own(shared: Shared) -> None:
    at = read(put(page(shared), ("a.txt", OLD), ("b.txt", OLD)), shared)
    at = put(at, ("a.txt", NEW), ("b.txt", NEW))
    keys = {str(b.key) for b in at.button if str(b.key).startswith("upload-replace-")}
    assert keys == {"upload-replace-0", "upload-replace-1", "upload-replace-all"}
    at = at.button(key="upload-replace-0").click().run()
    assert [b.key for b in at.button if str(b.key).startswith("upload-replace-")] == [
        "upload-replace-1"
    ]


def test_what_is_told_of_files_moves_nothing_below(shared: Shared) -> None:
    """What moves in the tree is made anew by the browser, with what one was typing in it."""
    at = read(put(page(shared), ("a.txt", OLD)), shared)
    before = sorted(at.main.children)
    at = put(at, ("a.txt", NEW), ("b.mp4", OLD))
    assert "b.mp4" in told(at)[0]
    assert sorted(at.main.children) == before
    at = at.button(key="upload-skip-0").click().run()
    assert sorted(at.main.children) == before


def test_what_a_folder_holds_beside_is_no_error(shared: Shared) -> None:
    at = put(page(shared), *((f"x/{n}.mp4", OLD) for n in range(5)), ("x/a.md", NEW))
    assert told(at) == [
        "1 file added, 5 not.",
        "5 files are of kinds that are not read, and were left out: "
        "x/0.mp4, x/1.mp4, x/2.mp4 and 2 more",
    ]


def test_a_file_that_failed_is_tried_again_when_it_comes_again(shared: Shared) -> None:
    at = read(put(page(shared), ("a.txt", b"")), shared)
    at = put(at, ("a.txt", b""))
    assert told(at) == ["1 file added."]
    assert len(shared.kb.jobs()) == 2
    at = put(read(at, shared), ("a.txt", OLD))  # nothing that could be searched is lost
    assert told(at) == ["1 file added."]
    read(at, shared)
    assert texts(shared)["a.txt"] == OLD.decode().strip()


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ("replace", {"a.txt": NEW}),
        ("both", {"a.txt": OLD, "a (2).txt": NEW}),
        ("skip", {"a.txt": OLD}),
    ],
)
def test_other_content_under_a_known_name_is_asked_about(
    shared: Shared, choice: str, left: dict[str, bytes]
) -> None:
    at = read(put(page(shared), ("a.txt", OLD)), shared)
    at = read(put(at, ("a.txt", NEW), ("b.txt", OLD)), shared)
    assert texts(shared)["a.txt"] == OLD.decode().strip(), "nothing is replaced before"
    assert "“a.txt” is in the library with other content." in [
        m.value.replace("\\", "") for m in at.markdown
    ]
    read(at.button(key=f"upload-{choice}-0").click().run(), shared)
    expected = {**left, "b.txt": OLD}
    assert texts(shared) == {path: data.decode().strip() for path, data in expected.items()}
    assert not [b for b in at.run().button if str(b.key).startswith("upload-")]


def test_many_can_be_decided_at_once(shared: Shared) -> None:
    names = [f"{n:02}.txt" for n in range(12)]
    at = read(put(page(shared), *((name, OLD) for name in names)), shared)
    at = put(at, *((name, NEW) for name in names))
    at.button(key="upload-replace-all").click().run()
    read(at, shared)
    assert set(texts(shared).values()) == {NEW.decode().strip()}


def test_many_files_that_are_not_read_do_not_fill_the_page(shared: Shared) -> None:
    at = put(page(shared), *((f"{n:02}.xyz", OLD) for n in range(40)))
    assert told(at) == [
        "00.xyz, 01.xyz, 02.xyz and 37 more: files of this kind are not read. "
        "If it is a document, save it as PDF, Word or text."
    ]


def cells(at: AppTest, column: str) -> dict[str, Any]:
    """What a column of the table of documents holds, by the names of the documents."""
    drawn = [e.proto for e in at.get("bidi_component")]
    data = next(json.loads(p.json) for p in drawn if p.component_name == "zhiku_documents")
    return {row["name"]: row[column] for row in data["rows"]}


def test_an_upload_is_stopped_and_retried_at_its_row(shared: Shared) -> None:
    at = put(page(shared), ("a.txt", OLD), ("b.txt", NEW))
    job = next(j for j in shared.kb.jobs() if j.arguments["path"] == "a.txt")
    assert cells(at, "acts")["a.txt"] == ["stop"]
    shared.kb.cancel(job.id)
    at = read(at.run(), shared)
    row = shared.kb.document("a.txt")
    assert (row.status, (row.error or "").split(":")[0]) == ("failed", "stopped")
    assert shared.kb.document("b.txt").status == "ready"
    assert "Not read: it was stopped before it was read." in cells(at, "words")["a.txt"]
    assert cells(at, "acts")["a.txt"] == ["again"]
    shared.kb.read_again(row.document)
    read(at, shared)
    assert shared.kb.document("a.txt").status == "ready"


def test_all_uploads_are_stopped_at_once(shared: Shared) -> None:
    at = put(page(shared), *((f"{n}.txt", OLD) for n in range(3)))
    assert "3 uploaded files are being read or wait their turn" in [m.value for m in at.markdown]
    at.button(key="stop-uploads").click().run()
    assert not shared.kb.work()
    assert {(r.error or "").split(":")[0] for r in shared.kb.documents()} == {"stopped"}


def test_a_file_of_a_folder_that_failed_is_retried_at_its_row(
    shared: Shared, folder: Callable[..., Path]
) -> None:
    root = folder({"x/a.md": "", "b.md": OLD})
    shared.kb.ingest([root])
    at = page(shared)
    (root / "x/a.md").write_bytes(NEW)
    row = shared.kb.document("x/a.md")
    shared.kb.read_again(row.document)
    assert shared.kb.jobs()[0].arguments["paths"] == [str(root / "x/a.md")]
    read(at, shared)
    assert shared.kb.document("x/a.md").status == "ready"
    assert len(shared.kb.documents()) == 2


def test_a_retry_is_offered_while_others_are_read(shared: Shared) -> None:
    at = read(put(page(shared), ("a.txt", b"")), shared)
    at = put(at, ("b.txt", OLD))
    row = shared.kb.document("a.txt")
    assert cells(at, "acts") == {"a.txt": ["again"], "b.txt": ["stop"]}
    shared.kb.read_again(row.document)
    assert [j.arguments["path"] for j in shared.kb.jobs() if not j.ended] == ["a.txt", "b.txt"]


def test_what_waits_comes_before_what_was_stopped_in_its_turn(shared: Shared) -> None:
    at = put(page(shared), ("a.txt", OLD), ("b.txt", OLD))
    at = at.button(key="stop-uploads").click().run()
    at = put(put(at, ("z.txt", NEW)), ("y.txt", NEW))
    library_of(shared.kb).progress(shared.kb.document("y.txt").document, "reading")
    at.run()
    assert list(cells(at, "id")) == ["y.txt", "z.txt", "a.txt", "b.txt"]


def test_a_folder_that_failed_is_retried(shared: Shared, folder: Callable[..., Path]) -> None:
    at = page(shared)
    number = jobs_of(shared.kb).ask(
        "ingest",
        {
            "paths": [str(folder({"a.md": OLD}))],
            "collection": "default",
            "keep": False,
            "yes": False,
        },
    )
    shared.kb.cancel(number)
    at.run()
    at.button(key=f"retry-{number}").click().run()
    read(at, shared)
    assert shared.kb.document("a.md").status == "ready"
    assert not [b for b in at.button if b.key == f"retry-{number}"]


def test_the_same_file_dropped_again_is_asked_about_once(shared: Shared) -> None:
    at = read(put(page(shared), ("a.txt", OLD)), shared)
    for data in (NEW, NEW):
        at = read(put(at, ("a.txt", data)), shared)
    keys = [str(b.key) for b in at.button if str(b.key).startswith("upload-replace-")]
    assert keys == ["upload-replace-0"]


def test_a_source_that_lost_most_of_its_files_is_asked_about(shared: Shared) -> None:
    at = page(shared)
    jobs = jobs_of(shared.kb)
    asked = {"paths": ["/docs/rules"], "collection": "default", "keep": False, "yes": False}
    number = jobs.ask("ingest", asked)
    jobs.take()
    failed = [{"path": "/docs/rules", "reason": "emptied", "message": "most files have gone"}]
    jobs.end(number, "done", {"failed": failed})
    at.run()
    assert "Most files of **rules** have gone, so nothing of it was removed." in told(at)[0]
    at.button(key=f"yes-{number}").click().run()
    assert shared.kb.jobs()[0].arguments == {**asked, "yes": True}
    assert told(at) == []


def test_a_question_that_is_too_long_is_kept_and_said(
    shared: Shared, folder: Callable[..., Path]
) -> None:
    shared.kb.ingest([folder({"a.md": OLD})])
    at = AppTest.from_function(chat_script, args=(shared, "en"), default_timeout=30).run()
    at.chat_input[0].set_value("x" * 4001).run()
    assert told(at) == [
        "The question has 4001 characters; 4000 are the most. Shorten it and ask again."
    ]
    assert "chat" not in at.session_state
    assert at.chat_input[0].proto.value == "x" * 4001, "it stands in the field"
    assert told(at.run()) == []


def test_two_hundred_files_at_once_are_read_until_somebody_stops_it(
    kb: KnowledgeBase, begin: Callable[[KnowledgeBase], Shared]
) -> None:
    shared = begin(kb)
    drop = [(f"{n}.txt", f"Locker {n} has key {n * 7}.".encode()) for n in range(200)]
    at = put(page(shared), *drop)
    assert not at.exception

    def waiting() -> int:
        line = next((m.value for m in page(shared).markdown if "uploaded files" in m.value), "0")
        return int(line.split()[0])

    first = waiting()
    while waiting() == first:  # progress moves
        time.sleep(0.05)
    assert page(shared).button(key="stop-uploads").click().run().exception == []
    deadline = time.monotonic() + 30
    while shared.worker.busy:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    rows = kb.documents()
    assert len(rows) == 200
    read = [row for row in rows if row.chunks]
    assert 0 < len(read) < 200
    assert {str(row.error).split(":")[0] for row in rows if not row.chunks} == {"stopped"}
    assert page(shared).exception == []


def test_the_page_says_which_files_are_read(shared: Shared) -> None:
    said = next(m.value for m in page(shared).markdown if "Endings:" in m.value)
    assert all(suffix[1:] in said for suffix in KINDS)


def zipped(**files: bytes) -> bytes:
    """A ZIP archive; "__" in a name stands for a folder's "/"."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/") + ".txt", data)
    return packed.getvalue()


def test_an_archive_becomes_the_documents_in_it(shared: Shared) -> None:
    at = put(page(shared), ("rules.zip", zipped(x__readme=OLD, y__readme=NEW)))
    assert told(at) == ["2 files added."]
    read(at, shared)
    assert texts(shared) == {
        "rules/x/readme.txt": OLD.decode().strip(), "rules/y/readme.txt": NEW.decode().strip(),
    }  # fmt: skip
    at = put(at, ("rules.zip", zipped(x__readme=OLD, y__readme=NEW)))
    assert len(told(at)) == 2
    assert "“rules/x/readme.txt” is in the library already" in told(at)[0]


def test_an_archive_that_is_broken_is_refused(shared: Shared) -> None:
    at = put(page(shared), ("a.zip", zipped(a=OLD)[:-30]), ("b.txt", NEW))
    assert told(at)[0] == "1 file added, 1 not."
    assert "a.zip: the file is broken or cut short." in told(at)[1]


def test_a_message_stays_until_it_is_dismissed_or_files_come_again(shared: Shared) -> None:
    at = put(page(shared), ("a.txt", OLD)).run()
    assert told(at) == ["1 file added."]
    key = next(str(b.key) for b in at.button if str(b.key).startswith("told-"))
    assert told(at.button(key=key).click().run()) == []
    at = put(put(at, ("b.txt", OLD)), ("film.mp4", OLD))
    assert len(told(at)) == 1
    assert "film.mp4" in told(at)[0]


def test_what_the_browser_left_out_is_told(shared: Shared) -> None:
    at = page(shared)
    intake: Intake = at.session_state["intake"]
    batch = intake.batch("one", "default", 3)
    intake.end(batch, hidden=1, empty=["x/nothing"], unsent=2, lost=["c.txt"])
    assert told(at.run()) == [
        "Cancelled; 2 files were not sent.",
        "One file did not arrive, as the connection was lost. Add it again: c.txt",
        "1 hidden file was left out.",
        "There are no files in x/nothing",
    ]


def test_nothing_is_left_of_files_but_of_those_that_wait_for_an_answer(shared: Shared) -> None:
    def lying() -> list[Path]:
        return [*shared.kb.settings.incoming_dir.iterdir()]

    at = read(put(page(shared), ("a.txt", OLD), ("film.mp4", OLD)), shared)
    assert lying() == []
    at = put(at, ("a.txt", NEW))
    (held,) = lying()
    os.utime(held, (0, time.time() - 7200))
    assert shared.incoming.sweep() == 0, "it waits for a day"
    os.utime(held, (0, time.time() - 90_000))
    assert shared.incoming.sweep() == 1
    at = at.button(key="upload-replace-0").click().run()
    assert "a.txt: the file has gone" in " ".join(told(at)).replace("it is", "")


def test_an_upload_that_broke_off_is_swept(shared: Shared) -> None:
    with shared.incoming.open() as file:
        file.write(b"half")
    assert shared.incoming.sweep() == 0
    os.utime(file.name, (0, time.time() - 7200))
    assert shared.incoming.sweep() == 1


def test_the_longest_name_is_kept_and_a_longer_one_refused(shared: Shared) -> None:
    longest, longer = "年" * 83 + ".txt", "年" * 84 + ".txt"
    at = put(page(shared), (longest, OLD), (longer, OLD))
    assert told(at)[0] == "1 file added, 1 not."
    assert [row.path for row in shared.kb.documents()] == [longest]
