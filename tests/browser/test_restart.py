"""The server ends in the middle of an answer, and comes back: nothing that was kept is lost."""

import pytest
from harness import Browsers, Lang, ask, words_of
from playwright.sync_api import Browser, expect
from serving import App

pytestmark = pytest.mark.integration

LONG = "Tell slowly of the guarantee"
FIRST = "Where are backups stored and kept?"


def test_a_conversation_outlives_the_server(chromium: Browser, app: App) -> None:
    lang: Lang = "en"
    words, tabs = words_of(lang), Browsers(chromium, app.url)
    page = tabs.open(lang=lang)
    ask(page, FIRST, words)
    ask(page, LONG, words, wait=False)
    with tabs.down():
        app.stop()
        gone = page.get_by_role("dialog").or_(page.get_by_test_id("stConnectionStatus"))
        expect(gone.first).to_be_visible()
        app.start()
        # By itself, or by hand: a person may do either.
        page.reload()
        expect(page.locator(".kb-text", has_text=LONG)).to_be_visible()
    expect(page.get_by_text(words("interrupted"))).to_be_visible()
    expect(page.locator(".kb-answer").first).to_contain_text("[1]")
    page.get_by_role("button", name=words("ask_again"), exact=True).last.click()
    stop = page.get_by_role("button", name=words("stop"), exact=True)
    expect(stop).to_be_visible()
    stop.click()
    expect(stop).to_be_hidden()
    tabs.close()
