"""What tests in a browser share: the browser, a page that is served, the app as a process.

For a test that needs no real model: the server is a thread of the test's process,
so the page has what the test has: a library with scripted texts, a model that waits for an event.
Fixtures (`tests/app/conftest.py` hands them on): `serve(draw)` shows what the function `draw` draws
and returns its address; `open_tab(address, …)` opens a browser there, with a locale and a width.

Example:
    def test_it(serve, open_tab, open_kb, begin):
        shared = begin(open_kb(texts=["Tea is at four."]))
        page = open_tab(serve(lambda: show_chat(shared, Words("en"))))
        page.get_by_placeholder("Ask a question").fill("When is tea?")

No console error, no exception on the page and no request that leaves this machine passes a test.
`App` is the app, or another server, as a process of its own.
"""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest
import streamlit as st
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    sync_playwright,
)
from streamlit.runtime import Runtime

from app.serving import guards

ROOT = Path(__file__).parents[3]
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
SCRIPT = "import sys\n\nsys.modules['zhiku_served'].draw()\n"
# At a page's own address Streamlit looks for its server below that first, where it is not.
_LOOKING = re.compile(r"/[a-z]+/_stcore/(health|host-config)$")
PATIENCE = 20_000  # milliseconds that Playwright waits for what should come at once

Draw = Callable[[], object]


def browser_path() -> str | None:
    """Where the browser is; None lets Playwright take its own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def is_outside(url: str) -> bool:
    """Tell whether an address is of another machine."""
    ours = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    return not url.startswith(ours)


def kb_serve(port: int) -> list[str]:
    """Return the command that runs the app itself."""
    return [sys.executable, "-c", "from app.start import main; main()", "serve", f"--port={port}"]


class App:
    """A server as a process of its own, over the library in `home`; it can be started again.

    It has no setting of the person who runs the tests, and those that are given ("KB_…").
    """

    def __init__(
        self, home: Path, command: Callable[[int], list[str]] = kb_serve, **settings: object
    ) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.data_dir = home / "library"
        self._command = command(port)
        self._log = home / "serve.log"
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
        given = {"KB_DATA_DIR": self.data_dir, **settings}
        self._environment = {**kept, **{name: str(value) for name, value in given.items()}}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with self._log.open("ab") as out:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if httpx.get(f"{self.url}/_stcore/health", trust_env=False).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.2)
        said = self._log.read_text("utf-8", "replace")[-2000:]
        self.stop()
        pytest.fail(f"the app did not start: {said}")

    def stop(self) -> None:
        """Stop it and what it started."""
        if self._process is None:
            return
        children = psutil.Process(self._process.pid).children(recursive=True)
        self._process.terminate()
        for child in children:
            # One may end by itself, or by its parent, in between.
            with contextlib.suppress(psutil.NoSuchProcess):
                child.terminate()
        psutil.wait_procs(children, timeout=60)
        self._process.wait(60)
        self._process = None


class Served:
    """Streamlit at a free port, in a thread; it draws what was given last."""

    def __init__(self, folder: Path) -> None:
        self.draw: Draw = lambda: None
        script = folder / "served.py"
        script.write_text(SCRIPT, "utf-8")
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        app = st.App(script, middleware=guards())
        # The other implementation of WebSockets warns that it is old, and a warning is an error.
        self._server = uvicorn.Server(
            uvicorn.Config(app, log_level="error", lifespan="on", ws="websockets-sansio")
        )
        self._thread = threading.Thread(target=self._run, name="served", daemon=True)
        self._thread.start()
        deadline = time.monotonic() + 60
        while not self._server.started:
            assert self._thread.is_alive(), "the server did not start"
            assert time.monotonic() < deadline
            time.sleep(0.02)
        self._runtime = Runtime.instance()

    def show(self, draw: Draw) -> str:
        """Draw with this function from now on; returns the address."""
        # A page test without a browser (AppTest) leaves the process without a runtime.
        Runtime._instance = self._runtime
        self.draw = draw
        return self.address

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(20)
        self._socket.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("served"))
    sys.modules["zhiku_served"] = server  # type: ignore[assignment]
    yield server
    server.stop()


@pytest.fixture
def serve(served: Served) -> Iterator[Callable[[Draw], str]]:
    """Show what a function draws; returns the address."""
    yield served.show
    served.draw = lambda: None


# Not for the session: where one Playwright runs, other tests cannot start theirs.
@pytest.fixture(scope="module")
def playing() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def chromium(playing: Playwright) -> Iterator[Browser]:
    browser = playing.chromium.launch(executable_path=browser_path(), args=QUIET)
    yield browser
    browser.close()


@pytest.fixture
def open_tab(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address in a browser of its own: `locale`, `width`, `height`, `scheme` (light)."""
    wrong: list[str] = []
    contexts: list[BrowserContext] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not _LOOKING.search(message.location["url"]):
            wrong.append(f"{message.text} {message.location['url']}")

    def make(
        address: str,
        *,
        locale: str = "en-GB",
        width: int = 1280,
        height: int = 800,
        scheme: str = "light",
    ) -> Page:
        context = chromium.new_context(
            locale=locale,
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", note)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda r: wrong.append(r.url) if is_outside(r.url) else None)
        page.goto(address)
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == [], wrong
