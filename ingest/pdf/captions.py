"""The lines above or below a table that are its caption."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ingest.document import Box
from ingest.pdf.words import Item, Table, TextLine

_CAPTION = re.compile(
    r"(?:(?:附?表|图表)\s?[\d一二三四五六七八九十]|(?:table|tab\.|tabelle)\s\w)", re.I
)
# "Table 2 shows ..." begins a paragraph: only with a mark behind its number it has several lines.
_LONG_CAPTION = re.compile(
    r"(?:附?表|图表|table|tab\.|tabelle)\s?[\w.-]{1,8}[.:：](?=\s|[^\d\s])", re.I
)
_LONGEST = 200  # characters of a line
_NEAR = 2.5  # times the height of a caption, that its table is off
_MOST_LINES = 8
_CLOSE = 0.6  # of its height, between its lines
_SAME_SIZE = 0.4  # points
_SHORT = 3.0  # of the size, that a line ends before the others: it is the last


def with_captions(items: list[Item]) -> list[Item]:
    """Give each table the lines above or below it that are its caption."""
    taken: set[int] = set()
    for n, table in enumerate(items):
        if not isinstance(table, Table) or table.caption:
            continue
        for found in (_above(items, n, taken), _below(items, n, taken)):
            if found:
                lines = [item for item in (items[k] for k in found) if isinstance(item, TextLine)]
                table.caption = _joined(lines)
                taken.update(found)
                break
    return [item for n, item in enumerate(items) if n not in taken]


def _above(items: Sequence[Item], n: int, taken: set[int]) -> Sequence[int]:
    """The lines of a caption that ends above a table."""
    table = items[n].box
    for at in range(n - 1, max(-1, n - 1 - _MOST_LINES), -1):
        line = items[at]
        if not isinstance(line, TextLine) or at in taken:
            return ()
        if at == n - 1:
            if not _is_near(line, table):
                return ()
            if _is_caption(line):
                return (at,)
        else:
            below = items[at + 1]
            if not (isinstance(below, TextLine) and _go_together(line, below)):
                return ()
            if _LONG_CAPTION.match(line.text):
                return range(at, n)
    return ()


def _below(items: Sequence[Item], n: int, taken: set[int]) -> Sequence[int]:
    """The lines of a caption that begins below a table."""
    end = n + 1
    if end >= len(items) or end in taken:
        return ()
    first = items[end]
    if not (isinstance(first, TextLine) and _is_near(first, items[n].box) and _is_caption(first)):
        return ()
    if _LONG_CAPTION.match(first.text):
        widest = first.box.right
        while end + 1 < len(items) and end - n < _MOST_LINES:
            line, following = items[end], items[end + 1]
            if not (isinstance(line, TextLine) and isinstance(following, TextLine)):
                break
            widest = max(widest, following.box.right)
            if line.box.right < widest - _SHORT * line.size or not _go_together(line, following):
                break
            end += 1
    return range(n + 1, end + 1)


def _go_together(line: TextLine, below: TextLine) -> bool:
    gap = below.box.top - line.box.bottom
    is_close = gap < _CLOSE * (line.box.bottom - line.box.top)
    return is_close and abs(line.size - below.size) < _SAME_SIZE


def _is_near(line: TextLine, table: Box) -> bool:
    gap = max(table.top - line.box.bottom, line.box.top - table.bottom)
    return gap < _NEAR * (line.box.bottom - line.box.top)


def _is_caption(line: TextLine) -> bool:
    """Whether a line is a caption, or has the number of one at its end, far from its words."""
    ends = line.cells[-1][0] if len(line.cells) > 1 else ""
    return len(line.text) <= _LONGEST and bool(
        _CAPTION.match(line.text) or (len(ends) < 10 and _CAPTION.match(ends))
    )


def _joined(lines: Sequence[TextLine]) -> str:
    text = lines[0].text
    for line, following in itertools.pairwise(lines):
        is_cut = line.text.endswith("-") and following.text[:1].islower()
        text = text[:-1] + following.text if is_cut else f"{text} {following.text}"
    return text
