"""The Chat page in a real browser, over a library with stand-in models."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from serving import ROOT, App
from tokenizers import Tokenizer


@pytest.fixture(scope="module")
def chat_address(tmp_path_factory: pytest.TempPathFactory, tokenizer: Tokenizer) -> Iterator[str]:
    """Serve the page and give its address."""
    home = tmp_path_factory.mktemp("chat")
    model = home / "model"
    model.mkdir()
    (model / "model.safetensors").write_bytes(b"model")
    (model / "config.json").write_text("{}")
    tokenizer.save(str(model / "tokenizer.json"))
    script = Path(__file__).parent / "stand_in_page.py"

    def command(port: int) -> list[str]:
        options = ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"]
        return [sys.executable, "-m", "streamlit", "run", str(script), *options]

    app = App(
        home,
        command,
        PYTHONPATH=ROOT,
        KB_EMBED_MODEL=model,
        KB_TRANSLATE_SECONDS=0,
        SHOW_VERDICTS=1,
    )
    app.start()
    yield app.url
    app.stop()


@pytest.fixture
def visit(chromium: Browser, chat_address: str) -> Iterator[Callable[..., Page]]:
    """Open the page in a browser of a language; errors in its console fail the test."""
    wrong: list[str] = []
    opened: list[Page] = []

    def open_page(locale: str = "en-GB", width: int = 1280, height: int = 900) -> Page:
        context = chromium.new_context(
            locale=locale,
            viewport={"width": width, "height": height},
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
