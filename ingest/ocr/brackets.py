"""A pair of brackets has one width, which the model tells bracket by bracket."""

from __future__ import annotations

import re

from ingest.text import HAN

_WIDTHS = {"(": "（", ")": "）", "[": "［", "]": "］"}
_NARROW = {wide: narrow for narrow, wide in _WIDTHS.items()}
_PAIRS = {"(": ")", "[": "]"}
_HAN = re.compile(f"[{HAN}]")


def even_brackets(text: str) -> str:
    """Return a line in which both brackets of a pair are wide, around Chinese, or narrow."""
    characters = list(text)
    open_at: list[int] = []
    for at, char in enumerate(text):
        narrow = _NARROW.get(char, char)
        if narrow in _PAIRS:
            open_at.append(at)
        elif narrow in _PAIRS.values() and open_at:
            start = open_at.pop()
            first = _NARROW.get(text[start], text[start])
            is_mixed = (text[start] == first) != (char == narrow)
            if is_mixed and _PAIRS[first] == narrow:
                wide = bool(_HAN.search(text, start, at))
                characters[start] = _WIDTHS[first] if wide else first
                characters[at] = _WIDTHS[narrow] if wide else narrow
    return "".join(characters)
