"""A document's page in a real browser: its pages, a marked passage, the ways to it and back."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import streamlit as st
from playwright.sync_api import Page, expect
from reportlab.pdfgen.canvas import Canvas

from app.pages import PROOF_STYLE, show_chat, show_document, show_documents
from app.service import KnowledgeBase
from app.texts import Words
from app.web import STYLE, Shared

OpenTab = Callable[..., Page]
SHAPE = (600, 800)


@dataclass
class App:
    """The chat, the documents and a document's page, as the site has them."""

    shared: Shared
    first: str = "document"

    def draw(self) -> None:
        st.html(STYLE)
        st.html(PROOF_STYLE)
        words, shared = Words(st.context.locale), self.shared
        document = st.Page(
            lambda: show_document(shared, words, library, talk),
            title="Document",
            url_path="document",
            visibility="hidden",
            default=self.first == "document",
        )
        library = st.Page(
            lambda: show_documents(shared, words, document),
            title="All",
            url_path="documents",
            default=self.first == "documents",
        )
        talk = st.Page(
            lambda: show_chat(shared, words, library, document), title="Chat", url_path="chat"
        )
        st.navigation([talk, library, document]).run()

    @property
    def document(self) -> str:
        return next(d.document for d in self.shared.kb.documents() if d.path == "manual.pdf")


@pytest.fixture
def app(open_kb: Callable[..., KnowledgeBase], begin: Callable[[KnowledgeBase], Shared]) -> App:
    kb = open_kb(texts=["The pump7 weighs 7 kg."])
    kb.upload("manual.pdf", pdf(9))
    kb.upload("tea.txt", b"Tea is at four.")
    while kb.work():
        pass
    return App(begin(kb))


def pdf(pages: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=SHAPE)
    for n in range(1, pages + 1):
        canvas.drawString(60, 740, f"This is page {n} of the manual.")
        canvas.drawString(60, 100, f"The pump{n} weighs {n} kg.")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_from_the_table_to_a_page_and_back(
    app: App, serve: Callable[..., str], open_tab: OpenTab
) -> None:
    app.first = "documents"
    page = open_tab(serve(app.draw))
    page.get_by_role("link", name="manual.pdf").click()
    expect(page.get_by_role("heading", name="manual.pdf")).to_be_visible()
    expect(page.locator(".kb-paper img")).to_be_visible()
    assert f"doc={app.document}" in page.url
    for n in (2, 3, 4):  # one behind the other, as fast as one is seen
        page.keyboard.press("ArrowRight")
        expect(page.get_by_text(f"Page {n} of 9")).to_be_visible()
    expect(page.locator(".kb-blocks")).to_contain_text("The pump4 weighs 4 kg.")
    expect(page.get_by_role("img", name="page 4 · manual.pdf")).to_be_visible()
    wide = page.locator(".kb-paper").bounding_box()
    page.get_by_role("button", name="Larger").click()
    large = page.locator(".kb-paper").bounding_box()
    assert wide
    assert large
    assert large["width"] > 1.4 * wide["width"]
    jump = page.get_by_label("Go to page")
    jump.fill("8")
    jump.press("Enter")
    expect(page.get_by_text("Page 8 of 9")).to_be_visible()
    expect(page).to_have_url(f"{serve(app.draw)}/document?doc={app.document}&page=8")
    page.get_by_role("link", name="All documents").click()
    expect(page.get_by_role("link", name="tea.txt")).to_be_visible()


def test_a_passage_is_marked_where_it_stands(
    app: App, serve: Callable[..., str], open_tab: OpenTab
) -> None:
    page = open_tab(f"{serve(app.draw)}/?doc={app.document}", width=1280)
    page.get_by_role("tab", name="Passages").click()
    seventh = page.get_by_role("link", name="Show where passage 7 stands: page 7")
    seventh.click()
    expect(page.get_by_role("img", name="page 7 · manual.pdf, 1 place marked")).to_be_visible()
    expect(page.locator(".kb-box")).to_have_count(1)
    box, paper = (
        page.locator(".kb-box").last.bounding_box(),
        page.locator(".kb-paper").bounding_box(),
    )
    assert box
    assert paper
    assert box["y"] - paper["y"] == pytest.approx(paper["height"] * 690 / 800, rel=0.03)
    expect(page.locator(".kb-open")).to_contain_text("The pump7 weighs 7 kg.")
    page.reload()
    expect(page.locator(".kb-box")).to_have_count(1)
    expect(page.locator(".kb-open .kb-number")).to_have_text("7")


def test_ask_about_it_begins_a_chat_with_this_document_alone(
    app: App, serve: Callable[..., str], open_tab: OpenTab
) -> None:
    page = open_tab(f"{serve(app.draw)}/?doc={app.document}")
    page.get_by_role("button", name="Ask about it").click()
    expect(page.get_by_placeholder("Ask a question")).to_be_visible()
    expect(page.locator(".st-key-asked-of")).to_contain_text("manual.pdf")
    page.get_by_placeholder("Ask a question").fill("How much does the pump7 weigh?")
    page.keyboard.press("Enter")
    page.locator("a.kb-cite, a.kb-source").first.click()
    page.get_by_role("dialog").get_by_role("link", name="Open the document").click()
    expect(page.get_by_role("heading", name="manual.pdf")).to_be_visible()
    expect(page.get_by_text("of 9")).to_be_visible()
    assert "page=" in page.url
    page.go_back()
    expect(page.get_by_placeholder("Ask a question")).to_be_visible()


def test_on_a_narrow_screen_everything_is_within_reach(
    app: App, serve: Callable[..., str], open_tab: OpenTab
) -> None:
    address = f"{serve(app.draw)}/?doc={app.document}"
    page = open_tab(address, width=390, height=844, locale="zh-CN")
    expect(page.locator(".kb-paper img")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    made = page.get_by_text("添加日期")
    expect(made.last).to_be_hidden()
    page.locator("summary", has_text="PDF · 9 页").click()
    expect(made.last).to_be_visible()
    page.locator("summary", has_text="PDF · 9 页").click()
    page.get_by_role("tab", name="段落").click()
    page.get_by_role("link", name="显示段落 5 的位置").click()
    expect(page.locator(".kb-open .kb-number")).to_have_text("5")
    expect(page.locator(".kb-box")).to_have_count(1)
    expect(page.locator(".kb-box")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
