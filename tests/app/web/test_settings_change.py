"""Settings changed while the app runs: what is loaded stays, what is in hand ends as it began."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.errors import UsageError
from app.service import KnowledgeBase
from app.web import Shared

MakeKb = Callable[..., KnowledgeBase]


@pytest.fixture
def running(
    open_kb: MakeKb, begin: Callable[[KnowledgeBase], Shared], monkeypatch: pytest.MonkeyPatch
) -> Shared:
    """The app over a library whose settings come from its file alone."""
    kb = open_kb(texts=["Yes."] * 9)
    for name in ("data_dir", "models_dir", "translate_seconds", "model_process"):
        monkeypatch.setenv(f"KB_{name.upper()}", str(getattr(kb.settings, name)))
    kb.settings.settings_file.write_text(f"KB_EMBED_MODEL={kb.settings.embed_model}\n")
    return begin(kb)


def test_an_answers_setting_holds_at_once_and_loads_no_model(running: Shared) -> None:
    kb = running.kb
    chat, embeddings, threads = kb.models.chat(), kb.models.embeddings(), threading.active_count()
    running.settings.make({"passages": 2, "certainty": 0.3, "ocr": False})
    assert kb.settings.passages == 2
    assert kb.settings.ocr is False
    assert kb.models.chat() is chat
    assert kb.models.embeddings() is embeddings
    assert not chat.closed  # type: ignore[union-attr]
    assert threading.active_count() == threads
    assert len(kb.search("anything", kb.settings.passages).passages) == 0


def test_limits_of_reading_hold_for_the_next_file(running: Shared) -> None:
    running.settings.make({"max_file_mb": 1})
    assert running.kb.pipeline.limits.max_bytes == 1 << 20


def test_another_chat_model_waits_for_the_answer_in_hand(running: Shared) -> None:
    kb = running.kb
    chat: Any = kb.models.chat()
    with running.gate.passing(threading.Event()):  # an answer is in hand
        running.settings.make({"context_tokens": 2048})
        assert running.settings.pending
        assert kb.settings.context_tokens == 4096
        assert not chat.closed
    running.settings.wait(30)
    assert not running.settings.pending
    assert kb.settings.context_tokens == 2048
    assert chat.closed


def test_another_embedding_model_embeds_all_again(
    running: Shared, folder: Callable[..., Path], model_folder: Callable[[str], Path]
) -> None:
    kb = running.kb
    kb.ingest([folder({"a.md": "The filter is changed every 90 days."})])
    kb.upload("b.md", b"The pump is oiled every week.")
    running.worker.wake()
    until(lambda: len([r for r in kb.documents() if r.chunks]) == 2)
    running.settings.make({"embed_model": str(model_folder("model-b"))})
    running.settings.wait(30)
    until(lambda: not kb.outdated() and not running.worker.busy)
    assert kb.search("Which filter is changed?", 2).passages
    assert kb.search("Which pump is oiled?", 2).passages


def test_what_is_wrong_is_said_and_changes_nothing(running: Shared) -> None:
    with pytest.raises(UsageError):
        running.settings.make({"passages": 1000})
    assert running.kb.settings.passages == 4


def until(done: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(600):
        if done():
            return
        pause.wait(0.05)
    pytest.fail("it never came true")
