"""What the journeys share: the app with stand-in models, and browsers that let nothing pass."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "app" / "components"))

from serving import ROOT, App, is_outside

from app.texts import Words

STAND_IN = Path(__file__).parent / "serve_stand_in.py"
PATIENCE = 60_000  # milliseconds; a busy machine is slow, not wrong
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
NARROW, WIDE = 390, 1280  # pixels
# Told by the browser of features that Streamlit asks for and this one does not know, and by the
# library of charts that Streamlit draws before it gives it the numbers; and by Streamlit where two
# parts of a page report in the same moment, which are then drawn together.
_NOT_OURS = (
    "Unrecognized feature",
    "[DOM] Input elements should have",
    "WARN Infinite extent",
    "Multiple different fragmentIds",
)

expect.set_options(timeout=PATIENCE)
Lang = Literal["zh", "en"]


def stand_in(home: Path, model: Path, **settings: object) -> App:
    """Return the app over the library in `home` with stand-ins for its models."""
    return App(home, _stand_in_command, **_stand_in_settings(model), **settings)


def fill(data_dir: Path, model: Path) -> None:
    """Put the sample documents into a library, with stand-ins for the models."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
    own = {"KB_DATA_DIR": str(data_dir), **_stand_in_settings(model)}
    command = [sys.executable, str(STAND_IN), "fill"]
    subprocess.run(command, env={**kept, **own}, cwd=ROOT, check=True, capture_output=True)


def _stand_in_command(port: int) -> list[str]:
    return [sys.executable, str(STAND_IN), str(port)]


def _stand_in_settings(model: Path) -> dict[str, str]:
    # Without questions of its own making, as these would be made while a journey goes on.
    return {"KB_EMBED_MODEL": str(model), "KB_TRANSLATE_SECONDS": "0", "KB_SUGGEST": "0"}


@dataclass
class Browsers:
    """Opens the app in browsers of their own, and notes what must not be."""

    browser: Browser
    address: str
    wrong: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    forgiving: bool = False  # while the server is down, the browser tells of it

    def open(
        self,
        path: str = "",
        *,
        lang: Lang = "en",
        width: int = WIDE,
        scheme: Literal["light", "dark"] = "light",
        settled: bool = True,
    ) -> Page:
        context = self.browser.new_context(
            locale=LOCALES[lang],
            viewport={"width": width, "height": 844 if width < 500 else 800},
            color_scheme=scheme,
            reduced_motion="reduce",
            accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.contexts.append(context)
        context.on("page", self._watch)
        page = context.new_page()
        page.goto(self.address + path)
        if settled:
            settle(page)
        return page

    def _watch(self, page: Page) -> None:
        page.set_default_timeout(PATIENCE)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.wrong.append(f"page error: {error}"))
        page.on("request", lambda r: self._outside(r.url))
        page.on("websocket", lambda socket: self._outside(socket.url))

    def _note(self, message: ConsoleMessage) -> None:
        known = any(told in message.text for told in _NOT_OURS)
        if message.type in ("error", "warning") and not known and not self.forgiving:
            self.wrong.append(f"{message.type}: {message.text}")

    def _outside(self, url: str) -> None:
        if is_outside(url):
            self.wrong.append(f"asked for {url}")

    @contextmanager
    def down(self) -> Iterator[None]:
        """While the server is down on purpose, the browser's complaints about it are none."""
        self.forgiving = True
        yield
        self.forgiving = False

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        assert not self.wrong, "\n".join(self.wrong)


def settle(page: Page) -> None:
    """Wait until the page has been drawn and its script has ended."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)


def words_of(lang: Lang) -> Words:
    """Return the app's words in a language."""
    return Words(LOCALES[lang])


def ask(page: Page, question: str, words: Words, *, wait: bool = True) -> None:
    """Type a question and send it; waits until it is answered, or else begun to be."""
    field = page.get_by_placeholder(words("ask"))
    expect(field).to_be_enabled()
    field.fill(question)
    field.press("Enter")
    said = page.locator("[data-testid=stChatMessage] .kb-text")
    expect(said.filter(has_text=question).last).to_be_visible()
    if wait:
        answered(page, words)
    else:
        stop = page.get_by_role("button", name=words("stop"), exact=True)
        expect(stop).to_be_visible()
        expect(page.locator(".kb-answer").last).to_contain_text(re.compile(r"\S"))


def answered(page: Page, words: Words) -> None:
    """Wait until the answer in hand is done, and can be copied."""
    # The row of the question asked last comes when its answer is done.
    asked = page.locator("[data-testid=stChatMessage] .kb-text").count()
    again = page.get_by_role("button", name=words("ask_again"), exact=True)
    expect(again).to_have_count(asked)
    expect(page.get_by_role("button", name=words("stop"), exact=True)).to_be_hidden()
