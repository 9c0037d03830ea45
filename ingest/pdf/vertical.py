"""Vertical Chinese and Japanese: characters below each other, lines from right to left.

Such a line reads as one that is turned by 270 degrees, so it is taken for one.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.pdf.words import Word

DOWN = 270
"""The angle of text that reads from top to bottom, with its lines from right to left."""
_TALL, _NARROW = 1.5, 1.6  # of the size: the height at least and the width at most
_BELOW_BASE = 0.14  # of the size, that a wide character goes below the base line
_LEAST = 8  # characters
_MOSTLY = 0.6
_SAME = 0.3  # of the size
_FAR_DOWN, _FAR_ASIDE = 2.0, 4.0  # of the size
_NEARER = 0.85  # of the distance to the next character aside


def is_wide(char: str) -> bool:
    """Whether a character is one of those that are written below each other; symbols are not."""
    return "\u2e80" <= char < "\ud800" or "\uf900" <= char <= "\uff60"


def goes_down(text: str, width: float, height: float, size: float) -> bool:
    """Whether the characters of a word stand below each other, by its box."""
    return height > _TALL * size and width < _NARROW * size and is_wide(text[0])


def base_line(bottom: float, size: float) -> float:
    """The base line of such a word, as it is turned, from the bottom of its box."""
    return bottom - _BELOW_BASE * size


def turned(words: Sequence[Word], down: Sequence[Word], width: float) -> tuple[
    list[Word], list[Word]
]:  # fmt: skip
    """Return the words of a page that go across, and those that go down.

    Characters that are drawn one by one go down if the next one below is nearer than that aside;
    or if most of the page goes down (`down`).
    """
    single = [word for word in words if len(word.text) == 1 and is_wide(word.text)]
    wide = sum(is_wide(char) for word in words for char in word.text)
    lengths = sum(len(word.text) for word in down)
    if not (lengths > wide or (_LEAST <= len(single) >= _MOSTLY * wide and _are_stacked(single))):
        return list(words), list(down)
    taken = set(map(id, single))
    across = [word for word in words if id(word) not in taken]
    return across, [*down, *(_turned(word, width) for word in single)]


def _are_stacked(words: Sequence[Word]) -> bool:
    """Whether most characters have the next one below them, nearer than that aside."""
    by_place: dict[tuple[int, int], list[Word]] = {}
    size = max(word.size for word in words)
    for word in words:
        by_place.setdefault((int(word.left // size), int(word.base // size)), []).append(word)
    count = 0
    for word in words:
        x, y = int(word.left // size), int(word.base // size)
        near = [
            other
            for dx in range(-1, int(_FAR_ASIDE) + 2)
            for dy in range(-1, int(_FAR_DOWN) + 2)
            for other in by_place.get((x + dx, y + dy), ())[:4]
        ]
        below = [
            other.base - word.base
            for other in near
            if abs(other.left - word.left) < _SAME * word.size and other.base > word.base + 1
        ]
        aside = [
            other.left - word.left
            for other in near
            if abs(other.base - word.base) < _SAME * word.size and other.left > word.left + 1
        ]
        step = min(below, default=_FAR_DOWN * word.size)
        beside = min(aside, default=_FAR_ASIDE * word.size)
        count += step < _FAR_DOWN * word.size and step < _NEARER * beside
    return count >= _MOSTLY * len(words)


def _turned(word: Word, width: float) -> Word:
    size = word.size
    end = word.base + _BELOW_BASE * size
    base = base_line(width - word.left, size)
    return Word(word.text, end - size, end, base, size, word.bold, word.spaces)
