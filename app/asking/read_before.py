"""The passages that the last answer was written from, read again for a question about them."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from langchain_core.documents import Document

from llm.answer import Answer
from llm.question import Turn, questions_of
from retrieval.ledger import Filter, allowed
from retrieval.library import Library

_MOST = 64  # answers, of all conversations
# More than this share of what a question finds must stand in the passages read before. 64 of 452
# pairs of sample questions about one document were so; in one of them the answer stood only in what
# the second found itself. With half of it, it was 3 of 88 (docs/measured/speed.md).
_SHARE = 0.5
# What is known of a passage only as the question found it.
_OF_SEARCH = ("score", "cosine", "keywords", "named")

_Key = tuple[str, tuple[str, ...], Filter]


class ReadBefore:
    """Remembers what answers were written from, until the program ends; safe for threads.

    A follow-up is mostly about the same passages. Found anew they come in another order, or one
    chunk further, and the model reads all of them again: 5 s on two cores. As they were, it goes on
    from what it has read.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._read: dict[_Key, tuple[Document, ...]] = {}
        self._lock = threading.Lock()

    def note(self, answer: Answer, within: Filter, passages: Sequence[Document]) -> None:
        """Remember the passages of an answer, if it has sources among them."""
        if not answer.citations:
            return
        key = answer.question, tuple(citation.chunk_id for citation in answer.citations), within
        with self._lock:
            self._read[key] = tuple(passages)
            while len(self._read) > _MOST:
                del self._read[next(iter(self._read))]

    def of(self, history: Sequence[Turn], within: Filter) -> list[Document]:
        """Return the passages that the last question was answered from, under the same filter.

        Empty if that is not known, or one of their chunks is not there or not allowed any more.
        """
        if not (asked := questions_of(history)):
            return []
        with self._lock:
            passages = self._read.get((asked[-1].question, asked[-1].chunk_ids, within), ())
        ids = [part for passage in passages for part in passage.metadata["parts"]]
        with self._library.snapshot() as db:
            documents = allowed(db, within)
            chunks = self._library.chunks(ids)
        there = len(chunks) == len(set(ids)) and all(
            documents is None or chunk.metadata["document"] in documents
            for chunk in chunks.values()
        )
        return list(passages) if there else []


def hold(before: Sequence[Document], found: Sequence[Document]) -> bool:
    """Tell whether the passages read before have the best one found, and most of the others."""
    held = {part for passage in before for part in passage.metadata["parts"]}
    ids = [str(p.id) for p in sorted(found, key=lambda p: -p.metadata["score"])]
    return bool(ids) and ids[0] in held and sum(i in held for i in ids) > _SHARE * len(ids)


def as_found(before: Sequence[Document], found: Sequence[Document]) -> list[Document]:
    """Return the passages read before, with what the search says now of the chunks found."""
    named = {p.metadata["document"] for p in found if p.metadata["named"]}
    return [_as_found(passage, found, named) for passage in before]


def _as_found(passage: Document, found: Sequence[Document], named: set[str]) -> Document:
    given = {name: value for name, value in passage.metadata.items() if name not in _OF_SEARCH}
    given["named"] = given["document"] in named
    among = [one for one in found if one.id in given["parts"]]
    if not among:  # without a score it is not offered as one that comes close
        return passage.model_copy(update={"metadata": given})
    best = max(among, key=lambda one: float(one.metadata["score"]))
    given |= {name: best.metadata[name] for name in _OF_SEARCH if name in best.metadata}
    return passage.model_copy(update={"id": best.id, "metadata": given})
