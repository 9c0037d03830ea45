"""The Documents page, run by Streamlit's own AppTest over a library with stand-in models."""

import time
from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from app.pages.listing import state_in_words
from app.service import KnowledgeBase
from app.state import Shared, start
from app.texts import Words
from app.worker import Step
from retrieval.ledger import Ledger

OpenKb = Callable[..., KnowledgeBase]
LEAVE = b"# Leave\n\nYou have 25 days of leave.\n"


def script(shared: object, locale: str) -> None:
    from app.pages import documents
    from app.texts import Words

    documents.show(shared, Words(locale))  # type: ignore[arg-type]


@pytest.fixture
def shared(kb: KnowledgeBase) -> Iterator[Shared]:
    """The app's threads over an empty library."""
    running = start(kb)
    yield running
    running.warmup.wait(30)
    running.worker.stop()


def page(shared: Shared, locale: str = "en") -> AppTest:
    return AppTest.from_function(script, args=(shared, locale), default_timeout=30).run()


def settle(shared: Shared) -> None:
    deadline = time.monotonic() + 30
    while shared.worker.busy:
        assert time.monotonic() < deadline, "the worker did not end"
        time.sleep(0.01)


def shown(at: AppTest) -> str:
    """All that the page says, without Markdown's escapes."""
    parts = [e.value for kind in ("markdown", "caption", "error") for e in at.get(kind)]
    return "\n".join(parts).replace("\\", "").replace("\u2060", "")


def put(at: AppTest, *files: tuple[str, bytes]) -> AppTest:
    uploader = at.get("file_uploader")[0]
    uploader.set_value([(name, data, "application/octet-stream") for name, data in files])
    return at.run()


def test_an_empty_library_says_what_happens(shared: Shared) -> None:
    at = page(shared)
    assert not at.exception
    assert "No documents yet" in shown(at)


def test_uploaded_files_become_ready(shared: Shared) -> None:
    at = put(page(shared), ("leave.md", LEAVE), ("差旅.txt", "住宿上限为六百元。\n".encode()))
    assert not at.exception
    settle(shared)
    at.run()
    assert "2 documents in the library" in shown(at)
    for words in ("**leave.md**", "1 passage", "**差旅.txt**", "Ready"):
        assert words in shown(at)


def test_a_file_is_uploaded_once_however_often_the_page_is_drawn(shared: Shared) -> None:
    at = put(page(shared), ("leave.md", LEAVE))
    settle(shared)
    first = shared.kb.documents()[0].ingested_at
    at.run()
    at.run()
    assert not shared.worker.busy
    assert shared.kb.documents()[0].ingested_at == first
    assert shared.kb.waiting() == []


def test_what_cannot_be_taken_in_is_one_line_with_name_reason_and_remedy(shared: Shared) -> None:
    at = put(page(shared), ("a_b.docx", b"PK"), ("leave.md", LEAVE))
    assert len(at.error) == 1
    assert "a_b.docx: files of this kind are not read. Save it as PDF" in shown(at)
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
    assert "Not read: the file is locked with a password. Save a copy without one." in shown(at)
    assert "Ready" in shown(at)


def test_reasons_are_told_in_chinese(shared: Shared) -> None:
    at = put(page(shared, "zh-CN"), ("a.txt", b""), ("b.docx", b"PK"))
    settle(shared)
    at.run()
    assert "未能读取：文件里没有文字。" in shown(at)
    assert "b.docx：不支持这种文件。" in shown(at)


def test_deleting_asks_first_and_removes_one(shared: Shared) -> None:
    at = put(page(shared), ("leave.md", LEAVE), ("travel.txt", b"Hotels cost 90 euros.\n"))
    settle(shared)
    at.run()
    assert "Delete “leave.md” from the library?" in shown(at)
    document = next(r.document for r in shared.kb.documents() if r.path == "leave.md")
    at.button(key=f"delete-{document}").click().run()
    assert [row.path for row in shared.kb.documents()] == ["travel.txt"]
    assert "leave.md" not in shown(at)


def test_deleting_what_another_tab_deleted_is_no_error(shared: Shared) -> None:
    at = put(page(shared), ("leave.md", LEAVE))
    settle(shared)
    at.run()
    document = shared.kb.documents()[0].document
    shared.kb.remove([document])
    at.button(key=f"delete-{document}").click().run()
    assert not at.exception
    assert "No documents yet" in shown(at)


def test_many_documents_come_in_pages_and_can_be_filtered(shared: Shared) -> None:
    at = put(page(shared), *((f"note-{n:02}.txt", b"Some words.\n") for n in range(30)))
    settle(shared)
    at.run()
    assert "30 documents" in shown(at)
    assert "note-24.txt" in shown(at)
    assert "note-25.txt" not in shown(at)
    at.text_input(key="find").set_value("NOTE-29").run()
    assert "note-29.txt" in shown(at)
    assert "note-00.txt" not in shown(at)
    at.text_input(key="find").set_value("nothing like it").run()
    assert "No document matches." in shown(at)


def test_a_full_disk_is_one_line_for_each_file(
    kb: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    class Full(KnowledgeBase):
        def upload(self, name: str, data: bytes, collection: str = "default") -> str:
            raise OSError(28, "No space left on device")

    full = Full(kb.settings, Ledger(kb.settings.ledger_path), kb.models)
    running = start(full)
    at = put(page(running), ("a.txt", LEAVE), ("b.txt", LEAVE))
    assert not at.exception
    assert [e.value.split(":")[0].replace("\\", "") for e in at.error] == ["a.txt", "b.txt"]
    assert "free space" in shown(at)
    running.close()


class Doing:
    """Stands for the worker: says the same of every document."""

    def __init__(self, step: Step | None = None, trouble: str | None = None) -> None:
        self._step, self._trouble = step, trouble

    def step(self, _: str) -> Step | None:
        return self._step

    def trouble(self, _: str) -> str | None:
        return self._trouble


@pytest.mark.parametrize(
    ("doing", "words"),
    [
        (Doing(Step("queued")), "Waiting its turn"),
        (Doing(Step("reading")), "Reading"),
        (Doing(Step("embedding")), "Indexing"),
        (Doing(Step("embedding", 12, 40)), "Indexing 12 of 40"),
        (Doing(Step("blocked", problem="run kb models pull")), "run kb models pull"),
        (Doing(trouble="RuntimeError"), "unexpected"),
        (Doing(), "Ready"),
    ],
)
def test_the_state_is_told_in_words(shared: Shared, doing: Doing, words: str) -> None:
    shared.kb.upload("leave.md", LEAVE)
    shared.kb.process(shared.kb.waiting()[0])
    seen = Shared(shared.kb, doing, shared.warmup)  # type: ignore[arg-type]
    assert words in state_in_words(shared.kb.documents()[0], seen, Words("en"))


def test_a_failed_new_version_leaves_the_old_one_and_says_so(shared: Shared) -> None:
    at = put(page(shared), ("leave.md", LEAVE))
    settle(shared)
    at.run()
    put(at, ("leave.md", b""))
    settle(shared)
    at.run()
    assert "Older version; the new one was not read: the file holds no text." in shown(at)
    assert shared.kb.search("leave", 1)
