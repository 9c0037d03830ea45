"""The lines and tables of a page in reading order, from its words and rules."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.pdf.aligned_tables import tables_across, with_tables
from ingest.pdf.beside import pieces
from ingest.pdf.captions import with_captions
from ingest.pdf.columns import regions, runs_of
from ingest.pdf.frame import Corners, Frame
from ingest.pdf.rows import rows_of
from ingest.pdf.ruled_tables import ruled_tables
from ingest.pdf.words import Item, Run, Table, TextLine, Word, line_of

_FEW = 9  # runs, that are no table


def items_of(words: Sequence[Word], rules: Sequence[Corners], frame: Frame) -> list[Item]:
    """Return what a page says in one direction of writing, in reading order.

    `rules` are in the coordinates of PDF, as the box of the frame; the boxes that come out are
    those of the page as it is shown.
    """
    turn = frame.reading()
    items: list[Item] = []
    for own, own_rules in pieces(words, [turn(*rule) for rule in rules]):
        first = items[-1].region + 1 if items else 0
        items += _piece(own, own_rules, first)
    for item in items:
        item.box = frame.shown(item.box)
        if isinstance(item, Table):
            item.boxes = [frame.shown(box) for box in item.boxes]
    return items


def _piece(words: Sequence[Word], rules: Sequence[Corners], first: int) -> list[Item]:
    """Return what a piece of a page says; its columns are counted from `first`."""
    tables, rest = ruled_tables(words, rules) if rules else ([], words)
    runs = runs_of(rest)
    if len(runs) > _FEW:
        found, runs = tables_across(runs)
        tables += found
    runs += [Run([], table) for table in tables]
    items: list[Item] = []
    for number, region in enumerate(regions(runs), start=first):
        lines = [run for run in region if not run.table] or region
        column = (min(run.left for run in lines), max(run.right for run in lines))
        of_region: list[Item] = []
        for row in with_tables(rows_of(region)):
            item = row if isinstance(row, Table) else (row[0].table or line_of(row))
            item.region = number
            if isinstance(item, TextLine):
                item.column = column
            of_region.append(item)
        items += with_captions(of_region)
    return items
