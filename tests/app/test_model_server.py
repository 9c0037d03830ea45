"""The library with a model behind a server: commands, checks and pages, and the key nowhere."""

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.errors import UsageError
from app.loaded_models import Models, whereabouts
from app.settings import Settings, load_settings
from app.web import FolderWatcher, IndexKeeper, Shared, WarmUp, Worker
from llm.chat import EndpointChat
from llm.errors import ModelError

KEY = "sk-Geheim-0123456789"
TEA = {"tea.md": "# House rules\n\nTea is served at four.\n"}


@pytest.fixture
def served(cli: Any, model_server: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command line over a library about tea, whose answers come from the server."""
    model_server.key = KEY
    for name, value in {"BASE_URL": model_server.url, "MODEL": "tea-7b", "API_KEY": KEY}.items():
        monkeypatch.setenv(f"KB_LLM_{name}", value)
    cli.texts = None  # the model of the settings
    return cli


@pytest.fixture
def library(served: Any, folder: Callable[..., Path]) -> Any:
    assert served.json("ingest", folder(TEA))["added"] == 1
    return served


def quiet(cli: Any) -> str:
    """All that the last command wrote, without the key."""
    assert KEY not in cli.out + cli.err
    return str(cli.out + cli.err)


def test_a_question_is_answered_by_the_server(library: Any, model_server: Any) -> None:
    result = library.json("ask", "When is tea served?")
    assert (result["answer"], result["grounded"]) == ("Tea is at four.[1]", True)
    assert result["citations"][0]["quote"] == "Tea is served at four."
    assert (result["usage"]["completion_tokens"], result["usage"]["calls"]) == (3, 2)
    assert result["usage"]["prompt_tokens"] > 7  # the call for odds is counted, too
    assert "Tea is served at four." in str(model_server.requests[-1][1]["messages"])


def test_what_the_server_finds_unanswered_is_refused(library: Any, model_server: Any) -> None:
    library.json("ask", "When is tea served?")  # what the model can do is measured
    model_server.requests.clear()
    result = library.json("ask", "Who won the chess contest?")
    assert result["refused"]
    assert all("logprobs" in body for _, body in model_server.requests)  # nothing was written


def test_a_question_is_put_into_the_other_language_by_the_server(
    library: Any, model_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_TRANSLATE_SECONDS", "8")
    model_server.words = ["When is", " tea served?"]
    model_server.lists_odds = False
    assert library.json("search", "什么时候上茶？")["searched"][1:] == ["When is tea served?"]


def test_search_goes_on_without_the_server(
    library: Any, model_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_TRANSLATE_SECONDS", "8")
    model_server.fault = "at once 500"
    found = library.json("search", "什么时候上茶？")
    assert found["hits"][0]["path"] == "tea.md"
    assert found["searched"] == ["什么时候上茶？"]


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("BASE_URL", "http://127.0.0.1:9/v1", "http://127.0.0.1:9/v1 cannot be reached"),
        ("API_KEY", "sk-another", "refuses the key of KB_LLM_API_KEY (401)"),
        ("MODEL", "coffee-1b", "has no model 'coffee-1b' (404"),
    ],
)
def test_what_is_wrong_is_one_line_in_every_command(
    library: Any, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, told: str
) -> None:
    monkeypatch.setenv(f"KB_LLM_{setting}", value)
    library("ask", "When is tea served?")
    assert (library.code, len(library.err.splitlines())) == (1, 1)
    assert told in quiet(library)
    assert "sk-another" not in quiet(library)
    checks = {c["name"]: c for c in library.json("doctor")["checks"]}
    assert (library.code, checks["models"]["ok"]) == (1, False)
    assert told in checks["models"]["message"]
    assert "sk-another" not in quiet(library)


def test_nothing_misses_a_model_file(library: Any) -> None:
    found = library.json("status")
    assert (found["llm_model"], found["llm_installed"]) == ("tea-7b", "tea-7b")
    checks = {c["name"]: c for c in library.json("doctor")["checks"]}
    assert checks["models"]["ok"]
    assert "'tea-7b' answers and judges passages" in checks["models"]["message"]
    library("models", "pull")
    assert "tea-7b" not in quiet(library)
    assert "qwen" not in quiet(library)


def test_commands_say_that_it_is_on_this_machine(library: Any, model_server: Any) -> None:
    here = f"on this machine ({model_server.url})"
    assert library.json("status")["llm_where"] == here
    assert here in {c["name"]: c for c in library.json("doctor")["checks"]}["models"]["message"]


@pytest.mark.parametrize(
    ("url", "where"),
    [
        (None, "on this machine"),
        ("http://localhost:8080", "on this machine (http://localhost:8080/v1)"),
        ("https://api.example.com/v1", "leaves this machine: api.example.com"),
        ("http://10.0.0.5:8000/v1", "leaves this machine: 10.0.0.5, not encrypted"),
    ],
)
def test_where_answers_are_written(
    make_settings: Callable[..., Settings], url: str | None, where: str
) -> None:
    assert whereabouts(make_settings(llm_base_url=url)) == where


def test_the_key_is_shown_nowhere(
    library: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    for command in ("settings", "status", "doctor", "list", "ask"):
        for more in ((), ("--json",)):
            library(command, *(["When is tea served?"] if command == "ask" else []), *more)
            assert library.code == 0
            quiet(library)
    rows = {row["name"]: row for row in library.json("settings")}
    assert rows["KB_LLM_API_KEY"]["value"] == "set, not shown"
    assert rows["KB_LLM_API_KEY"]["from"] == "environment"
    assert KEY not in caplog.text
    assert KEY not in f"{load_settings()[0]!r} {load_settings()[0].model_dump()}"
    assert "Tea is served" not in caplog.text
    monkeypatch.delenv("KB_LLM_API_KEY")
    assert {row["name"]: row for row in library.json("settings")}["KB_LLM_API_KEY"]["value"] is None


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://example.com", "must begin with http:// or https://"),
        (f"https://me:{KEY}@example.com/v1", "the key goes into KB_LLM_API_KEY"),
        (f"https://example.com/v1?key={KEY}", "without ? or #"),
    ],
)
def test_a_wrong_address_is_refused_without_being_repeated(
    served: Any, monkeypatch: pytest.MonkeyPatch, url: str, told: str
) -> None:
    monkeypatch.setenv("KB_LLM_BASE_URL", url)
    served("status")
    assert (served.code, len(served.err.splitlines())) == (2, 1)
    assert "KB_LLM_BASE_URL: " in quiet(served)
    assert told in quiet(served)


def test_a_key_in_the_file_is_as_hidden(served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KB_LLM_API_KEY")
    file = Path(os.environ["KB_DATA_DIR"]) / "settings.env"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"KB_LLM_API_KEY={KEY}\nKB_PASSAGES=no\n")
    served("status")
    assert served.code == 2
    assert "KB_PASSAGES='no'" in quiet(served)
    file.write_text(f"KB_LLM_API_KEY={KEY}\n")
    rows = {row["name"]: row for row in served.json("settings")}
    assert rows["KB_LLM_API_KEY"]["from"] == str(file)
    quiet(served)


def test_an_adapter_and_a_server_exclude_each_other(
    served: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_LORA", "adapter.gguf")
    with pytest.raises(UsageError, match="unset one of them"):
        load_settings()


def test_settings_reach_the_server_s_model(
    make_settings: Callable[..., Settings], model_server: Any
) -> None:
    settings = make_settings(
        llm_base_url=model_server.url, llm_model="tea-7b", context_tokens=8192, answer_tokens=33,
        temperature=0.5, top_p=0.8, seed=9,
    )  # fmt: skip
    models = Models(settings)
    chat = models.chat()
    assert isinstance(chat, EndpointChat)
    assert chat is models.chat()  # found once
    assert (chat.context, chat.max_tokens, chat.temperature) == (8192, 33, 0.5)
    assert (chat.top_p, chat.seed) == (0.8, 9)
    models.close()


def test_a_server_that_comes_later_is_found(
    make_settings: Callable[..., Settings], model_server: Any
) -> None:
    models = Models(make_settings(llm_base_url=model_server.url, llm_model="tea-7b"))
    model_server.fault = "at once 503"
    with pytest.raises(ModelError):
        models.chat()
    model_server.fault = ""
    assert models.chat().invoke("Tea?").content == "Tea is at four [1]."
    models.close()


def test_what_a_model_can_do_is_measured_once(
    make_settings: Callable[..., Settings], model_server: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings = make_settings(llm_base_url=model_server.url, llm_model="tea-7b")
    for measured in (True, False):
        models = Models(settings)
        model_server.requests.clear()
        chat = models.chat()
        assert chat.can_judge
        assert (chat.calls, chat.tokens_read) == (0, 0)  # it served no question
        assert (len(model_server.requests) > 50) is measured
        assert ("measuring what the model 'tea-7b' can do" in caplog.text) is measured
        assert KEY not in caplog.text
        caplog.clear()
        models.close()


# -- the adapter


def test_an_adapter_that_is_not_there_is_one_line(
    cli: Any, monkeypatch: pytest.MonkeyPatch, tiny_gguf: Callable[..., Path], tmp_path: Path
) -> None:
    monkeypatch.setenv("KB_LLM_MODEL", str(tiny_gguf()))
    monkeypatch.setenv("KB_LORA", str(tmp_path / "adapter.gguf"))
    cli.texts = None
    cli("ask", "When?")
    checks = {c["name"]: c for c in cli.json("doctor")["checks"]}
    assert not checks["models"]["ok"]
    assert "there is no adapter at" in checks["models"]["message"]
    assert cli.json("status")["llm_lora"] == str(tmp_path / "adapter.gguf")
    question = tmp_path / "questions.jsonl"
    question.write_text(json.dumps({"id": 1, "question": "When?", "passages": ["At four."]}))
    cli("ask", "--batch", question)
    assert "there is no adapter at" in cli.out + cli.err


# -- pages


def page(shared: object, locale: str) -> None:
    from app.pages import show_documents
    from app.texts import Words

    show_documents(shared, Words(locale))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "locale", "caption", "warnings"),
    [
        (None, "en", "Answers are written on this machine", []),
        (None, "zh", "回答由本机上的模型生成", []),
        (
            "http://127.0.0.1:8080",
            "en",
            "Answers are written on this machine, by the server at http://127.0.0.1:8080/v1",
            [],
        ),
        (
            "https://api.example.com/v1",
            "en",
            None,
            ["Leaves this machine: questions and passages go to api.example.com"],
        ),
        (
            "http://10.0.0.5/v1",
            "zh",
            None,
            ["问题和文档段落会发送到 10.0.0.5", "连接未加密（http），途中可能被他人读取。"],
        ),
    ],
)
def test_the_pages_say_where_answers_are_written(
    open_kb: Any, url: str | None, locale: str, caption: str | None, warnings: list[str]
) -> None:
    kb = open_kb(llm_base_url=url)
    shared = Shared(kb, Worker(kb), IndexKeeper(kb), WarmUp(kb), FolderWatcher(kb))
    at = AppTest.from_function(page, args=(shared, locale), default_timeout=30).run()
    assert not at.exception
    told = [plain(c.value) for c in at.caption]
    assert [line for line in told if line.startswith(("Answers", "回答"))] == (
        [caption] if caption else []
    )
    assert [plain(w.value) for w in at.warning] == warnings


def plain(text: str) -> str:
    """A label without the marks that keep Markdown from making anything of it."""
    return text.replace("\\", "").replace("\u2060", "")
