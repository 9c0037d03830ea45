"""The Chat page in a real browser, over a library with stand-in models."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tokenizers import Tokenizer

ROOT = Path(__file__).parents[3]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def chat_address(tmp_path_factory: pytest.TempPathFactory, tokenizer: Tokenizer) -> Iterator[str]:
    """Serve the page and give its address."""
    home = tmp_path_factory.mktemp("chat")
    model = home / "model"
    model.mkdir()
    (model / "model.safetensors").write_bytes(b"model")
    (model / "config.json").write_text("{}")
    tokenizer.save(str(model / "tokenizer.json"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = Path(__file__).parent / "stand_in_page.py"
    log = home / "serve.log"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
    with log.open("wb") as out:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", str(script)),
                *("--server.headless", "true", "--server.port", str(port)),
            ],
            cwd=ROOT,
            env={
                **kept,
                "PYTHONPATH": str(ROOT),
                "KB_DATA_DIR": str(home / "library"),
                "KB_EMBED_MODEL": str(model),
                "KB_TRANSLATE_SECONDS": "0",
                "SHOW_VERDICTS": "1",
            },
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and server.poll() is None:
            try:
                if httpx.get(f"{url}/_stcore/health", trust_env=False).is_success:
                    break
            except httpx.TransportError:
                time.sleep(0.2)
        else:
            pytest.fail(f"the page did not start: {log.read_text('utf-8', 'replace')[-2000:]}")
        yield url
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, chat_address: str) -> Iterator[Callable[..., Page]]:
    """Open the page in a browser of a language; errors in its console fail the test."""
    wrong: list[str] = []
    opened: list[Page] = []

    def open_page(locale: str = "en-GB", width: int = 1280) -> Page:
        context = chromium.new_context(
            locale=locale,
            viewport={"width": width, "height": 900},
            permissions=["clipboard-read", "clipboard-write"],
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(chat_address)
        # The first visit puts the documents in.
        page.get_by_test_id("stChatInputTextArea").wait_for(timeout=120_000)
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        page.context.close()
    assert wrong == []
