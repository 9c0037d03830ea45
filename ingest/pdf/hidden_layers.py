"""Whether unseen text over a scan, as a scanner's program leaves it, says what the scan shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Box
from ingest.pdf.words import Item, TextLine
from ingest.text import folded

_EVERY = 20  # pages of a file, of which one is compared where nothing tells that it must be
_ODD = 0.3  # of its words, that are none: then a page is compared
_LINES, _HIGHEST = 4, 140.0  # of the strip that is compared; points
_MARGIN = 4.0  # points above and below it
_LEAST = 15  # letters in the strip, and runs of three of them, by which one can tell
_LEAST_SHARED = 0.5  # of these runs that the page's text has: programs that read well share 0.8
_WORD = re.compile(r"[^\W_]{3,40}")
_VOWEL = re.compile(r"[aeiouyàâäéèêëïîôöùûüæœøåáíóúãõаеиоуыэюя]", re.IGNORECASE)
_MIXED = re.compile(r"[A-Za-z]\d|\d[A-Za-z]|[a-z][A-Z]")


class HiddenLayers:
    """Chooses the pages of a file whose unseen text is compared with what the page shows.

    One strip of a page is recognised for that. It is the first page, some of the others, those
    whose words look wrong, and those behind one that was wrong.
    """

    def __init__(self) -> None:
        self._pages = 0
        self._was_wrong = False

    def strip(self, items: Sequence[Item], width: float) -> Box | None:
        """Return the strip of a page to compare, None if the page is taken as it is."""
        self._pages += 1
        lines = [item for item in items if isinstance(item, TextLine) and not item.note]
        is_due = self._was_wrong or self._pages % _EVERY == 1 or _is_odd(lines)
        return _strip(lines, width) if is_due and lines else None

    def is_wrong(self, items: Sequence[Item], seen: str) -> bool:
        """Whether the text of a page is another than what was `seen` in the strip."""
        runs = _runs(seen)
        if len(runs) < _LEAST:
            return False
        known = _runs("".join(map(_text, items)))
        self._was_wrong = len(runs & known) < _LEAST_SHARED * len(runs)
        return self._was_wrong


def _strip(lines: Sequence[TextLine], width: float) -> Box:
    """The neighbouring lines with most letters."""
    ordered = sorted(lines, key=lambda line: line.box.top)
    best, most = ordered[:1], 0
    for n in range(len(ordered)):
        some = ordered[n : n + _LINES]
        while len(some) > 1 and some[-1].box.bottom - some[0].box.top > _HIGHEST:
            some = some[:-1]
        if (count := sum(len(line.text) for line in some)) > most:
            best, most = some, count
    top = min(line.box.top for line in best) - _MARGIN
    bottom = max(line.box.bottom for line in best) + _MARGIN
    return Box(0.0, max(0.0, top), width, bottom)


def _is_odd(lines: Sequence[TextLine]) -> bool:
    words = _WORD.findall(" ".join(line.text for line in lines))
    latin = [word for word in words if word.upper() != word.lower()]
    odd = sum(not _VOWEL.search(word) or bool(_MIXED.search(word)) for word in latin)
    return odd > _ODD * len(latin)


def _runs(text: str) -> set[str]:
    """Runs of three letters or figures."""
    letters = "".join(filter(str.isalnum, folded(text).casefold()))
    return {letters[n : n + 3] for n in range(len(letters) - 2)}


def _text(item: Item) -> str:
    if isinstance(item, TextLine):
        return item.text
    return "".join(cell for row in item.rows for cell in row)
