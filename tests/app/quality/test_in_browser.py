"""From an answer in the chat to a test question that failed, in a real browser."""

from collections.abc import Callable

import pytest
import streamlit as st
from playwright.sync_api import Page, expect

from app.pages import PROOF_STYLE, KeptRating, show_chat, show_quality
from app.service import KnowledgeBase
from app.texts import Words
from app.web import STYLE, Shared

TEXTS = {
    "en": ("Ask a question", "Good answer", "Keep as a test question", "This is a test question"),
    "zh": ("输入问题", "有帮助", "留作测试问题", "已加入测试问题"),
}
PAGE = {"en": ("Test now", "Right ·"), "zh": ("开始测试", "正确 ·")}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_answer_becomes_a_test_question_whose_source_opens(
    lang: str,
    filled: Callable[..., KnowledgeBase],
    begin: Callable[[KnowledgeBase], Shared],
    serve: Callable[[Callable[[], object]], str],
    open_tab: Callable[..., Page],
) -> None:
    kb = filled(*["You have 25 days of leave."] * 2)
    shared, words = begin(kb), Words(lang)
    ask, good, keep, kept = TEXTS[lang]

    def chat() -> None:
        st.html(STYLE)
        show_chat(shared, words, rating=KeptRating(kb.feedback))

    def quality() -> None:
        st.html(PROOF_STYLE)
        show_quality(shared, words)

    tab = open_tab(serve(chat))
    field = tab.get_by_placeholder(ask)
    field.fill("How many days of leave?")
    field.press("Enter")
    tab.get_by_role("button", name=good, exact=True).click()
    pressed = tab.get_by_role("button", name=good, exact=True)
    expect(pressed).to_have_attribute("aria-pressed", "true")
    tab.get_by_role("button", name=keep, exact=True).click()
    expect(tab.get_by_role("button", name=kept, exact=True)).to_be_visible()
    (question,) = kb.feedback.questions()
    assert [source.path for source in question.sources] == ["leave.md"]
    (judged,) = kb.feedback.judged()
    assert judged.verdict.verdict == "good"

    start, right = PAGE[lang]
    tab = open_tab(serve(quality), locale="zh-CN" if lang == "zh" else "en-GB", width=390)
    tab.get_by_role("button", name=start).click()
    tab.get_by_text(right).click()
    tab.locator("a.kb-source").first.click()
    dialog = tab.get_by_role("dialog")
    expect(dialog).to_contain_text("25 days of leave")
    tab.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
