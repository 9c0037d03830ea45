"""The measures of a ranking: pure functions of what was found and what should have been."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

from ingest.text import letters


def by_document(paths: Iterable[str]) -> list[str]:
    """Return the documents of passages in the order of their first passage."""
    return list(dict.fromkeys(paths))


def found_within(documents: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return 1 if a relevant document is among the first k, else 0 (R@k)."""
    return float(any(document in relevant for document in documents[:k]))


def reciprocal_rank(documents: Sequence[str], relevant: Collection[str]) -> float:
    """Return 1 over the rank of the first relevant document, 0 if there is none (for MRR)."""
    ranks = (n for n, document in enumerate(documents, 1) if document in relevant)
    first = next(ranks, None)
    return 1 / first if first else 0.0


def ndcg(documents: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """Return nDCG@k with binary relevance (Järvelin and Kekäläinen, 2002), 0 to 1.

    The ideal ranking has as many relevant documents in front as there are, k at most.
    """
    gains = sum(_gain(n) for n, doc in enumerate(documents[:k], 1) if doc in relevant)
    ideal = sum(_gain(n) for n in range(1, min(k, len(relevant)) + 1))
    return gains / ideal if ideal else 0.0


def _gain(rank: int) -> float:
    return 1 / math.log2(rank + 1)


def evidence_share(wanted: Iterable[str], texts: Iterable[str], limit: int) -> float | None:
    """Return the share of the wanted strings that stand in the first `limit` characters of texts.

    That is what a prompt of this length would hold. Compared are letters and digits; a string
    must stand within one text. None when there is nothing to look for.
    """
    sought = [plain for plain in map(letters, wanted) if plain]
    if not sought:
        return None
    read = "\n".join(map(letters, _cut(texts, limit)))  # a newline: no match spans two texts
    return sum(plain in read for plain in sought) / len(sought)


def _cut(texts: Iterable[str], limit: int) -> list[str]:
    parts = []
    for text in texts:
        if limit <= 0:
            break
        parts.append(text[:limit])
        limit -= len(text)
    return parts
