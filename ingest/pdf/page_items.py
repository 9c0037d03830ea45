"""The lines and tables of a page in reading order, from its words and rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import Box
from ingest.pdf.aligned_tables import tables_across, with_tables
from ingest.pdf.columns import regions, runs_of
from ingest.pdf.frame import Corners, Frame
from ingest.pdf.rows import rows_of
from ingest.pdf.ruled_tables import ruled_tables
from ingest.pdf.words import Item, Run, Table, TextLine, Word, line_of

_CAPTION = re.compile(
    r"(?:(?:附?表|图表)\s?[\d一二三四五六七八九十]|(?:table|tab\.|tabelle)\s\w)", re.I
)
_LONGEST_CAPTION = 200  # characters
_FEW = 9  # runs, that are no table
_NEAR = 2.5  # times the height of a caption, that its table is off


def items_of(words: Sequence[Word], rules: Sequence[Corners], frame: Frame) -> list[Item]:
    """Return what a page says in one direction of writing, in reading order.

    `rules` are in the coordinates of PDF, as the box of the frame; the boxes that come out are
    those of the page as it is shown.
    """
    turn = frame.reading()
    tables, rest = ruled_tables(words, [turn(*rule) for rule in rules]) if rules else ([], words)
    runs = runs_of(rest)
    if len(runs) > _FEW:
        found, runs = tables_across(runs)
        tables += found
    runs += [Run([], table) for table in tables]
    items: list[Item] = []
    for number, region in enumerate(regions(runs)):
        lines = [run for run in region if not run.table] or region
        column = (min(run.left for run in lines), max(run.right for run in lines))
        of_region: list[Item] = []
        for row in with_tables(rows_of(region)):
            item = row if isinstance(row, Table) else (row[0].table or line_of(row))
            item.region = number
            if isinstance(item, TextLine):
                item.column = column
            of_region.append(item)
        items += _with_captions(of_region)
    for item in items:
        item.box = frame.shown(item.box)
        if isinstance(item, Table):
            item.boxes = [frame.shown(box) for box in item.boxes]
    return items


def _with_captions(items: list[Item]) -> list[Item]:
    """Give each table the line above or below it that is its caption."""
    taken: set[int] = set()
    for n, table in enumerate(items):
        if not isinstance(table, Table) or table.caption:
            continue
        for near in (n - 1, n + 1):
            if not 0 <= near < len(items) or near in taken:
                continue
            line = items[near]
            if isinstance(line, TextLine) and _is_caption(line, table.box):
                table.caption = line.text
                taken.add(near)
                break
    return [item for n, item in enumerate(items) if n not in taken]


def _is_caption(line: TextLine, table: Box) -> bool:
    gap = max(table.top - line.box.bottom, line.box.top - table.bottom)
    return (
        gap < _NEAR * (line.box.bottom - line.box.top)
        and len(line.text) <= _LONGEST_CAPTION
        and bool(_CAPTION.match(line.text))
    )
