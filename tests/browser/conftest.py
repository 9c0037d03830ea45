"""The app and its browsers, for each module of journeys."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parent))

from harness import Browsers, Lang, fill, stand_in, words_of
from serving import App, chromium, playing

from app.texts import Words

__all__ = ["chromium", "playing"]


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
    library = tmp_path_factory.mktemp("filled") / "library"
    fill(library, model_folder)
    return library


@pytest.fixture(scope="module")
def app(
    tmp_path_factory: pytest.TempPathFactory, model_folder: Path, filled: Path
) -> Iterator[App]:
    """The app over the sample documents with stand-in models, for all tests of a module."""
    app = stand_in(tmp_path_factory.mktemp("app"), model_folder)
    shutil.copytree(filled, app.data_dir)
    app.start()
    yield app
    app.stop()


@pytest.fixture(scope="module")
def empty_app(tmp_path_factory: pytest.TempPathFactory, model_folder: Path) -> Iterator[App]:
    """The app over an empty library with stand-in models."""
    app = stand_in(tmp_path_factory.mktemp("empty"), model_folder)
    app.start()
    yield app
    app.stop()


@pytest.fixture
def tabs(chromium: Browser, app: App) -> Iterator[Browsers]:
    """Browsers at the app; what must not be in them fails the test at its end."""
    browsers = Browsers(chromium, app.url)
    yield browsers
    browsers.close()


@pytest.fixture
def empty_tabs(chromium: Browser, empty_app: App) -> Iterator[Browsers]:
    browsers = Browsers(chromium, empty_app.url)
    yield browsers
    browsers.close()


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> Lang:
    """Each of the two languages of the interface."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def words(lang: Lang) -> Words:
    return words_of(lang)
