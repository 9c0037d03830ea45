"""The kept conversations of a library: listed, searched, read, renamed, deleted."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.control_characters import line
from app.conversations.conversions import (
    kept_exchange,
    problem_json,
    result_json,
    stored_passages,
    stored_sources,
)
from app.conversations.exchange import AnswerProgress, KeptExchange
from app.conversations.local_time import local_time
from ingest.text import collapsed
from retrieval.conversations import ConversationStore, StoredExchange, filter_to_json
from retrieval.ledger import EVERYTHING, Filter, Ledger
from retrieval.library import Library

LONGEST_TITLE = 60  # characters
_READY = 500  # exchanges that are kept ready to be drawn
_UNDO = timedelta(days=1)  # a deleted conversation can be brought back so long


@dataclass(frozen=True)
class Conversation:
    """A chat as it is listed; `changed` is when something was last asked in it, local time."""

    id: str
    title: str
    changed: datetime


class Conversations:
    """What was asked and answered, kept over a restart."""

    def __init__(self, ledger: Ledger, library: Library, keep_days: int) -> None:
        """`keep_days` after the last question a conversation is purged; 0: never."""
        self._store = ConversationStore(ledger)
        self._library = library
        self._keep_days = keep_days
        self._reading = threading.Lock()
        # What was made of exchanges that are done, by what the ledger says of them: a page draws
        # all of a conversation every time that something is clicked.
        self._made: dict[int, tuple[StoredExchange, KeptExchange]] = {}

    # -- read

    def all(self, words: str = "") -> list[Conversation]:
        """Return the conversations, the last changed first; with `words` those that hold them.

        They may stand in a title, a question or an answer, in either case.
        """
        return [Conversation(c.id, c.title, local_time(c.changed)) for c in self._store.all(words)]

    def get(self, conversation: str) -> Conversation | None:
        """Return a conversation, None if there is none of this id or it was deleted."""
        found = self._store.get(conversation)
        if found is None:
            return None
        return Conversation(found.id, found.title, local_time(found.changed))

    def read(self, conversation: str, last: int | None = None) -> list[KeptExchange]:
        """Return the exchanges of a conversation, oldest first; only so many of the `last`.

        Sources of a document that was removed have no quote; a document with other bytes is said
        to have changed (`AnswerProgress.state`). Passages that were switched off since are kept.
        """
        with self._library.snapshot():
            stored = self._store.exchanges(conversation, last)
            with self._reading:
                made = {s.id: self._made[s.id] for s in stored if s.id in self._made}
            new = [s for s in stored if s.id not in made or made[s.id][0] != s]
            ids = {chunk for s in new for passage in s.passages for chunk in passage.chunks}
            chunks = self._library.chunks(sorted(ids), with_off=True)
        made |= {s.id: (s, kept_exchange(s, chunks)) for s in new}
        with self._reading:
            self._made = made if len(self._made) > _READY else self._made | made
        return [made[s.id][1] for s in stored]

    # -- as it goes on

    def new_id(self) -> str:
        """Return the id of a conversation that is to begin."""
        return self._store.new_id()

    def begin(
        self,
        conversation: str,
        question: str,
        within: Filter = EVERYTHING,
        certainty: float | None = None,
        *,
        assistant: str | None = None,
        instead_of: int | None = None,
    ) -> int:
        """Note a question as it is asked; return the id of its exchange.

        The first makes the conversation, and is its title. `instead_of` is an exchange of this
        conversation that is taken out, `assistant` the id of who answers.
        """
        return self._store.begin(
            conversation,
            title_of(question),
            question,
            filter_to_json(within),
            certainty,
            assistant=assistant,
            instead_of=instead_of,
        )

    def finish(self, exchange: int, progress: AnswerProgress) -> None:
        """Note what came of a question."""
        result = progress.result
        if progress.error is not None:
            self._store.finish(exchange, "failed", problem_json(progress.error), progress.error)
        elif result is None:
            self._store.finish(exchange, "stopped", None)
        else:
            self._store.finish(
                exchange,
                "stopped" if progress.stopped else "answered",
                result_json(result),
                None,
                stored_passages(progress.passages),
                stored_sources(result, progress.passages),
            )

    def interrupt(self) -> int:
        """Note that nobody answers what is still in hand, as a process ended; return how many."""
        return self._store.interrupt()

    # -- looked after

    def rename(self, conversation: str, title: str) -> None:
        """Give a conversation another title; an empty one changes nothing."""
        if short := title_of(title):
            self._store.rename(conversation, short)

    def delete(self, conversation: str) -> None:
        """Delete a conversation; for a day it can be brought back with `restore`."""
        self._store.delete(conversation)

    def restore(self, conversation: str) -> bool:
        """Bring a deleted conversation back; False when that is no longer possible."""
        return self._store.restore(conversation)

    def purge(self) -> int:
        """Delete for good what was deleted a day ago or is older than is kept; return how many."""
        now = datetime.now(UTC)
        oldest = now - timedelta(days=self._keep_days) if self._keep_days else None
        return self._store.purge(_written(oldest) if oldest else None, _written(now - _UNDO))


def title_of(text: str) -> str:
    """Return a text as a title: one line, shortened at the end of a word."""
    whole = line(collapsed(text)).strip()
    if len(whole) <= LONGEST_TITLE:
        return whole
    cut = whole[:LONGEST_TITLE]
    head, space, _ = cut.rpartition(" ")
    return f"{head if space and len(head) > LONGEST_TITLE // 2 else cut}…"


def _written(time: datetime) -> str:
    return time.isoformat(timespec="seconds")
