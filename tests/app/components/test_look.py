"""Language and theme in a browser: right at the first look, kept, and the same in every tab."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.settings import Settings

pytestmark = pytest.mark.integration

Context = Callable[..., BrowserContext]
MINUTE = 60_000

# Every text and every name that a page has, without signs and what is not seen.
TEXTS = """() => {
  const found = []
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement
    const sign = getComputedStyle(at).fontFamily.includes("Material")
    if (!sign && !at.closest("script, style, noscript")) found.push(walk.currentNode.data.trim())
  }
  for (const at of document.body.querySelectorAll("*"))
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (at.getAttribute(name)) found.push(at.getAttribute(name))
  return found.filter(Boolean)
}"""
# Names, units and licences that are the same in both languages.
NAMES = re.compile(
    r"Zhiku|English|知库|中文|[KMGT]B|OCR|OpenAI|llama-server|vLLM|Ollama|Apache-2\.0|MIT"
    r"|Gemma Terms of Use|(Llama|Baichuan) [\d.]+ Community License|[a-z]+[\w.]*-[\w.-]+"
    r"|[\d.]+[BM]\b|kb [a-z]+|docs/README\.md|https?://\S+|(/[\w.\\-]+)+|KB_\w+"
)


def colour(page: Page) -> str:
    found = page.get_by_test_id("stApp").evaluate("e => getComputedStyle(e).backgroundColor")
    return str(found)


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.locator("h1").wait_for(timeout=MINUTE)
    return page


def choose(page: Page, section: str, choice: str) -> None:
    page.locator(f".st-key-look-{section}").get_by_text(choice, exact=True).click()


def test_the_language_is_the_browsers_until_one_is_chosen_and_then_stays(
    server, new_context: Context
) -> None:
    context = new_context(locale="en-US")
    page = opened(context, server.url)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".st-key-kb-foot").get_by_text("中文").click()
    expect(page.get_by_role("heading", name="向文档提问")).to_be_visible(timeout=MINUTE)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    second = opened(context, f"{server.url}/documents")
    expect(second.get_by_role("heading", name="文档", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="向文档提问")).to_be_visible(timeout=MINUTE)


def test_a_theme_is_worn_at_once_and_by_every_page(server, new_context: Context) -> None:
    context = new_context(locale="en-US", color_scheme="light")
    page = opened(context, f"{server.url}/settings")
    light = colour(page)
    page.locator(".st-key-settings-section").get_by_text("Look", exact=True).click()
    marked = "window.notLoadedAgain = true"
    page.evaluate(marked)
    choose(page, "theme", "Dark")
    expect(page.get_by_test_id("stApp")).not_to_have_css("background-color", light, timeout=MINUTE)
    assert page.evaluate("window.notLoadedAgain")
    dark = colour(page)
    for path in ("/", "/documents"):
        assert colour(opened(context, server.url + path)) == dark
    choose(page, "theme", "As the system")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", light, timeout=MINUTE)


@pytest.mark.parametrize(
    ("locale", "foreign"), [("zh-CN", "[A-Za-z]{2,}"), ("en-US", "[\u3400-\u9fff]")]
)
def test_no_page_has_a_word_of_the_other_language(
    server, new_context: Context, locale: str, foreign: str
) -> None:
    context = new_context(locale=locale)
    stray: set[str] = set()

    def look(page: Page) -> None:
        expect(page.locator("html")).to_have_attribute("lang", locale.removesuffix("-US"))
        page.wait_for_load_state("networkidle")
        for text in page.evaluate(TEXTS):
            if re.search(foreign, NAMES.sub("", text.replace("\u2060", ""))):
                stray.add(text)

    for path in ("/", "/documents", "/collections", "/quality"):
        page = opened(context, server.url + path)
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
        look(page)
    page = opened(context, f"{server.url}/settings")
    sections = page.locator(".st-key-settings-section").get_by_role("radio")
    for at in range(5):
        sections.nth(at).click()
        page.locator("[class*=st-key-settings-of-]").wait_for()
        look(page)
    assert stray == set()


def test_a_lost_connection_is_told_in_our_words(server, new_context: Context) -> None:
    page = opened(new_context(locale="zh-CN"), server.url)
    expect(page.get_by_placeholder("输入问题")).to_be_visible(timeout=MINUTE)
    server.stop()
    lost = page.get_by_role("dialog")
    expect(lost).to_contain_text("与知库的连接中断", timeout=MINUTE)
    expect(lost).not_to_contain_text("Streamlit")
    server.start()
    expect(lost).to_be_hidden(timeout=MINUTE)


def test_settings_know_no_look() -> None:
    """It is each browser's own, so that two people can have two."""
    assert not {"language", "theme"} & Settings.model_fields.keys()
