"""The Settings page: what it shows, what it changes, and the way back."""

import os
import threading
from collections.abc import Callable
from typing import Any

import pytest
from langchain_core.messages import AIMessageChunk
from streamlit.testing.v1 import AppTest

from app.kept_machine import KeptChoice, choice_file, keep
from app.service import KnowledgeBase
from app.web import Shared

MakeKb = Callable[..., KnowledgeBase]


def page(shared: object, locale: str, section: str) -> None:
    import streamlit as st

    from app.pages import show_settings
    from app.texts import Words

    st.session_state.setdefault("settings-section", section)
    show_settings(shared, Words(locale))  # type: ignore[arg-type]


@pytest.fixture
def running(
    open_kb: MakeKb, begin: Callable[[KnowledgeBase], Shared], monkeypatch: pytest.MonkeyPatch
) -> Shared:
    """The app over a library whose other settings come from its file."""
    kb = open_kb()
    for name in ("data_dir", "models_dir", "translate_seconds", "model_process"):
        monkeypatch.setenv(f"KB_{name.upper()}", str(getattr(kb.settings, name)))
    kb.settings.settings_file.write_text(f"KB_EMBED_MODEL={kb.settings.embed_model}\n")
    return begin(kb)


def shown(shared: Shared, section: str, locale: str = "en") -> AppTest:
    at = AppTest.from_function(page, args=(shared, locale, section), default_timeout=30).run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    return "\n".join(str(e.value) for e in (*at.markdown, *at.caption, *at.error, *at.warning))


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize("section", ["model", "answers", "reading", "look", "about"])
def test_every_section_is_drawn_in_both_languages(
    running: Shared, section: str, locale: str
) -> None:
    assert shown(running, section, locale).title[0].value in ("设置", "Settings")


def test_a_reload_shows_the_same_section(running: Shared) -> None:
    def opened(shared: object) -> None:
        from app.pages import show_settings
        from app.texts import Words

        show_settings(shared, Words("en"))  # type: ignore[arg-type]

    at = AppTest.from_function(opened, args=(running,), default_timeout=30)
    at.query_params["section"] = "reading"
    at.run()
    assert not at.exception
    assert at.toggle(key="set-ocr")
    at.query_params["section"] = "no such"
    assert not at.run().exception


def test_a_number_is_changed_kept_and_taken_back(running: Shared) -> None:
    at = shown(running, "answers")
    at.number_input(key="set-passages").set_value(7).run()
    assert running.kb.settings.passages == 7
    assert "KB_PASSAGES=7" in running.kb.settings.settings_file.read_text()
    at.button(key="reset-passages").click().run()
    assert running.kb.settings.passages == 4
    assert "KB_PASSAGES" not in running.kb.settings.settings_file.read_text()
    assert at.number_input(key="set-passages").value == 4


def test_the_two_ends_of_strictness_have_names(running: Shared) -> None:
    at = shown(running, "answers")
    assert "answers more" in said(at)
    assert "refuses more" in said(at)
    at.slider(key="set-certainty").set_value(0.9).run()
    assert running.kb.settings.certainty == 0.9


def test_another_tab_sees_a_change_at_its_next_run(running: Shared) -> None:
    one, other = shown(running, "answers"), shown(running, "answers")
    one.toggle(key="set-strict").set_value(False).run()
    assert other.run().toggle(key="set-strict").value is False


def test_what_the_environment_sets_is_shown_fixed_with_its_name(
    running: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_PASSAGES", "4")
    at = shown(running, "answers")
    assert at.number_input(key="set-passages").disabled
    assert "KB\\_PASSAGES" in said(at)


def test_a_file_that_somebody_broke_is_told_in_one_line(running: Shared) -> None:
    at = shown(running, "answers")
    running.kb.settings.settings_file.write_text("KB_NOTHING=1\n")
    at.number_input(key="set-passages").set_value(7).run()
    assert len(at.error) == 1
    assert "KB\\_NOTHING" in at.error[0].value
    assert running.kb.settings.passages == 4
    assert not at.run().error


def test_documents_are_read_again_when_somebody_asks(running: Shared) -> None:
    running.kb.upload("a.md", b"The filter is changed every 90 days.")
    running.worker.wake()
    until(lambda: not running.worker.busy)
    at = shown(running, "reading")
    at.button(key="read-again-all").click().run()
    assert any(job.arguments.get("again") for job in running.kb.jobs())


class Writer:
    model = "writer"
    calls = tokens_read = 0
    can_judge = True

    def stream(self, *_: object, **__: object) -> Any:
        yield from (AIMessageChunk(content=word) for word in ("One ", "two ", "three."))

    def close(self) -> None:
        pass


def test_a_trial_says_how_fast_the_model_is(running: Shared) -> None:
    running.kb.models.written = Writer()  # type: ignore[attr-defined]
    at = shown(running, "model")
    at.button(key="model-try").click().run()
    until(lambda: not running.trial.state.running)
    assert "First word after" in said(at.run())
    assert "One two three" in said(at)


def test_a_server_that_does_not_answer_is_told_before_it_is_chosen(running: Shared) -> None:
    at = shown(running, "model")
    assert "Mind: each question goes to this address" in said(at)
    at.button(key="server-use").click().run()
    assert "Give the address" in said(at)
    at.text_input[0].set_value("http://127.0.0.1:9")
    at.text_input[1].set_value("some-model").run()
    at.button(key="server-try").click().run()
    until(lambda: not running.trial.state.running)
    assert "It did not work" in said(at.run())
    assert running.kb.settings.llm_base_url is None


def test_an_address_that_is_none_changes_nothing(running: Shared) -> None:
    at = shown(running, "model")
    at.text_input[0].set_value("ftp://x")
    at.text_input[1].set_value("some-model").run()
    at.button(key="server-use").click().run()
    assert len(at.error) == 1
    assert running.kb.settings.llm_base_url is None


def test_a_download_tells_how_far_it_is_and_stops(running: Shared) -> None:
    going, end = threading.Event(), threading.Event()

    def work(tell: Callable[..., None]) -> str:
        tell("downloading", 1 << 20, 4 << 20)
        going.set()
        end.wait(30)
        tell("downloading", 2 << 20, 4 << 20)
        return "never"

    running.download.start("some-model", work)
    assert going.wait(30)
    at = shown(running, "model")
    at.button(key="download-stop").click().run()
    end.set()
    until(lambda: not running.download.state.running)
    assert running.download.state.stopped
    assert "goes on from there" in at.run().info[0].value


def test_a_model_that_no_source_has_is_told(
    running: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_MODEL_SOURCES", "local")
    running.settings.make({"seed": 1})  # the settings are read anew
    at = shown(running, "model")
    at.button(key="download-smollm2-135m").click().run()
    until(lambda: not running.download.state.running)
    assert "could not be downloaded" in at.run().error[-1].value


def test_about_names_version_and_folders(running: Shared) -> None:
    text = said(shown(running, "about"))
    assert os.path.basename(running.kb.settings.data_dir) in text  # noqa: PTH119
    assert "Apache" in text


def until(done: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(600):
        if done():
            return
        pause.wait(0.05)
    pytest.fail("it never came true")


@pytest.mark.parametrize(("locale", "words"), [("en", "Automatic"), ("zh-CN", "自动选择")])
def test_what_auto_takes_is_shown_and_can_be_left_and_gone_back_to(
    running: Shared, locale: str, words: str
) -> None:
    settings = running.kb.settings
    keep(choice_file(settings.data_dir), KeptChoice(model="qwen2.5-coder-1.5b", reason="here"))
    at = shown(running, "model", locale)
    assert words in said(at)
    assert not [button for button in at.button if button.key == "use-auto"]
    running.settings.make({"llm_model": "smollm2-135m"})
    until(lambda: running.kb.settings.llm_model == "smollm2-135m")
    at = shown(running, "model", locale)
    at.button(key="use-auto").click().run()
    until(lambda: running.kb.settings.takes_auto)
    assert "KB_LLM_MODEL" not in settings.settings_file.read_text()
    assert running.kb.settings.chat_model == "qwen2.5-coder-1.5b"


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", "2.0 tokens a second where 9.0"), ("zh-CN", "2.0 个词元，预计是 9.0")],
)
def test_a_model_that_writes_far_slower_than_expected_is_told(
    running: Shared, locale: str, words: str
) -> None:
    slow = KeptChoice(model="qwen3-4b", reason="best", expected=9, written=2)
    keep(choice_file(running.kb.settings.data_dir), slow)
    at = shown(running, "model", locale)
    assert words in "\n".join(str(warning.value) for warning in at.warning)
