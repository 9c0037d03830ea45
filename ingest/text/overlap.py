"""How much of one text stands in another: the measure behind every citation."""

from __future__ import annotations

import re

from ingest.text.folding import normalised
from ingest.text.language import HAN_BMP
from ingest.text.numbers import FIGURE
from ingest.text.stop_words import OVERLAP_STOP_WORDS

_TOKEN = re.compile(rf"{FIGURE}|[a-z]+|[{HAN_BMP}]+")
# A figure carries a claim more than a word does.
_NUMBER_WEIGHT = 3.0


def features(text: str) -> set[str]:
    """Return what a text is compared by: numbers, English words, pairs of Chinese characters."""
    found: set[str] = set()
    for match in _TOKEN.finditer(normalised(text)):
        token = match[0]
        if token[0].isdigit():
            found.add(token.replace(",", ""))
        elif token[0].isascii():
            if token not in OVERLAP_STOP_WORDS:
                found.add(token[:6])  # a crude stem: "reimburse", "reimbursement"
        else:
            found.update(token[i : i + 2] for i in range(max(1, len(token) - 1)))
    return found


def support(claim: str, source: str, known: str = "") -> float:
    """Return the share of a claim's features that stand in the source, 0 to 1.

    What the claim adds to a text that is `known` beforehand, such as the question, counts double.
    """
    given, have = features(known), features(source)
    weights = {
        f: (_NUMBER_WEIGHT if f[0].isdigit() else 1.0) * (1.0 if f in given else 2.0)
        for f in features(claim)
    }
    total = sum(weights.values())
    return sum(w for f, w in weights.items() if f in have) / total if total else 0.0
