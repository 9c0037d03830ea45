"""The key of a model server goes to the address that it was given for, and to no other."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from app.service import KnowledgeBase
from app.web import Shared
from llm.errors import ModelError

KEY = "sk-very-secret"


class Listening(HTTPServer):
    """Refuses every request, and keeps what keys were sent with them."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        super().__init__(("127.0.0.1", 0), Refusing)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Refusing(BaseHTTPRequestHandler):
    server: Listening

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def do_GET(self) -> None:
        self.server.keys.append(self.headers.get("Authorization", ""))
        self.send_error(401)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def servers() -> Iterator[tuple[Listening, Listening]]:
    """Two servers: two ports, so two addresses."""
    both = Listening(), Listening()
    for one in both:
        threading.Thread(target=one.serve_forever, args=(0.01,), daemon=True).start()
    yield both
    for one in both:
        one.shutdown()
        one.server_close()


@pytest.fixture
def make(
    open_kb: Callable[..., KnowledgeBase], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., KnowledgeBase]:
    """Open a library that uses a server with a key, both kept in its file."""

    def made(url: str) -> KnowledgeBase:
        kb = open_kb(llm_base_url=url, llm_model="m", llm_api_key=KEY)
        for name in ("data_dir", "models_dir", "translate_seconds", "model_process"):
            monkeypatch.setenv(f"KB_{name.upper()}", str(getattr(kb.settings, name)))
        kb.settings.settings_file.write_text(
            f"KB_EMBED_MODEL={kb.settings.embed_model}\nKB_LLM_BASE_URL={url}\nKB_LLM_MODEL=m\n"
            f"KB_LLM_API_KEY={KEY}\n"
        )
        return kb

    return made


def tried(kb: KnowledgeBase, url: str, key: str = "") -> None:
    with pytest.raises(ModelError):
        kb.setup.try_server(url, "m", key, "en")


def test_a_trial_sends_the_key_to_its_own_address_only(
    make: Callable[..., KnowledgeBase], servers: tuple[Listening, Listening]
) -> None:
    own, other = servers
    kb = make(own.url)
    tried(kb, f"{own.url}/v1")
    tried(kb, other.url)
    assert any(KEY in sent for sent in own.keys)
    assert other.keys
    assert not any(KEY in sent for sent in other.keys)
    tried(kb, other.url, "another")
    assert "another" in other.keys[-1]


def test_the_key_does_not_come_along_to_another_address(
    make: Callable[..., KnowledgeBase],
) -> None:
    kb = make("http://127.0.0.1:9")
    same = kb.setup.write({"llm_base_url": "http://127.0.0.1:9/other/v1"})
    assert same.llm_api_key is not None
    assert same.llm_api_key.get_secret_value() == KEY
    assert kb.setup.write({"llm_base_url": "http://127.0.0.1:10"}).llm_api_key is None
    assert KEY not in kb.settings.settings_file.read_text()
    # What was written last counts, though the library still works by the settings before.
    assert kb.setup.write({"llm_base_url": "http://127.0.0.1:9"}).llm_api_key is None


def test_the_key_goes_with_its_server(make: Callable[..., KnowledgeBase]) -> None:
    kb = make("http://127.0.0.1:9")
    assert kb.setup.write({"llm_base_url": None}).llm_api_key is None
    with_new = kb.setup.write({"llm_base_url": "http://127.0.0.1:10", "llm_api_key": "new"})
    assert with_new.llm_api_key is not None


def test_the_page_says_whose_key_is_kept(
    make: Callable[..., KnowledgeBase], begin: Callable[[KnowledgeBase], Shared]
) -> None:
    from streamlit.testing.v1 import AppTest

    at = AppTest.from_function(
        page, args=(begin(make("http://127.0.0.1:9")),), default_timeout=30
    ).run()
    assert not at.exception
    said = [caption.value for caption in at.caption]
    assert any("leave the field empty to keep it" in text for text in said)
    at.text_input[0].set_value("http://127.0.0.1:10").run()
    said = [caption.value for caption in at.caption]
    assert any("belongs to another address" in text for text in said)


def page(shared: object) -> None:
    import streamlit as st

    from app.pages import show_settings
    from app.texts import Words

    st.session_state.setdefault("settings-section", "model")
    show_settings(shared, Words("en"))  # type: ignore[arg-type]
