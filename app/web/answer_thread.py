"""An answer written in a thread of its own, as a rerun ends the script that draws it."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.conversations import AnswerProgress
from app.errors import EXPECTED, one_line
from app.service import KnowledgeBase
from app.web.answer_queue import AnswerQueue
from llm.answer import Answer, Found, ReadingPart, Text
from llm.question import Turn
from retrieval.ledger import EVERYTHING, Filter

log = logging.getLogger(__name__)

_LOOK = 0.2  # seconds between two looks at whether the answer is still wanted

Kept = Callable[[AnswerProgress], None]


class Answering:
    """One question being answered, whether somebody looks or not, until it is stopped.

    Answers of the same `queue` are written one after the other. `history` is what was said before
    in the same conversation, `certainty` how sure an answer must be (None: the setting). `keep` is
    told what came of it. `assistant` is the id of who answers (None: nobody in particular).
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        question: str,
        queue: AnswerQueue,
        within: Filter = EVERYTHING,
        history: Sequence[Turn] = (),
        certainty: float | None = None,
        conversation: str = "",
        exchange: int | None = None,
        keep: Kept = lambda _: None,
        assistant: str | None = None,
    ) -> None:
        self.id = secrets.token_hex(8) if exchange is None else str(exchange)
        self.question = question
        self.within = within
        self.certainty = certainty
        self.conversation = conversation
        self.exchange = exchange
        self.assistant = assistant
        self._history = tuple(history)
        self._kb = kb
        self._queue = queue
        self._keep = keep
        self._progress = AnswerProgress()
        self._began = time.monotonic()
        self._cancel = threading.Event()
        self._done = threading.Event()
        queue.join(self)
        self._note(ahead=queue.ahead(self))
        threading.Thread(target=self._run, name="answer", daemon=True).start()

    def look(self) -> AnswerProgress:
        """Return how far the answer is."""
        now = self._progress
        return now if now.done else replace(now, seconds=time.monotonic() - self._began)

    def stop(self) -> None:
        """Stop the model; what is written by then stays."""
        self._cancel.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the answer is done and kept, for at most `timeout` seconds; tell whether."""
        return self._done.wait(timeout)

    def _run(self) -> None:
        try:
            if self._wait_for_turn():
                try:
                    self._answer()
                finally:
                    self._queue.lock.release()
        except EXPECTED as error:
            self._note(error=one_line(error))
        except Exception:
            log.exception("answering failed")
            if not self._cancel.is_set():  # a stopped answer has nobody left to tell
                self._note(error="")
        finally:
            self._queue.leave(self)
            took = time.monotonic() - self._began
            self._note(phase="done", ahead=0, stopped=self._cancel.is_set(), seconds=took)
            try:
                self._keep(self._progress)
            finally:
                self._done.set()

    def _wait_for_turn(self) -> bool:
        """Wait for the lock; False when the answer is no longer wanted."""
        while not self._queue.take(self, _LOOK):
            self._note(ahead=self._queue.ahead(self))
            if self._cancel.is_set():
                return False
        return True

    def _answer(self) -> None:
        self._note(phase="searching" if self._kb.models.loaded else "loading", ahead=0)
        for event in self._kb.ask(
            self.question,
            self.within,
            cancel=self._cancel,
            history=self._history,
            certainty=self.certainty,
            assistant=self.assistant,
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
