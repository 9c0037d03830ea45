"""The app and its browsers, for each module of journeys."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parent))

from harness import QUIET, App, Browsers, Lang, browser_path, words_of

from app.texts import Words


# Not for the session: where one Playwright runs, other tests cannot start theirs.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory, tokenizer: Tokenizer) -> Path:
    """The folder of the embedding model that a stand-in stands in for."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "model.safetensors").write_bytes(b"model")
    (folder / "config.json").write_text("{}")
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, model_folder: Path) -> Path:
    """A library of the sample documents, to be copied."""
    app = App(tmp_path_factory.mktemp("filled"), model_folder)
    app.fill()
    return app.library


@pytest.fixture(scope="module")
def app(
    tmp_path_factory: pytest.TempPathFactory, model_folder: Path, filled: Path
) -> Iterator[App]:
    """The app over the sample documents with stand-in models, for all tests of a module."""
    app = App(tmp_path_factory.mktemp("app"), model_folder)
    shutil.copytree(filled, app.library)
    app.start()
    yield app
    app.stop()


@pytest.fixture(scope="module")
def empty_app(tmp_path_factory: pytest.TempPathFactory, model_folder: Path) -> Iterator[App]:
    """The app over an empty library with stand-in models."""
    app = App(tmp_path_factory.mktemp("empty"), model_folder)
    app.start()
    yield app
    app.stop()


@pytest.fixture
def tabs(browser: Browser, app: App) -> Iterator[Browsers]:
    """Browsers at the app; what must not be in them fails the test at its end."""
    browsers = Browsers(browser, app.address)
    yield browsers
    browsers.close()


@pytest.fixture
def empty_tabs(browser: Browser, empty_app: App) -> Iterator[Browsers]:
    browsers = Browsers(browser, empty_app.address)
    yield browsers
    browsers.close()


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> Lang:
    """Each of the two languages of the interface."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def words(lang: Lang) -> Words:
    return words_of(lang)
