"""An answer written in a thread of its own, as a rerun ends the script that draws it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from langchain_core.documents import Document

from app.asking import turn_of
from app.errors import EXPECTED, one_line
from app.service import KnowledgeBase
from llm.answer import Answer, Found, ReadingPart, Text
from llm.question import Turn
from retrieval.ledger import EVERYTHING, Filter

log = logging.getLogger(__name__)

_LOOK = 0.2  # seconds between two looks at whether the answer is still wanted


@dataclass(frozen=True)
class AnswerProgress:
    """How far an answer is: waiting, loading, searching, reading, writing or done.

    `step` is the part that was read last for a summary, None for an answer. `cited` are the ids of
    the passages that the numbers in a growing `text` stand for. When done, `result` holds the
    checked answer, unless `error` says what went wrong ("" if that was unexpected) or the answer
    was `stopped` before there was any text.
    """

    phase: str = "waiting"
    passages: tuple[Document, ...] = ()
    step: ReadingPart | None = None
    text: str = ""
    cited: Mapping[int, str] = field(default_factory=dict)
    result: Answer | None = None
    error: str | None = None
    stopped: bool = False

    @property
    def done(self) -> bool:
        """Whether nothing more will come."""
        return self.phase == "done"


class Answering:
    """One question being answered; it ends by itself when nobody looks for `patience` seconds.

    `lock` is shared by all answers: the model writes one at a time. `history` is what was said
    before in the same conversation, `certainty` how sure an answer must be (None: the setting).
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        question: str,
        lock: threading.Lock,
        within: Filter = EVERYTHING,
        patience: float = 30.0,
        history: Sequence[Turn] = (),
        certainty: float | None = None,
    ) -> None:
        self.question = question
        self.within = within
        self.certainty = certainty
        self._history = tuple(history)
        self._kb = kb
        self._lock = lock
        self._patience = patience
        self._progress = AnswerProgress()
        self._looked = time.monotonic()
        self._cancel = threading.Event()
        self._done = threading.Event()
        threading.Thread(target=self._run, name="answer", daemon=True).start()
        threading.Thread(target=self._watch, name="answer-watch", daemon=True).start()

    def look(self) -> AnswerProgress:
        """Return how far the answer is, and note that somebody waits for it."""
        self._looked = time.monotonic()
        return self._progress

    def stop(self) -> None:
        """Stop the model; what is written by then stays."""
        self._cancel.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the answer is done, for at most `timeout` seconds; tell whether it is."""
        return self._done.wait(timeout)

    def turn(self) -> Turn | None:
        """Return what was said, for the questions that follow; None while there is no answer."""
        result = self._progress.result
        return turn_of(result) if result else None

    def _watch(self) -> None:
        while not self._done.wait(min(_LOOK, self._patience)):
            if time.monotonic() - self._looked > self._patience:
                self._cancel.set()

    def _run(self) -> None:
        try:
            while not self._lock.acquire(timeout=_LOOK):
                if self._cancel.is_set():
                    return
            try:
                self._answer()
            finally:
                self._lock.release()
        except EXPECTED as error:
            self._note(error=one_line(error))
        except Exception:
            log.exception("answering failed")
            if not self._cancel.is_set():  # a stopped answer has nobody left to tell
                self._note(error="")
        finally:
            self._note(phase="done", stopped=self._cancel.is_set())
            self._done.set()

    def _answer(self) -> None:
        self._note(phase="searching" if self._kb.models.loaded else "loading")
        for event in self._kb.ask(
            self.question,
            self.within,
            cancel=self._cancel,
            history=self._history,
            certainty=self.certainty,
        ):
            match event:
                case Found(passages):
                    self._note(phase="reading", passages=tuple(passages))
                    if self._cancel.is_set():
                        return
                case ReadingPart():
                    self._note(phase="reading", step=event)
                case Text(text, cited):
                    text = self._progress.text + text
                    self._note(phase="writing", text=text, cited={**self._progress.cited, **cited})
                case Answer():
                    # Stopped before its first word, an answer looks like a refusal, and is none.
                    if self._progress.text or event.grounded or not self._cancel.is_set():
                        self._note(result=event)

    def _note(self, **changes: object) -> None:
        # Only the answering thread writes; a reader sees one whole state or the next.
        self._progress = replace(self._progress, **changes)  # type: ignore[arg-type]
