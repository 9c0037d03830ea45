"""Every page and state, looked at by axe-core: nothing serious or critical, light and dark."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from harness import NARROW, WIDE, Browsers, Lang, ask, settle, words_of
from playwright.sync_api import FilePayload, Page, expect

pytestmark = pytest.mark.integration

Scheme = Literal["light", "dark"]
LOOKS = [("zh", "light", WIDE), ("en", "dark", NARROW)]  # all eight: python bench/screens.py
ANSWERED = {"zh": "试用期工资怎么发？", "en": "Where are backups stored and kept?"}
UNKNOWN = {"zh": "火星上的年假有几天？", "en": "How much leave is there on Mars?"}
LONG = {"zh": "慢慢说出差报销的规定", "en": "Tell slowly of the guarantee"}
# Nothing fades or moves any more but what does so for ever.
STILL = """() => document.getAnimations().every(
    one => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity)"""
SECTIONS = ("answers", "reading", "look", "about", "model")


@pytest.fixture
def look(lang: Lang, scheme: Scheme, width: int) -> Callable[..., Page]:
    """Open a page in the look of a case."""
    return lambda tabs, path="": tabs.open(path, lang=lang, scheme=scheme, width=width)


def check(page: Page, what: str) -> None:
    """Fail with what axe-core finds to be serious or critical."""
    page.wait_for_timeout(400)  # a colour that changes slowly is none of the two
    page.wait_for_function(STILL)
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    told = [
        f"{what}: {one['id']} at {node['target']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
        if one["impact"] in ("serious", "critical")
    ]
    assert told == [], "\n".join(told)


@pytest.mark.parametrize(("lang", "scheme", "width"), LOOKS)
def test_the_chat(tabs: Browsers, lang: Lang, look: Callable[..., Page]) -> None:
    words, page = words_of(lang), look(tabs)
    check(page, "a first screen")
    ask(page, ANSWERED[lang], words)
    check(page, "an answer")
    page.locator(".kb-answer a").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".kb-paper img")).to_be_visible()
    check(page, "a source")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name=words("bad"), exact=True).click()
    expect(page.get_by_text(words("bad_title"))).to_be_visible()
    check(page, "a thumb down")
    ask(page, UNKNOWN[lang], words)
    check(page, "a refusal")
    page.get_by_text(words("filters")).click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    check(page, "filters")
    page.keyboard.press("Escape")
    ask(page, LONG[lang], words, wait=False)
    check(page, "an answer in hand")
    page.get_by_role("button", name=words("stop"), exact=True).click()


@pytest.mark.parametrize(("lang", "scheme", "width"), LOOKS)
def test_the_documents(tabs: Browsers, lang: Lang, look: Callable[..., Page]) -> None:
    words, page = words_of(lang), look(tabs, "/documents")
    expect(page.locator("tbody tr").first).to_be_visible()
    check(page, "the table")
    broken = FilePayload(name="broken.docx", mimeType="", buffer=b"PK\x03\x04 cut")
    film = FilePayload(name="film.mp4", mimeType="", buffer=b"\0\0\0 ftyp")
    page.locator("input.pick-files").set_input_files([broken, film])
    expect(page.get_by_text("film.mp4")).to_be_visible()
    page.get_by_label(words("pick_page")).check()
    check(page, "files that failed, rows that are picked")
    page.get_by_role("tab", name=words("folders")).click()
    expect(page.get_by_label(words("folder_path"))).to_be_visible()
    check(page, "folders")


@pytest.mark.parametrize(("lang", "scheme", "width"), LOOKS)
def test_collections_assistants_and_quality(
    tabs: Browsers, lang: Lang, look: Callable[..., Page]
) -> None:
    words, page = words_of(lang), look(tabs, "/collections")
    check(page, "collections")
    for opened in ("collection_new", "assistant_new"):
        page.get_by_role("button", name=words(opened)).click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        check(page, opened)
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    check(look(tabs, "/quality"), "quality")


@pytest.mark.parametrize(("lang", "scheme", "width"), LOOKS)
def test_the_settings(tabs: Browsers, lang: Lang, look: Callable[..., Page]) -> None:
    words, page = words_of(lang), look(tabs, "/settings")
    for name in SECTIONS:
        page.get_by_role("radio", name=words(f"settings_{name}"), exact=True).click()
        expect(page.locator(f".st-key-settings-of-{name}")).to_be_visible()
        settle(page)
        check(page, name)


@pytest.mark.parametrize(("lang", "scheme", "width"), LOOKS)
def test_an_empty_library(empty_tabs: Browsers, look: Callable[..., Page]) -> None:
    for path in ("", "/documents", "/collections", "/quality"):
        check(look(empty_tabs, path), f"empty {path}")
