"""Whether a hyphen at the end of a line belongs to the word that is broken there."""

import re
from collections import Counter
from collections.abc import Iterable

_HYPHENATED = re.compile(r"(?<![A-Za-z])[A-Za-z]++-[A-Za-z]+")
_WORDS = re.compile(r"[A-Za-z]{2,}+")
# What stands behind the hyphen of words that have one, in English.
_SECOND = frozenset(
    [
        "time",
        "term",
        "based",
        "level",
        "free",
        "scale",
        "quality",
        "wide",
        "related",
        "specific",
        "day",
        "days",
        "week",
        "month",
        "year",
        "years",
        "hour",
        "end",
        "to",
        "of",
        "up",
        "off",
        "date",
        "known",
        "defined",
        "driven",
        "oriented",
        "owned",
        "paid",
        "profit",
        "party",
        "hand",
        "house",
    ]
)


class Hyphens:
    """The words of a document, which tell whether a hyphen at the end of a line belongs to one."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        self._hyphenated: set[str] = set()
        is_cut = False
        for text in texts:
            words = list(map(str.casefold, _WORDS.findall(text)))
            if is_cut:  # its first word is a piece of one
                words = words[1:]
            is_cut = text.rstrip().endswith("-")
            if "-" in text:
                self._hyphenated.update(map(str.casefold, _HYPHENATED.findall(text)))
            self._words.update(words[:-1] if is_cut else words)

    def belongs(self, before: str, after: str) -> bool:
        """Whether the hyphen between two pieces of a word is written within a line, too."""
        before, after = before.casefold(), after.casefold()
        if f"{before}-{after}" in self._hyphenated:
            return True
        if before + after in self._words:
            return False
        if after in _SECOND:
            return True
        # Both are words of this text, and together they are none.
        return self._words[before] > 0 and self._words[after] > 0 and len(after) > 2
