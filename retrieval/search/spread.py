"""Passages for a question that several documents may answer: some of each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest

from langchain_core.documents import Document

_MOST = 3  # documents; the model's context and a reader's patience end there
_OF_EACH = 2  # passages at least
# Half of what lies between the scores of likely passages (fusion.py): nearer than this to the best
# one, another is no worse.
_AS_GOOD = 0.015


def spread(found: Sequence[Document], k: int) -> list[Document]:
    """Return the k best passages, best first; of each document that the question names, two.

    "Which of A and B …, and since when?" finds A's passages before any of B's, as all of them
    speak of what is asked. The metadata `named` tells whether the question names a passage's
    document by its title.

    Where it names none and all k are of one document, up to two as good ones of the next document
    come behind them. "What does the X-300 cost?" finds everything in the manual of the X-300 Pro,
    and the price list right behind it.
    """
    by_document: dict[str, list[Document]] = {}
    for passage in found:
        if passage.metadata["named"]:
            by_document.setdefault(passage.metadata["document"], []).append(passage)
    if not by_document and k > _OF_EACH:
        return [*found[:k], *_as_good(found, k)]
    if not 2 <= len(by_document) <= _MOST:
        return list(found[:k])
    k = max(k, _OF_EACH * len(by_document))
    rounds = zip_longest(*by_document.values())
    taken = [p for p in chain.from_iterable(rounds) if p is not None][:k]
    kept = {str(p.id) for p in taken}
    return [*taken, *(p for p in found if str(p.id) not in kept)][:k]


def _as_good(found: Sequence[Document], k: int) -> list[Document]:
    """Return what another document says that is as good as the best, where one has the k best.

    Not what other editions say: these speak of the same, and of them one was chosen.
    """
    documents = {passage.metadata["document"] for passage in found[:k]}
    if len(documents) != 1:
        return []
    least = found[0].metadata["score"] - _AS_GOOD
    others = [
        passage
        for passage in found[k:]
        if passage.metadata["document"] not in documents
        and passage.metadata["score"] >= least
        and "edition" not in passage.metadata
    ]
    return [p for p in others if p.metadata["document"] == others[0].metadata["document"]][
        :_OF_EACH
    ]
