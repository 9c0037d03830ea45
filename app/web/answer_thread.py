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
from app.web.model_gate import ModelGate
from llm.answer import Answer, Found, FoundSoFar, ReadingPart, Text, Waiting
from llm.question import Turn
from retrieval.ledger import EVERYTHING, Filter

log = logging.getLogger(__name__)

Kept = Callable[[AnswerProgress], None]


class Answering:
    """One question being answered, whether somebody looks or not, until it is stopped.

    It begins once it has passed the `gate`; whose turn the model is, is told on the way. `history`
    is what was said before in the same conversation, `certainty` how sure an answer must be (None:
    the setting). `keep` is told what came of it. `assistant` is the id of who answers (None: nobody
    in particular), `asker` a key of who asks (None: this process).
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        question: str,
        gate: ModelGate,
        within: Filter = EVERYTHING,
        history: Sequence[Turn] = (),
        certainty: float | None = None,
        conversation: str = "",
        exchange: int | None = None,
        keep: Kept = lambda _: None,
        assistant: str | None = None,
        asker: str | None = None,
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
        self._gate = gate
        self._asker = asker
        self._keep = keep
        self._progress = AnswerProgress()
        self._began = time.monotonic()
        self._cancel = threading.Event()
        self._done = threading.Event()
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
            with self._gate.passing(self._cancel) as inside:
                if inside:
                    self._answer()
        except EXPECTED as error:
            self._note(error=one_line(error))
        except Exception:
            log.exception("answering failed")
            if not self._cancel.is_set():  # a stopped answer has nobody left to tell
                self._note(error="")
        finally:
            took = time.monotonic() - self._began
            self._note(phase="done", ahead=0, stopped=self._cancel.is_set(), seconds=took)
            try:
                self._keep(self._progress)
            finally:
                self._done.set()

    def _answer(self) -> None:
        self._note(phase="searching" if self._kb.models.loaded else "loading")
        for event in self._kb.ask(
            self.question,
            self.within,
            cancel=self._cancel,
            history=self._history,
            certainty=self.certainty,
            assistant=self.assistant,
            asker=self._asker,
        ):
            match event:
                case Waiting(ahead, seconds):
                    phase = "waiting" if ahead else "searching"
                    self._note(phase=phase, ahead=ahead, wait_seconds=seconds)
                case FoundSoFar(passages):
                    self._note(passages=tuple(passages))
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
