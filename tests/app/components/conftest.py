"""The app in a browser: a server process of its own, without models, and pages of any language."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext
from serving import App, is_outside


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """A running server, one for all tests of a file."""
    home = tmp_path_factory.mktemp("server")
    made = App(home, KB_MODELS_DIR=home / "models")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open a profile of its own; a request to another machine fails the test."""
    made: list[BrowserContext] = []
    outside: list[str] = []

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(**options)  # type: ignore[arg-type]
        context.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    assert outside == []
