"""The app as `kb serve` runs it, without the models: what it says, and that it recovers."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.service import build
from app.settings import Settings
from app.web import shared

APP = Path(__file__).parents[2] / "streamlit_app.py"


@pytest.fixture(autouse=True)
def fresh_process(
    monkeypatch: pytest.MonkeyPatch, make_settings: Callable[..., Settings]
) -> Iterator[None]:
    """A library and a folder for models, both empty; nothing cached before or after."""
    settings = make_settings()
    monkeypatch.setenv("KB_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("KB_MODELS_DIR", str(settings.models_dir))
    shared.clear()
    yield
    shared.clear()


def run() -> AppTest:
    return AppTest.from_file(APP, default_timeout=30).run()


def test_the_app_starts_without_models_and_says_how_to_get_them() -> None:
    at = run()
    assert not at.exception
    shared().warmup.wait(30)
    at.run()
    told = at.error[0].value.replace("\\", "")
    assert "multilingual-e5-small is not on this machine. Download it in the settings." in told
    assert at.subheader[0].value == "The library is empty"


def test_all_tabs_share_one_library() -> None:
    run()
    first = shared()
    run()
    assert shared() is first


def test_the_app_owns_the_library_until_it_ends(make_settings: Callable[..., Settings]) -> None:
    run()
    first = shared()
    deadline = time.monotonic() + 30
    while not first.kb.owner.held:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    command = build(make_settings())
    assert not command.own()
    assert command.owner.holder() == os.getpid()
    shared.clear()
    assert command.own()
    command.close()


def test_a_wrong_setting_is_one_line_until_it_is_put_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KB_CONTEXT_TOKENS", "7")
    at = run()
    assert not at.exception
    assert len(at.error) == 1
    assert "KB_CONTEXT_TOKENS" in at.error[0].value.replace("\\", "")
    assert not at.title
    monkeypatch.delenv("KB_CONTEXT_TOKENS")
    at.run()
    assert at.title[0].value == "Ask your documents"
