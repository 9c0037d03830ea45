"""The app in a browser: a server process of its own, without models, and pages of any language."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[3]
QUIET = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
Open = Callable[..., Page]


class Server:
    """`kb serve` over a library of its own, which can be stopped."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.data_dir = folder / "library"
        self._command = [
            *(sys.executable, "-c", "from app.start import main; main()"),
            *("serve", "--port", str(port)),
        ]
        kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
        folders = {"KB_DATA_DIR": self.data_dir, "KB_MODELS_DIR": folder / "models"}
        self._env = {**kept, **{name: str(path) for name, path in folders.items()}}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.url}/_stcore/health", trust_env=False).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.2)
        pytest.fail("the app did not start")

    def stop(self) -> None:
        """Stop it and what it started."""
        if self._process is None:
            return
        children = psutil.Process(self._process.pid).children(recursive=True)
        for process in (*children, self._process):
            process.terminate()
        psutil.wait_procs(children, timeout=60)
        self._process.wait(60)
        self._process = None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server, one for all tests of a file."""
    made = Server(tmp_path_factory.mktemp("server"))
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a file."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield made
        made.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open a profile of its own; a request to another machine fails the test."""
    made: list[BrowserContext] = []
    outside: list[str] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.on("request", lambda r: outside.append(r.url) if _is_outside(r.url) else None)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    assert outside == []


def _is_outside(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:"))
