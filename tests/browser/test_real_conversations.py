"""Kept conversations in a real browser: reloaded, in a second tab, and over a restart.

The server is the app's own; what the model would write comes from a script, so that the answer is
in hand for as long as the test needs it.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from serving import QUIET, App, browser_path, is_outside

pytestmark = pytest.mark.integration

MINUTE = 60_000  # milliseconds, as Playwright counts
# A question with "long" in it is answered word by word until it is stopped.
SERVER = """
import json, sys
from app.loaded_models import Models
from app.service import KnowledgeBase
from app.serving.server import run
from llm.answer import Answer, Found, Text

def ask(self, question, within=None, cancel=None, **more):
    yield Found([], (question,))
    text = ""
    for n in range(100_000 if "long" in question else 3):
        if cancel.wait(0.05):
            break
        text += f"word{n} "
        yield Text(f"word{n} ")
    yield Answer(question, text.strip())

KnowledgeBase.ask = ask
KnowledgeBase.warm = lambda self: None
KnowledgeBase.sync = lambda self: None
sys.exit(run(json.loads(sys.argv[1])))
"""


def scripted(port: int) -> list[str]:
    """Return the command that runs the app with what the model would write from the script."""
    options = {"server.address": "127.0.0.1", "server.port": port, "server.headless": True}
    return [sys.executable, "-c", SERVER, json.dumps(options)]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[App]:
    make_library(tmp_path / "library")
    running = App(tmp_path, scripted)
    running.start()
    yield running
    running.stop()


def make_library(folder: Path) -> None:
    """Write a library of one document that was read, without a model."""
    from langchain_core.documents import Document

    from retrieval.ledger import Ledger, VectorTable, text_hash
    from retrieval.library import Library, Version

    folder.mkdir(mode=0o700)
    ledger = Ledger(folder / "ledger.sqlite3")
    library = Library(ledger)
    sha256 = text_hash("bytes")
    source = library.source("default", "upload", "")
    document = library.stage(source, "leave.md", sha256, 5)
    VectorTable(ledger).put({text_hash("one"): [1.0]}, "model")  # type: ignore[dict-item]
    chunk = Document(page_content="one", metadata={"heading": "", "start": 0, "end": 3})
    version = Version(sha256, 5, "reader", "model", None, "en", None)
    assert library.publish(document, version, [chunk], [text_hash("one")])
    ledger.close()


@pytest.fixture
def page() -> Iterator[Page]:
    """Open an English browser; errors of a page and requests to outside fail the test."""
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=QUIET)
        context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 800})
        context.on("weberror", lambda e: wrong.append(str(e.error)))
        context.on("request", lambda r: wrong.append(r.url) if is_outside(r.url) else None)
        yield context.new_page()
        browser.close()
    assert wrong == []


def ask(page: Page, question: str) -> None:
    field = page.get_by_placeholder("Ask a question")
    expect(field).to_be_enabled(timeout=2 * MINUTE)
    field.fill(question)
    field.press("Enter")
    sent = page.get_by_test_id("stChatMessage").filter(has_text=question).last
    expect(sent).to_be_visible(timeout=MINUTE)


def words_of(page: Page) -> int:
    """How many words of the last answer are there, once there are some."""
    answer = page.locator(".kb-answer").last
    expect(answer).to_contain_text("word2", timeout=MINUTE)
    return len(answer.inner_text().split())


def test_a_conversation_outlives_a_reload_another_tab_and_a_restart(
    server: App, page: Page
) -> None:
    page.goto(server.url)
    ask(page, "Something short?")
    words_of(page)
    expect(page).to_have_url(re.compile(r"\?chat=[0-9a-f]{16}$"))
    ask(page, "Something long?")
    seen = words_of(page)
    page.reload()  # the answer goes on
    expect(page.get_by_text("Something long?")).to_be_visible(timeout=MINUTE)
    assert words_of(page) >= seen

    second = page.context.new_page()
    second.goto(page.url)
    seen = words_of(second)
    expect(second.locator(".kb-answer").last).to_contain_text(f"word{seen + 20}", timeout=MINUTE)
    second.get_by_role("button", name="Stop").click()
    for tab in (second, page):  # stopped in one, it is in the other
        expect(tab.get_by_text("The answer was stopped.")).to_be_visible(timeout=MINUTE)
    second.goto(f"{server.url}/documents")  # another page, and back
    second.get_by_role("link", name="Chat").click()
    expect(second).to_have_url(f"{server.url}/")  # of this visit no conversation was open
    second.close()

    ask(page, "Something very long?")
    words_of(page)
    server.stop()
    server.start()
    page.goto(page.url)
    expect(page.get_by_text("Something very long?")).to_be_visible(timeout=2 * MINUTE)
    expect(page.get_by_text("This answer was cut off")).to_be_visible()
    expect(page.get_by_text("The answer was stopped.")).to_be_visible()
    assert page.locator(".kb-answer").first.inner_text() == "word0 word1 word2"


def test_conversations_are_found_opened_deleted_and_brought_back(server: App, page: Page) -> None:
    page.goto(server.url)
    ask(page, "The first matter?")
    words_of(page)
    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".kb-answer")).to_have_count(0, timeout=MINUTE)
    ask(page, "The second matter?")
    words_of(page)
    page.get_by_role("button", name="The first matter?", exact=True).click()
    expect(page.get_by_test_id("stChatMessage").first).to_contain_text("The first", timeout=MINUTE)
    page.get_by_role("link", name="Documents").click()
    page.get_by_role("link", name="Chat").click()  # it is still open
    expect(page.get_by_test_id("stChatMessage").first).to_contain_text("The first", timeout=MINUTE)

    page.get_by_role("button", name="Actions for “The first matter?”").click()
    with page.expect_download() as export:
        page.get_by_role("button", name="Export (Markdown)").click()
    assert export.value.suggested_filename == "The first matter.md"
    assert "word0 word1 word2" in Path(export.value.path()).read_text("utf-8")
    page.get_by_role("button", name="Delete chat").click()
    expect(page.locator(".kb-answer")).to_have_count(0, timeout=MINUTE)
    page.get_by_role("button", name="Undo").click()
    words_of(page)

    page.set_viewport_size({"width": 390, "height": 800})
    sidebar = page.get_by_test_id("stSidebar")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("button", name="The second matter?", exact=True).click()
    expect(page.get_by_test_id("stChatMessage").first).to_contain_text("The second", timeout=MINUTE)
    expect(sidebar).to_have_attribute("data-collapsed", "true")  # what was chosen can be seen
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
