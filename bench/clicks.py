"""Measure how long it takes from a click to what it is for: python bench/clicks.py

The app runs over the sample documents with stand-in models (tests/browser): what is measured is the
app, not how fast a model writes. Each action is done ten times; the clock in the browser runs from
the click to the first frame in which what was asked for is there.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "app" / "components"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from harness import Browsers, ask, fill, settle, stand_in, words_of
from serving import QUIET, App, browser_path

ARM = """({ event, done }) => {
  window.kbTook = null
  const isDone = new Function(`return ${done}`)
  const from = () => {
    const start = performance.now()
    const look = () => {
      let there = false
      try { there = Boolean(isDone()) } catch { /* not yet */ }
      if (there) window.kbTook = performance.now() - start
      else requestAnimationFrame(look)
    }
    look()
  }
  document.addEventListener(event, from, { capture: true, once: true })
}"""
FIND = """
const within = (root, css) => [...root.querySelectorAll(css)].concat(
  ...[...root.querySelectorAll("*")].filter(e => e.shadowRoot).map(e => within(e.shadowRoot, css)))
const all = (css) => within(document, css)
const one = (css) => all(css)[0] ?? null
const rows = () => all("table[aria-label] tbody tr")
"""
QUESTION, OTHER = "Where are backups stored and kept?", "Who may work from another country?"
LONG = "Tell slowly of the guarantee"


class Clock:
    """Does things on a page and notes how long each took, in milliseconds."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.took: dict[str, list[float]] = defaultdict(list)

    def __call__(
        self, name: str, act: Callable[[], object], done: str, event: str = "click"
    ) -> None:
        """Do something; it is done when an expression of JavaScript is true."""
        look = f"(() => {{ {FIND} return {done} }})()"
        self.page.evaluate(ARM, {"event": event, "done": look})
        act()
        self.page.wait_for_function("window.kbTook !== null", timeout=30_000)
        self.took[name].append(self.page.evaluate("window.kbTook"))
        settle(self.page)


def title(text: str) -> str:
    return f"one('h1')?.textContent.trim() === {json.dumps(text)}"


def pages(clock: Clock) -> None:
    words, page = words_of("en"), clock.page
    for name in ("documents", "collections_page", "quality", "settings"):
        link = page.get_by_role("link", name=words(name), exact=True)
        clock(f"open: {words(name)}", link.click, title(words(name)))
    chat = page.get_by_role("link", name=words("chat"), exact=True)
    clock("open: Chat", chat.click, title(words("chat_title")))


def chat(clock: Clock, n: int) -> None:
    words, page = words_of("en"), clock.page
    button = lambda name: page.get_by_role("button", name=words(name), exact=True)  # noqa: E731
    asked = f"{QUESTION} {n}"
    field = page.get_by_placeholder(words("ask"))
    field.fill(asked)
    there = f"all('.kb-text').some(e => e.textContent.includes({json.dumps(asked)}))"
    clock("send a question", lambda: field.press("Enter"), there, "keydown")
    button("ask_again").wait_for()
    settle(page)
    opened = "one('[role=dialog] .kb-text, [role=dialog] .kb-markdown')"
    clock("open a source", page.locator(".kb-answer a").first.click, opened)
    page.locator("[role=dialog] .kb-paper img").wait_for()
    number = page.locator("[role=dialog] .kb-bar span").first.inner_text()
    behind = page.get_by_role("dialog").get_by_role("link", name=words("page_behind"))
    turned = f"one('[role=dialog] .kb-bar span').textContent !== {json.dumps(number)}"
    clock("next page of a source", behind.click, turned)
    close = page.get_by_role("dialog").get_by_role("button", name="Close")
    clock("close the source", close.click, "!one('[role=dialog]')")
    clock("thumb up", button("good").click, "one('button[aria-pressed=true]')")
    clock("thumb down: what is wrong", button("bad").click, "one('[data-testid=stForm]')")
    page.get_by_test_id("stForm").get_by_role("button", name=words("cancel")).click()
    settle(page)
    clock("new chat", button("new_chat").click, "!one('.kb-answer')")
    side = page.get_by_test_id("stSidebar")
    clock(
        "open a chat", side.get_by_role("button", name=asked, exact=True).click, "one('.kb-answer')"
    )
    menu = side.get_by_role("button", name=words("chat_menu", title=asked))
    clock("open a chat's menu", menu.click, "one('[data-testid=stPopoverBody] input')")
    named = page.get_by_role("textbox", name=words("chat_rename"), exact=True)
    named.fill(f"Chat {n}")
    renamed = f"all('[data-testid=stSidebar] button').some(e => e.textContent === 'Chat {n}')"
    clock("rename a chat", lambda: named.press("Enter"), renamed, "keydown")
    side.get_by_role("button", name=words("chat_menu", title=f"Chat {n}")).click()
    gone = f"!all('[class*=st-key-chat-open] button').some(e => e.textContent === 'Chat {n}')"
    clock("delete a chat", button("chat_delete").click, gone)
    clock("bring a chat back", side.get_by_role("button", name=words("chat_undo")).click, renamed)
    ask(page, LONG, words, wait=False)
    page.wait_for_timeout(500)
    stop = button("stop")
    clock("stop an answer", stop.click, "!one('[data-testid=kbStop]')")
    button("new_chat").click()
    settle(page)


def documents(clock: Clock, address: str) -> None:
    words, page = words_of("en"), clock.page
    page.goto(f"{address}/documents")
    page.locator("tbody tr").first.wait_for()
    settle(page)
    rows = page.locator("tbody tr")
    head = page.get_by_role("columnheader", name=words("size"), exact=True).get_by_role("button")
    first, many = rows.first.locator(".name").inner_text(), rows.count()
    other = f"rows()[0].querySelector('.name').textContent !== {json.dumps(first)}"
    clock("sort the documents", head.click, other)
    kind = page.get_by_label(words("kind"), exact=True)
    fewer, back = f"rows().length < {many}", f"rows().length === {many}"
    value = kind.locator("option").nth(1).get_attribute("value")
    clock("filter the documents", lambda: kind.select_option(value), fewer, "input")
    kind.select_option("")
    page.wait_for_function(f"(() => {{ {FIND} return {back} }})()")
    settle(page)
    box = rows.first.get_by_role("checkbox")
    clock("select a document", box.click, "rows().some(row => row.querySelector(':checked'))")
    delete = page.get_by_role("button", name=words("act_delete"), exact=True)
    clock("delete a document", delete.click, fewer)
    undo = page.get_by_role("button", name=words("act_undo"), exact=True)
    undo.wait_for()
    settle(page)
    clock("bring a document back", undo.click, back)
    name: Locator = rows.first.locator("a.name")
    if name.get_attribute("href"):
        clock("open a document", name.click, "one('h1')?.textContent.trim() !== 'Documents'")


def settings(clock: Clock, address: str) -> None:
    words, page = words_of("en"), clock.page
    page.goto(f"{address}/settings")
    settle(page)
    radio = lambda name: page.get_by_role("radio", name=name, exact=True)  # noqa: E731
    clock("a section of the settings", radio(words("settings_answers")).click,
          "one('.st-key-setting-strict')")  # fmt: skip
    strict = page.locator(".st-key-setting-strict label").first
    reset = "one('.st-key-reset-strict button')"
    clock("change a setting", strict.click, reset)
    clock("reset a setting", page.locator(".st-key-reset-strict button").first.click, f"!{reset}")
    clock("change the language", radio("中文").click, "document.documentElement.lang === 'zh-CN'")
    clock("change it back", radio("English").click, "document.documentElement.lang === 'en'")


def table(took: dict[str, list[float]]) -> str:
    lines = ["| action | median ms | p95 ms |", "|---|---|---|"]
    for name, times in took.items():
        p95 = sorted(times)[max(0, round(0.95 * len(times)) - 1)]
        lines.append(f"| {name} | {statistics.median(times):.0f} | {p95:.0f} |")
    return "\n".join(lines)


def make_model(folder: Path) -> Path:
    """Make the folder of an embedding model that a stand-in stands in for."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"model")
    (folder / "config.json").write_text("{}")
    tokenizer = Tokenizer(models.WordLevel({"?": 0}, unk_token="?"))  # noqa: S106
    words = pre_tokenizers.Split(Regex(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]"), "removed", invert=True)
    tokenizer.pre_tokenizer = words
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="clicks-"))
    model = make_model(home / "model")
    fill(home / "library", model)
    app: App = stand_in(home, model)
    app.start()
    try:
        with sync_playwright() as playing:
            browser = playing.chromium.launch(executable_path=browser_path(), args=QUIET)
            clock = Clock(Browsers(browser, app.url).open())
            for n in range(given.times):
                clock.page.goto(app.url)
                settle(clock.page)
                pages(clock)
                chat(clock, n)
                documents(clock, app.url)
                settings(clock, app.url)
            browser.close()
    finally:
        app.stop()
        shutil.rmtree(home)
    print(table(clock.took))


if __name__ == "__main__":
    main()
