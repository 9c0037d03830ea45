"""Links to sources in a real browser: opened, turned over, closed, while an answer is written."""

import io
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
import streamlit as st
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from reportlab.pdfgen.canvas import Canvas

from app.pages import PROOF_STYLE, draw_answer, follow, show_proof
from app.pictures import NoPicture, PagePicture, Pictures, QuoteMarks, Why
from app.service import KnowledgeBase
from app.texts import Words
from app.web import STYLE, AnswerProgress, Shared
from llm.answer import Answer, Citation

pytestmark = pytest.mark.integration

Serve = Callable[[Callable[[], object]], str]
OpenTab = Callable[..., Page]
QUOTE = "You have 25 days of leave."
SHAPE = (600, 800)  # of a page, in points and in pixels
FIRST, SECOND = (0.1, 0.85, 0.5, 0.88), (0.1, 0.1, 0.5, 0.13)


class SlowPictures(Pictures):
    """Pages of one grey each, on the first two of which the quote stands; as late as it is told."""

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.ready.set()
        self.why: Why | None = None

    def marks_of(self, document: str, chunk_id: str | None, quote: str, *_: Any) -> Any:
        found = [QuoteMarks(1, (FIRST,)), QuoteMarks(2, (SECOND,))]
        return found if quote == QUOTE else []

    def page(
        self, document: str, number: int = 1, width: int = 1000, *_: Any, **__: Any
    ) -> PagePicture | NoPicture:
        assert self.ready.wait(30)
        if self.why:
            return NoPicture(self.why)
        file = io.BytesIO()
        Image.new("L", SHAPE, 255 - 10 * number).save(file, "PNG")
        return PagePicture(file.getvalue(), "image/png", *SHAPE, number, 3)

    def close(self) -> None:
        """Nothing is held."""


@dataclass
class Exchange:
    """A question that is answered as the test says; an answer that is not done grows."""

    now: AnswerProgress
    drawn: int = 0

    def look(self) -> AnswerProgress:
        if self.now.done:
            return self.now
        self.drawn += 1
        return replace(self.now, text=f"{self.now.text} {self.drawn}")


@dataclass
class Chat:
    """A page with one answer on it, and what makes its pictures."""

    shared: Shared
    exchange: Exchange
    pictures: SlowPictures
    done: AnswerProgress

    def draw(self) -> None:
        st.html(STYLE)
        st.html(PROOF_STYLE)
        words = Words(st.context.locale)
        show_proof(self.shared, words, {7: self.exchange})
        st.html(f"<p>{'filler ' * 2000}</p>")
        if (now := self.exchange.now).done:
            draw_answer(now, words, 7)
        else:
            follow(self.exchange, words, 7)


@pytest.fixture
def chat(open_kb: Callable[..., KnowledgeBase], begin: Callable[[KnowledgeBase], Shared]) -> Chat:
    kb = open_kb()
    kb.upload("handbook.pdf", pdf(3))
    assert kb.work()
    passage = kb.search("How many days of leave?", 1).passages[0]
    m, pictures = passage.metadata, SlowPictures()
    kb.pictures = pictures  # type: ignore[attr-defined]
    cited = Citation(1, m["document"], m["path"], 1, "", QUOTE, str(passage.id), m["unit"])
    other = Citation(2, m["document"], m["path"], 3, "", "Page 3", "0" * 32, m["unit"])
    answer = Answer("?", f"{QUOTE}[1] See also page 3.[2]", citations=(cited, other))
    done = AnswerProgress("done", (passage,), result=answer)
    return Chat(begin(kb), Exchange(done), pictures, done)


def pdf(pages: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=SHAPE)
    for n in range(1, pages + 1):
        canvas.drawString(60, 740, f"Page {n}")
        canvas.drawString(60, 100, QUOTE if n == 1 else "Nothing else is said here.")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def cite(page: Page, n: int = 1) -> Locator:
    """The number of a source in the answer, as soon as a click on it is heard."""
    page.wait_for_function("window.zhikuLinks?.page")
    return page.locator("a.kb-cite", has_text=f"[{n}]").first


# Clicks a link of the dialog in the moment in which it is there.
CLICK = """(name) => new Promise((done) => {
  const look = () => {
    const at = document.querySelector(`[role=dialog] a[data-kb-name="${name}"]`)
    if (at) { at.click(); done() } else setTimeout(look, 0)
  }
  look()
})"""


def goes_on(chat: Chat, page: Page) -> None:
    """Wait until the answer was drawn some times more."""
    before = chat.exchange.drawn
    deadline = time.monotonic() + 20
    while chat.exchange.drawn < before + 5:
        assert time.monotonic() < deadline, "the answer does not go on"
        page.wait_for_timeout(50)


def test_a_number_opens_its_page_with_the_quote_marked(
    chat: Chat, serve: Serve, open_tab: OpenTab
) -> None:
    page = open_tab(serve(chat.draw))
    cite(page).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("mark").first).to_have_text(QUOTE)
    image = dialog.get_by_role("img", name="page 1 · handbook.pdf, 1 place marked")
    expect(image).to_be_visible()
    box, paper = dialog.locator(".kb-box").bounding_box(), image.bounding_box()
    assert box
    assert paper
    left, top, right, bottom = FIRST
    assert box["x"] == pytest.approx(paper["x"] + left * paper["width"], abs=2)
    assert box["width"] == pytest.approx((right - left) * paper["width"], abs=2)
    assert box["height"] == pytest.approx((bottom - top) * paper["height"], abs=2)
    assert paper["height"] / paper["width"] == pytest.approx(SHAPE[1] / SHAPE[0], rel=0.01)
    expect(dialog.locator(".kb-box")).to_be_in_viewport()  # at the foot of a page that is scrolled
    expect(dialog.get_by_text("Page 1 of 3")).to_be_visible()
    expect(dialog.get_by_role("link", name="The quote is also on page 2")).to_be_visible()


def test_the_keyboard_alone_opens_turns_the_pages_and_comes_back(
    chat: Chat, serve: Serve, open_tab: OpenTab
) -> None:
    page = open_tab(serve(chat.draw))
    cite(page).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    for key, told in (("ArrowRight", "2 of 3"), ("ArrowRight", "3 of 3"), ("ArrowLeft", "2 of 3")):
        expect(dialog.locator(".kb-paper img")).to_be_visible()
        page.keyboard.press(key)
        expect(dialog.get_by_text(f"Page {told}")).to_be_visible()
    behind = dialog.get_by_role("link", name="Next page")
    behind.focus()
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("Page 3 of 3")).to_be_visible()
    dialog.get_by_role("link", name="Previous page").focus()
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("Page 2 of 3")).to_be_visible()
    expect(dialog.get_by_role("link", name="Previous page")).to_be_focused()  # drawn anew
    wide = dialog.locator(".kb-paper").bounding_box()
    page.keyboard.press("+")
    page.keyboard.press("+")
    large = dialog.locator(".kb-paper").bounding_box()
    assert wide
    assert large
    assert large["width"] == pytest.approx(2 * wide["width"], rel=0.02)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(cite(page)).to_be_focused()


def test_the_next_source_is_opened_in_place_of_this_one(
    chat: Chat, serve: Serve, open_tab: OpenTab
) -> None:
    page = open_tab(serve(chat.draw))
    cite(page).wait_for()
    page.locator(".kb-source").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name="Next source").click()
    expect(dialog.get_by_text("2 of 2")).to_be_visible()
    expect(dialog.get_by_text("Page 3 of 3")).to_be_visible()
    expect(dialog.locator(".kb-box")).to_have_count(0)
    expect(dialog.get_by_role("link", name="Previous source")).to_be_visible()


def test_a_page_in_the_making_has_its_shape_kept_free(
    chat: Chat, serve: Serve, open_tab: OpenTab
) -> None:
    chat.pictures.ready.clear()
    page = open_tab(serve(chat.draw))
    cite(page).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Preparing the page…")).to_be_visible()
    expect(dialog.locator("mark").first).to_have_text(QUOTE)  # the text is not waited for
    free = dialog.locator(".kb-paper").bounding_box()
    chat.pictures.ready.set()
    expect(dialog.locator(".kb-paper img")).to_be_visible()
    shown = dialog.locator(".kb-paper").bounding_box()
    assert free
    assert shown
    assert shown["width"] == pytest.approx(free["width"], abs=2)
    assert shown["height"] == pytest.approx(free["height"], abs=2)


def test_without_a_picture_it_says_why_and_shows_the_text(
    chat: Chat, serve: Serve, open_tab: OpenTab
) -> None:
    chat.pictures.why = "encrypted"
    page = open_tab(serve(chat.draw))
    cite(page).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("The file is locked")).to_be_visible()
    expect(dialog.locator(".kb-laid-out mark")).to_have_text(QUOTE)
    page.keyboard.press("ArrowRight")
    expect(dialog.locator(".kb-laid-out")).to_contain_text("Nothing else is said here.")


def test_while_an_answer_is_written_its_sources_open_and_it_goes_on(
    chat: Chat, serve: Serve, open_tab: OpenTab
) -> None:
    passages = chat.done.passages
    cited = {1: str(passages[0].id)}
    chat.exchange.now = AnswerProgress("writing", passages, text="Growing[1]", cited=cited)
    page = open_tab(serve(chat.draw))
    cite(page).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Page 1 of 3")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(dialog.get_by_text("Page 2 of 3")).to_be_visible()
    goes_on(chat, page)
    chat.exchange.now = chat.done
    expect(page.locator(".kb-answer")).to_contain_text("See also page 3.")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_source_stays_as_it_is_while_an_answer_is_written_behind_it(
    chat: Chat, serve: Serve, open_tab: OpenTab
) -> None:
    passages = chat.done.passages
    cited = {1: str(passages[0].id)}
    chat.exchange.now = AnswerProgress("writing", passages, text="Growing[1]", cited=cited)
    page = open_tab(serve(chat.draw), height=500)
    cite(page).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".kb-paper img")).to_be_visible()
    expect(dialog.get_by_role("button", name="Download the original")).to_be_visible()
    page.evaluate(
        """() => {
          const dialog = document.querySelector("[role=dialog]")
          window.changed = []
          window.sheet = dialog.querySelector("[data-kb-sheet]")
          window.sheet.scrollTop = 40
          const told = { childList: true, characterData: true, subtree: true }
          const note = (all) => window.changed.push(...all.map((one) => one.target.outerHTML))
          new MutationObserver(note).observe(dialog, told)
        }"""
    )
    goes_on(chat, page)
    chat.exchange.now = chat.done
    expect(page.locator(".kb-answer")).to_contain_text("See also page 3.")
    page.wait_for_timeout(1500)  # some looks more
    assert page.evaluate("window.changed") == []
    assert page.evaluate("window.sheet.isConnected")
    assert page.evaluate("window.sheet.scrollTop") == 40
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator(".kb-sources")).to_have_count(1)
    cite(page, 2).click()
    expect(dialog.get_by_text("2 of 2")).to_be_visible()


def test_what_is_clicked_at_once_is_heard(chat: Chat, serve: Serve, open_tab: OpenTab) -> None:
    chat.pictures.ready.clear()
    page = open_tab(serve(chat.draw))
    dialog = page.get_by_role("dialog")
    for _ in range(3):
        cite(page).click()
        # As soon as they are there: by a script, as a test that looks first would be late.
        for name, told in (
            ("ArrowRight", "Page 2 of 3"),
            ("ArrowRight", "Page 3 of 3"),
            ("source_behind", "2 of 2"),
        ):
            page.evaluate(CLICK, name)
            expect(dialog.locator(".kb-bar").filter(has_text=told).first).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    chat.pictures.ready.set()


def test_the_focus_stays_on_a_number_of_a_growing_answer(
    chat: Chat, serve: Serve, open_tab: OpenTab
) -> None:
    cited = {1: str(chat.done.passages[0].id)}
    writing = AnswerProgress("writing", chat.done.passages, text="Growing[1]", cited=cited)
    chat.exchange.now = writing
    page = open_tab(serve(chat.draw))
    cite(page).focus()
    goes_on(chat, page)
    expect(cite(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    chat.exchange.now = chat.done


def test_a_narrow_page_in_chinese_has_all_in_its_width_and_no_english(
    chat: Chat, serve: Serve, open_tab: OpenTab
) -> None:
    page = open_tab(serve(chat.draw), locale="zh-CN", width=390)
    cite(page).click()
    dialog = page.get_by_role("dialog")
    image = dialog.get_by_role("img", name="第 1 页 · handbook.pdf，标出 1 处")
    image.scroll_into_view_if_needed()
    expect(image).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = image.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    said = dialog.inner_text()
    for word in ("handbook.pdf", QUOTE, "Page 1", "download\n"):  # the last is an icon's name
        said = said.replace(word, "")
    assert re.findall("[A-Za-z]{2,}", said) == []


def test_the_original_is_downloaded_as_it_came(chat: Chat, serve: Serve, open_tab: OpenTab) -> None:
    page = open_tab(serve(chat.draw))
    cite(page).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the original").click()
    assert download.value.suggested_filename == "handbook.pdf"
    assert download.value.path().read_bytes()[:5] == b"%PDF-"
