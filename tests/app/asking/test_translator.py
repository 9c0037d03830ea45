"""A question waits for its translation so long and no longer, and a search goes on without."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.asking import Translator
from app.service import KnowledgeBase
from retrieval.errors import LibraryError
from retrieval.ledger import Ledger
from retrieval.search import Translations

OpenKb = Callable[..., KnowledgeBase]
QUESTION, WRITTEN = "年假有多少天？", "How many days of leave?"


@pytest.fixture
def kb(open_kb: OpenKb) -> KnowledgeBase:
    return open_kb(texts=[WRITTEN])


def translator(kb: KnowledgeBase, seconds: float = 30.0, kept: type = Translations) -> Translator:
    return Translator(kb.models, kept(Ledger(kb.settings.ledger_path), "model"), seconds)


def prompts(kb: KnowledgeBase) -> int:
    return len(kb.models.written.prompts)  # type: ignore[attr-defined]


def test_a_question_is_translated_once(kb: KnowledgeBase) -> None:
    assert translator(kb).translate(QUESTION, "en") == WRITTEN
    assert translator(kb).translate(QUESTION, "en") == WRITTEN
    assert prompts(kb) == 1


def test_without_time_there_is_none_not_even_a_kept_one(kb: KnowledgeBase) -> None:
    assert translator(kb, 0).translate(QUESTION, "en") is None
    assert prompts(kb) == 0
    translator(kb).translate(QUESTION, "en")
    assert translator(kb, 0).translate(QUESTION, "en") is None


def test_without_a_chat_model_there_is_none(kb: KnowledgeBase) -> None:
    kb.models.written = None  # type: ignore[attr-defined]
    assert translator(kb).translate(QUESTION, "en") is None


def test_a_small_model_is_not_asked(kb: KnowledgeBase, scripted_chat: Any) -> None:
    kb.models.written = scripted_chat(texts=[WRITTEN], can_reword=False)  # type: ignore[attr-defined]
    assert translator(kb).translate(QUESTION, "en") is None
    assert prompts(kb) == 0


def test_what_is_not_sound_is_not_kept(open_kb: OpenKb) -> None:
    kb = open_kb(texts=["年假？", WRITTEN])
    assert translator(kb).translate(QUESTION, "en") is None
    assert translator(kb).translate(QUESTION, "en") == WRITTEN


def until_stopped(scripted_chat: Any) -> tuple[Any, list[Any]]:
    """A model that writes only when it is stopped, and a list of what may stop it."""
    cancels: list[Any] = []

    class Slow(scripted_chat):  # type: ignore[misc]
        def _stream(self, *args: Any, cancel: Any, **more: Any) -> Iterator[Any]:
            cancels.append(cancel)
            assert cancel.wait(30)
            yield from super()._stream(*args, cancel=cancel, **more)

    return Slow(texts=[WRITTEN]), cancels


def test_a_model_that_takes_too_long_is_stopped(kb: KnowledgeBase, scripted_chat: Any) -> None:
    slow, cancels = until_stopped(scripted_chat)
    kb.models.written = slow  # type: ignore[attr-defined]
    assert translator(kb, 0.5).translate(QUESTION, "en") is None
    assert cancels[0].is_set()
    assert Translations(Ledger(kb.settings.ledger_path), "model").get(QUESTION, "en") is None


def test_what_was_not_ready_in_time_is_remembered(kb: KnowledgeBase, scripted_chat: Any) -> None:
    slow, _ = until_stopped(scripted_chat)
    kb.models.written = slow  # type: ignore[attr-defined]
    asked = translator(kb, 0.5)
    assert not asked.missed(QUESTION, "en")
    assert asked.translate(QUESTION, "en") is None
    assert asked.missed(QUESTION, "en")
    assert not asked.missed(QUESTION, "zh")


def test_a_search_does_not_wait_behind_an_answer_unless_it_is_asked_again(
    kb: KnowledgeBase,
) -> None:
    asked = translator(kb)
    with kb.models.turn("somebody", threading.Event()) as turn:
        assert turn.begun
        assert asked.translate(QUESTION, "en") is None
        assert asked.missed(QUESTION, "en")
        assert prompts(kb) == 0
        # Whoever has the turn translates in it.
        assert asked.translate("假期？", "en", None, turn.chat) is not None
        threading.Timer(0.2, turn.__exit__, (None, None, None)).start()
        kb.models.written.texts.append(WRITTEN)  # type: ignore[attr-defined]
        assert asked.translate(QUESTION, "en") == WRITTEN
    assert not asked.missed(QUESTION, "en")


def test_a_question_that_is_given_up_is_not_waited_for(
    kb: KnowledgeBase, scripted_chat: Any
) -> None:
    given_up, stopped = threading.Event(), []

    class Slow(scripted_chat):  # type: ignore[misc]
        def _stream(self, *args: Any, cancel: Any, **more: Any) -> Iterator[Any]:
            given_up.set()
            stopped.append(cancel.wait(20))
            yield from super()._stream(*args, cancel=cancel, **more)

    kb.models.written = Slow(texts=[WRITTEN])  # type: ignore[attr-defined]
    assert translator(kb).translate(QUESTION, "en", given_up) is None
    assert translator(kb).translate(QUESTION, "en", given_up) is None  # nor begun again
    deadline = time.monotonic() + 30
    while not stopped and time.monotonic() < deadline:
        time.sleep(0.005)
    assert stopped == [True]


def test_ctrl_c_stops_the_model_too(kb: KnowledgeBase, scripted_chat: Any) -> None:
    """The app frees the model when it ends, which must not find it at work."""
    slow, cancels = until_stopped(scripted_chat)

    class CtrlC(threading.Event):
        def is_set(self) -> bool:
            if cancels:
                raise KeyboardInterrupt
            return False

    kb.models.written = slow  # type: ignore[attr-defined]
    with pytest.raises(KeyboardInterrupt):
        translator(kb).translate(QUESTION, "en", CtrlC())
    assert cancels[0].is_set()


def test_a_model_that_fails_is_a_line_in_the_log(
    kb: KnowledgeBase, scripted_chat: Any, caplog: pytest.LogCaptureFixture
) -> None:
    kb.models.written = scripted_chat(texts=[])  # type: ignore[attr-defined]  # it runs out
    with caplog.at_level(logging.WARNING):
        assert translator(kb).translate(QUESTION, "en") is None
    (record,) = caplog.records
    assert "could not be translated" in record.getMessage()
    assert record.exc_info is None


def test_a_full_disk_keeps_no_translation_but_gives_it(
    kb: KnowledgeBase, caplog: pytest.LogCaptureFixture
) -> None:
    class Full(Translations):
        def put(self, question: str, lang: str, text: str) -> None:
            raise LibraryError("the disk is full")

    assert translator(kb, kept=Full).translate(QUESTION, "en") == WRITTEN
    assert "could not be kept" in caplog.text


def test_the_setting_is_the_time(open_kb: OpenKb, folder: Callable[..., Path]) -> None:
    docs = {"leave.md": "You have 25 days of leave a year.\n", "b.txt": "差旅住宿上限六百元。\n"}
    kb = open_kb(texts=[WRITTEN], translate_seconds=30)
    kb.ingest([folder(docs)])
    assert kb.search("放假几天？", 1).searched == ("放假几天？", WRITTEN)
    assert open_kb(translate_seconds=0).search("放假几天？", 1).searched == ("放假几天？",)
