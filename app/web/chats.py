"""The conversations of all browsers: answers go on whoever looks, and are kept when done."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from app.asking import turn_of
from app.conversations import AnswerProgress, Exchange
from app.errors import EXPECTED, one_line
from app.service import KnowledgeBase
from app.web.answer_thread import Answering
from app.web.model_gate import ModelGate
from llm.question import Turn
from retrieval.ledger import EVERYTHING, Filter

log = logging.getLogger(__name__)

_HISTORY = 6  # exchanges that a question may lean on
_KEPT = 50  # exchanges, of which a question leans on the last
_HELD = 200  # exchanges in memory that could not be kept


class Chats:
    """What is asked and answered, by conversation, for every tab and browser of this process.

    What cannot be kept, as the library is read-only or the disk full, is held in memory.
    """

    def __init__(self, kb: KnowledgeBase, gate: ModelGate | None = None) -> None:
        """`gate` is where the models are changed for others."""
        self._kb = kb
        self._gate = gate or ModelGate()
        self._mutex = threading.Lock()
        self._held: list[Exchange] = []
        self._ended = threading.Event()

    def ask(
        self,
        conversation: str | None,
        question: str,
        within: Filter = EVERYTHING,
        certainty: float | None = None,
        *,
        instead_of: int | None = None,
        assistant: str | None = None,
        asker: str | None = None,
    ) -> Answering:
        """Begin to answer a question, in a new conversation if there is none.

        It is asked of the documents that a filter lets through; `instead_of` is an exchange of this
        conversation that is taken out. The `assistant` of this id answers, None for nobody. `asker`
        is a key of who asks: the model goes round among all.
        """
        conversation = conversation or self._kb.conversations.new_id()
        said = [
            e
            for e in self.exchanges(conversation)
            if instead_of is None or e.exchange != instead_of
        ]
        exchange = self._begun(conversation, question, within, certainty, instead_of, assistant)
        with self._mutex:  # its end must find it among those that are held
            answering = Answering(
                self._kb,
                question,
                self._gate,
                within,
                _turns(said),
                certainty,
                conversation,
                exchange,
                lambda progress: self._done(exchange, progress),
                assistant,
                asker,
            )
            self._held = [*self._held[-_HELD:], answering]
        return answering

    def exchanges(self, conversation: str, most: int = _KEPT) -> Sequence[Exchange]:
        """Return the last exchanges of a conversation, oldest first, kept and in hand."""
        # Those held first: one that is kept in between is then there twice, and never missing.
        held = self._of(conversation)
        kept = self._kb.conversations.read(conversation, most)
        now = {e.exchange: e for e in held if e.exchange is not None}
        drawn: list[Exchange] = [now.pop(e.exchange, e) for e in kept]
        return [*drawn, *(e for e in held if e.exchange is None or e.exchange in now)][-most:]

    def is_known(self, conversation: str) -> bool:
        """Tell whether there is a conversation of this id, kept or held in memory."""
        return bool(self._of(conversation)) or self._kb.conversations.get(conversation) is not None

    def running(self) -> frozenset[str]:
        """Return the ids of the conversations in which an answer is in hand."""
        with self._mutex:
            held = list(self._held)
        return frozenset(e.conversation for e in held if not e.look().done)

    def stop(self, conversation: str) -> None:
        """Stop the answers in hand of a conversation."""
        for exchange in self._of(conversation):
            if isinstance(exchange, Answering):
                exchange.stop()

    def hold(self, exchange: Exchange) -> None:
        """Have an exchange drawn that is not in the ledger."""
        with self._mutex:
            self._held.append(exchange)

    def end(self, seconds: float = 0.0) -> None:
        """Stop what is in hand, as the process ends: the ledger shows it as interrupted."""
        self._ended.set()
        with self._mutex:
            running = [e for e in self._held if isinstance(e, Answering)]
        for answering in running:
            answering.stop()
        for answering in running:
            answering.wait(seconds)

    def _of(self, conversation: str) -> list[Exchange]:
        with self._mutex:
            return [e for e in self._held if e.conversation == conversation]

    def _begun(
        self,
        conversation: str,
        question: str,
        within: Filter,
        certainty: float | None,
        instead_of: int | None,
        assistant: str | None,
    ) -> int | None:
        """Return the id of the question's exchange, None where it cannot be kept."""
        if self._kb.read_only:
            return None
        try:
            return self._kb.conversations.begin(
                conversation,
                question,
                within,
                certainty,
                assistant=assistant,
                instead_of=instead_of,
            )
        except EXPECTED as error:  # a full disk: one can be answered all the same
            log.warning("a question is not kept: %s", one_line(error))
            return None

    def _done(self, exchange: int | None, progress: AnswerProgress) -> None:
        """Keep what came of a question; what cannot be kept stays in memory."""
        if exchange is None or self._ended.is_set():
            return
        try:
            self._kb.conversations.finish(exchange, progress)
        except EXPECTED as error:
            log.warning("an answer is not kept: %s", one_line(error))
            return
        except Exception:  # the page says what came of the question all the same
            log.exception("keeping an answer failed")
            return
        with self._mutex:
            self._held = [e for e in self._held if e.exchange != exchange]


def _turns(said: Sequence[Exchange]) -> list[Turn]:
    return [turn_of(r) for e in said[-_HISTORY:] if (r := e.look().result)]
