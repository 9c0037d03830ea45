"""How much of one text stands in another: the measure behind every citation."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+|[\u3400-\u9fff]+")
# A figure carries a claim more than a word does; three was as good as any from two to five.
_NUMBER_WEIGHT = 3.0
_STOP = frozenset(
    (
        "the a an of to in on at for and or is are was were be been by with as that this it its "
        "from which who will would can may must not no than then per each any all if their they"
    ).split()
)


def features(text: str) -> Counter[str]:
    """Return what a text is compared by: numbers, English words, pairs of Chinese characters."""
    found: Counter[str] = Counter()
    for match in _TOKEN.finditer(unicodedata.normalize("NFKC", text).lower()):
        token = match[0]
        if token[0].isdigit():
            found[token.replace(",", "").rstrip(".")] = 1
        elif token[0].isascii():
            if token not in _STOP:
                found[token[:6]] = 1  # a crude stem: "reimburse", "reimbursement"
        else:
            found.update({token[i : i + 2]: 1 for i in range(max(1, len(token) - 1))})
    return found


def _weight(feature: str) -> float:
    return _NUMBER_WEIGHT if feature[0].isdigit() else 1.0


def support(claim: str, source: str) -> float:
    """Return the share of a claim's features that stand in the source, 0 to 1."""
    wanted = features(claim)
    total = sum(map(_weight, wanted))
    have = features(source)
    return sum(_weight(f) for f in wanted if f in have) / total if total else 0.0


def numbers(text: str) -> set[str]:
    """Return the numbers of a text, without thousands separators."""
    return {f for f in features(text) if f[0].isdigit()}
