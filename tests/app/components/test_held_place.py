"""Earlier questions drawn above those that one reads, in a browser: these stay in sight."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.pages import show_chat
from app.service import KnowledgeBase
from app.texts import Words
from app.web import AnswerProgress, Shared

pytestmark = pytest.mark.integration


def test_what_one_reads_stays_when_earlier_questions_come(
    serve: Callable[..., str],
    open_tab: Callable[..., Page],
    kb: KnowledgeBase,
    begin: Callable[[KnowledgeBase], Shared],
) -> None:
    chat = kb.conversations.new_id()
    for n in range(70):
        exchange = kb.conversations.begin(chat, f"Question {n}?")
        kb.conversations.finish(exchange, AnswerProgress(phase="done", error="none"))
    shared = begin(kb)
    page = open_tab(serve(lambda: show_chat(shared, Words("en"))) + f"?chat={chat}")
    earlier = page.get_by_role("button", name="Earlier questions")
    expect(earlier).to_be_visible(timeout=60_000)
    earlier.click()
    first, read = (
        page.locator(".kb-text").get_by_text(f"Question {n}?", exact=True) for n in (0, 20)
    )
    expect(first).to_be_attached(timeout=60_000)
    page.wait_for_timeout(1600)
    expect(read).to_be_in_viewport()
    expect(first).not_to_be_in_viewport()
