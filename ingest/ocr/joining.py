"""Lines that the layout broke are joined again."""

from __future__ import annotations

import re

from ingest.text import HAN

_WIDE = re.compile(rf"[{HAN}\u3000-\u303f\uff00-\uff60]")
_BROKEN_WORD = re.compile(r"[A-Za-z]-$")


def joined(above: str, following: str) -> str:
    """Return two lines of a paragraph or cell as they were written before they were broken."""
    if not above:
        return following
    if _BROKEN_WORD.search(above) and following[0].islower():
        return above[:-1] + following
    if _WIDE.match(above[-1]) or _WIDE.match(following[0]):
        return above + following
    return f"{above} {following}"
