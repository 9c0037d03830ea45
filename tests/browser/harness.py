"""What the journeys share: the app as a process of its own, and browsers that let nothing pass."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import httpx
import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from app.texts import Words

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data" / "samples" / "docs"
STAND_IN = Path(__file__).parent / "serve_stand_in.py"
QUIET = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000  # milliseconds; a busy machine is slow, not wrong
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
NARROW, WIDE = 390, 1280  # pixels
# Told by the browser about features that Streamlit asks for and this one does not know.
_NOT_OURS = ("Unrecognized feature", "[DOM] Input elements should have autocomplete")

# Opened at /documents, Streamlit first asks whether the whole app lies below that path.
_ELSEWHERE = re.compile(r"/\w+/_stcore/(health|host-config)$")

expect.set_options(timeout=PATIENCE)
Lang = Literal["zh", "en"]


def browser_path() -> str | None:
    """Return where the browser is; None lets Playwright take its own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def free_port() -> int:
    """Return a port that nobody listens at now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@dataclass
class App:
    """The app over a library below `home`; with `model`, a folder, its models are stand-ins."""

    home: Path
    model: Path | None = None
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def library(self) -> Path:
        return self.home / "library"

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
        if "KB_MODELS_DIR" in os.environ:
            kept["KB_MODELS_DIR"] = os.environ["KB_MODELS_DIR"]
        if self.model:
            kept |= {"KB_EMBED_MODEL": str(self.model), "KB_TRANSLATE_SECONDS": "0"}
        return {**kept, "KB_DATA_DIR": str(self.library), **self.more}

    def fill(self) -> None:
        """Put the sample documents in, with stand-in models."""
        command = [sys.executable, str(STAND_IN), "fill"]
        subprocess.run(command, env=self.environment(), cwd=ROOT, check=True, capture_output=True)

    def start(self) -> None:
        """Start the server and wait until it listens; fails the test if it ends instead."""
        command = [sys.executable, str(STAND_IN), str(self.port)]
        if self.model is None:
            program = "from app.start import main; main()"
            command = [sys.executable, "-c", program, "serve", "--port", str(self.port)]
        log = self.home / "serve.log"
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=out, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if httpx.get(f"{self.address}/_stcore/health", trust_env=False).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        pytest.fail(f"the app did not start: {log.read_text('utf-8', 'replace')[-2000:]}")

    def stop(self) -> None:
        """Stop the server and what it started."""
        if self._process is None:
            return
        children = psutil.Process(self._process.pid).children(recursive=True)
        for process in (*children, self._process):
            process.terminate()
        psutil.wait_procs(children, timeout=60)
        self._process.wait(60)
        self._process = None


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
        ours = not known and not _ELSEWHERE.search(message.location["url"])
        if message.type in ("error", "warning") and ours and not self.forgiving:
            self.wrong.append(f"{message.type}: {message.text}")

    def _outside(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
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
    if wait:
        answered(page, words)
    else:
        stop = page.get_by_role("button", name=words("stop"), exact=True)
        expect(stop).to_be_visible()
        expect(page.locator(".kb-answer").last).to_contain_text(re.compile(r"\S"))


def answered(page: Page, words: Words) -> None:
    """Wait until the answer in hand is done, and can be copied."""
    # The row of the question asked last comes when its answer is done.
    questions = page.locator(".st-key-chat-question, [data-testid=stChatMessage] .kb-text")
    copying = page.get_by_role("button", name=words("ask_again"), exact=True)
    expect(copying).to_have_count(questions.count())
    expect(page.get_by_role("button", name=words("stop"), exact=True)).to_be_hidden()
