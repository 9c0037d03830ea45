"""Passages for a question about several documents: some of each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest

from langchain_core.documents import Document

_MOST = 3  # documents; the model's context and a reader's patience end there
_OF_EACH = 2  # passages at least


def spread(found: Sequence[Document], k: int) -> list[Document]:
    """Return the k best passages, best first; of each document that the question names, two.

    "Which of A and B …, and since when?" finds A's passages before any of B's, as all of them
    speak of what is asked. The metadata `named` tells whether the question names a passage's
    document by its title; with fewer than two such documents nothing is changed.
    """
    by_document: dict[str, list[Document]] = {}
    for passage in found:
        if passage.metadata["named"]:
            by_document.setdefault(passage.metadata["document"], []).append(passage)
    if not 2 <= len(by_document) <= _MOST:
        return list(found[:k])
    k = max(k, _OF_EACH * len(by_document))
    rounds = zip_longest(*by_document.values())
    taken = [p for p in chain.from_iterable(rounds) if p is not None][:k]
    kept = {str(p.id) for p in taken}
    return [*taken, *(p for p in found if str(p.id) not in kept)][:k]
