"""Questions made of passages of the library, tried as if somebody asked, and picked."""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from app.loaded_models import Models
from app.suggestions.passages import good_passages, place_of
from ingest.text import folded
from llm.answer import Answer, Event
from llm.question import suggested_question
from retrieval.ledger import EVERYTHING, Filter
from retrieval.library import Library
from retrieval.suggestions import Suggested, SuggestionStore, Tried

SHOWN = 4
_ASKER = "suggestions"
_OF_DOCUMENT = 3  # questions
_IN_ALL = 60
# A passage of which no question comes costs as much as one that gives one.
_TRIES_OF_DOCUMENT, _TRIES_IN_ALL = 6, 240

Ask = Callable[..., Iterator[Event]]


class Suggestions:
    """Makes questions one at a time, and picks some to be shown; made by `KnowledgeBase`.

    A question is kept only when the library, asked it, is sure of an answer and cites the document
    that it was made of.
    """

    def __init__(
        self,
        store: SuggestionStore,
        library: Library,
        models: Callable[[], Models],
        ask: Ask,
        in_force: Callable[[Filter], Filter],
    ) -> None:
        self._store = store
        self._library = library
        self._models = models
        self._ask = ask
        self._in_force = in_force
        self._exhausted: frozenset[int] = frozenset()  # versions of which nothing more comes

    def picked(
        self, lang: str, within: Filter = EVERYTHING, turn: int = 0, most: int = SHOWN
    ) -> list[Suggested]:
        """Return questions to show, of the documents that a filter lets through.

        Those in the language "zh" or "en" before others, each of another document as long as there
        are such; another `turn`, from 0, has the next ones, and after the last the first again.
        """
        rows = _spread(self._store.picked(within))
        own = [row for row in rows if row.lang == lang]
        rows = own if len(own) >= most else own + [row for row in rows if row.lang != lang]
        begin = turn * most % len(rows) if len(rows) > most else 0
        # By age, so that a page that looks again while they are made has new ones at the end.
        return sorted((rows[begin:] + rows[:begin])[:most], key=lambda row: row.id)

    def count(self, lang: str, within: Filter = EVERYTHING) -> int:
        """Return how many different questions the turns of `picked` have."""
        rows = self._store.picked(within)
        own = sum(row.lang == lang for row in rows)
        return own if own >= SHOWN else len(rows)

    def make_one(self, cancel: threading.Event) -> bool:
        """Make one question and try it, with the chat model; tell whether there may be more to do.

        Takes as long as an answer, some seconds more. Setting `cancel` gives it up, and the same
        passage comes again. Raises ModelError.
        """
        found = self._next()
        if found is None:
            return False
        tried, ordinal, others = found
        with self._library.snapshot():
            chunks = self._library.document_chunks(tried.document, with_off=True)
        if ordinal < len(chunks) and not chunks[ordinal].metadata["off"]:
            chunk = chunks[ordinal]
            place = place_of(chunk, tried.path)
            with self._models().turn(_ASKER, cancel, background=True) as turn:
                for _ in turn.positions():
                    continue
                question = suggested_question(
                    place, chunk.page_content, tried.lang, turn.chat, cancel
                )
            if question is not None and folded(question) in others:
                question = None
            if question is not None and not self._is_answered(question, tried.document, cancel):
                question = None
        else:
            question = None
        if not cancel.is_set():
            self._store.put(tried.version, ordinal, tried.lang, question)
        return True

    def _is_answered(self, question: str, document: str, cancel: threading.Event) -> bool:
        for event in self._ask(question, cancel=cancel, asker=_ASKER, background=True):
            if cancel.is_set():
                return False
            if isinstance(event, Answer):
                cited = {citation.document for citation in event.citations}
                return event.outcome == "answered" and document in cited
        return False

    def _next(self) -> tuple[Tried, int, frozenset[str]] | None:
        """Return the passage to make a question of, and the questions there are; None: no more.

        Turn by turn one of each collection and language, of the document with the fewest tries.
        """
        rows = self._store.tried()
        versions = frozenset(row.version for row in rows)
        tries = sum(len(row.ordinals) for row in rows)
        full = sum(row.kept for row in rows) >= _IN_ALL or tries >= _TRIES_IN_ALL
        if full or versions == self._exhausted:
            return None
        old = set(self._in_force(EVERYTHING).superseded or ())
        shares = Counter[tuple[str, str]]()
        for row in rows:
            shares[row.collection, row.lang] += len(row.ordinals)

        def later(row: Tried) -> tuple[int, int, str]:
            shared = shares[row.collection, row.lang]
            return shared, len(row.ordinals), _shuffled(row.document)

        for row in sorted(rows, key=later):
            if (
                row.document not in old
                and row.kept < _OF_DOCUMENT
                and len(row.ordinals) < _TRIES_OF_DOCUMENT
            ):
                chunks = self._library.document_chunks(row.document, with_off=True)
                good = good_passages(chunks)
                if left := [n for n in good if n not in row.ordinals]:
                    there = frozenset(folded(s.question) for s in self._store.picked())
                    return row, _apart(left, row.ordinals), there
        self._exhausted = versions
        return None


def _apart(left: Sequence[int], tried: frozenset[int]) -> int:
    """Return one of the better half of passages, far from those that were tried."""
    better = left[: max(4, len(left) // 2)]
    if not tried:
        return sorted(better)[len(better) // 2]
    return max(better, key=lambda n: min(abs(n - other) for other in tried))


def _shuffled(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _spread(rows: Sequence[Suggested]) -> list[Suggested]:
    """Return questions so that each document has its first before any has its second."""
    seen = Counter[str]()
    placed = []
    for row in rows:
        placed.append((seen[row.document], _shuffled(row.question), row))
        seen[row.document] += 1
    return [row for *_, row in sorted(placed, key=lambda one: one[:2])]
