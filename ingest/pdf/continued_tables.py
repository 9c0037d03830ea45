"""A table that goes on over a page is understood by the header that stands on an earlier one."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.pdf.table_rows import NUMBER
from ingest.pdf.words import Item, Table, TextLine

_BESIDE = 2  # lines, heads or feet, that may stand between the table and the page's edge
_OFF = 12.0  # points that its sides may be off


def carry_headers(pages: Sequence[Sequence[Item]]) -> None:
    """Give each table that goes on from the page before the header rows of that one."""
    before: Table | None = None
    for page in pages:
        items = [item for item in page if not (isinstance(item, TextLine) and item.note)]
        first = next((i for i in items[: _BESIDE + 1] if isinstance(i, Table)), None)
        if first and before and _goes_on(before, first):
            first.header = before.header or before.rows[: before.header_rows]
            if first.rows[: len(first.header)] == first.header:
                first.header = []  # it repeats it itself
            else:
                first.header_rows = 0
        last = next((i for i in items[-_BESIDE - 1 :][::-1] if isinstance(i, Table)), None)
        before = last if last and (last.header or last.header_rows) else None


def _goes_on(before: Table, table: Table) -> bool:
    if table.caption or len(before.rows[0]) != len(table.rows[0]):
        return False
    if (
        abs(before.box.left - table.box.left) > _OFF
        or abs(before.box.right - table.box.right) > _OFF
    ):
        return False
    # Where its first row has words above numbers, it has a header of its own.
    body = before.rows[before.header_rows :]
    numeric = [
        n
        for n in range(len(table.rows[0]))
        if body and sum(bool(NUMBER.fullmatch(row[n])) for row in body) > len(body) / 2
    ]
    return not numeric or any(NUMBER.fullmatch(table.rows[0][n]) for n in numeric)
