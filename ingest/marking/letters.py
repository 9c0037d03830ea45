"""A text without what writing it down may change: spaces, marks, the size and form of letters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


class Letters:
    """The letters and figures of a text, and where in it each stands.

    `folded` is them, decomposed and in lower case; `places[n]` is the index in `text` of its n-th.
    So a quote is found where a page has ligatures, full-width figures or other spaces.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        found: list[str] = []
        self.places: list[int] = []
        for at, character in enumerate(text):
            if letters := _letters(character):
                found.append(letters)
                self.places += [at] * len(letters)
        self.folded = "".join(found)

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Return the span of the text that has the folded characters from `begin` to `end`."""
        return self.places[begin], self.places[end - 1] + 1

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of folded characters that a span of the text has; maybe an empty one."""
        inside = [n for n, place in enumerate(self.places) if start <= place < end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


@lru_cache(maxsize=20_000)
def _letters(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(filter(str.isalnum, plain))
