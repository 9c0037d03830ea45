"""A sheet becomes a part: its name, its tables with captions and headers, its notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import PartWriter
from ingest.office import header_rows, is_figure
from ingest.sheets.regions import Region, regions
from ingest.sheets.sheet import Sheet

_MOST_TITLES = 5  # rows above a header
_REMARK = re.compile(r"\s*(?:注|备注|说明|来源|资料来源|note|source|remark|\*)", re.IGNORECASE)
# What newer programs write before a comment for those who cannot show it as a conversation.
_FOR_OLD = re.compile(r"\[[^\]]{1,40}\][^\[]{0,400}?linkid=870924\s{0,5}[^:：]{1,20}[:：]\s{0,5}")
_NAMED = re.compile(r"[^：:]{1,20}[：:].*", re.DOTALL)  # "Unit: EUR"


def write_sheet(sheet: Sheet, writer: PartWriter) -> None:
    """Write the name of a sheet and all that is on it."""
    sheet.fill_spans()
    writer.heading(sheet.name)
    for line in sheet.heads:
        writer.paragraph(line, kind="note")
    for region in regions(sheet):
        if region.is_sparse:
            for row in region.rows:
                writer.paragraph("; ".join(row))
        else:
            _write_table(region, writer)
    for note in sheet.notes:
        writer.paragraph(_FOR_OLD.sub("", note, count=1), kind="note")


def _write_table(region: Region, writer: PartWriter) -> None:
    rows = region.rows
    above = _titles(rows)
    below = _remarks(rows, above)
    caption = "; ".join("  ".join(dict.fromkeys(filter(None, row))) for row in rows[:above])
    body = rows[above : len(rows) - below]
    spans = [s._replace(top=s.top - above, bottom=s.bottom - above) for s in region.spans]
    heads = header_rows(body, spans)
    writer.table(body if spans else _carried(body, heads), heads, caption)
    for row in rows[len(rows) - below :] if below else ():
        writer.paragraph(next(filter(None, row)))


def _titles(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the header: one text, or texts as "Unit: EUR" with gaps."""
    if not rows or len(rows[0]) < 2:
        return 0
    n = 0
    while n < min(_MOST_TITLES, len(rows) - 1):
        filled = [text for text in rows[n] if text]
        is_one = len(set(filled)) == 1 and not is_figure(filled[0])
        is_named = len(filled) < len(rows[n]) and all(map(_NAMED.fullmatch, filled))
        if not (is_one or (n and is_named)):
            break
        n += 1
    return n


def _remarks(rows: Sequence[Sequence[str]], above: int) -> int:
    """How many rows at the end are remarks on the table."""
    n = 0
    while len(rows) - n > above + 2:
        filled = {text for text in rows[-1 - n] if text}
        if len(filled) != 1 or not _REMARK.match(next(iter(filled))):
            break
        n += 1
    return n


def _carried(rows: list[list[str]], heads: int) -> list[list[str]]:
    """The rows; in a header of several rows a name goes on over the gap to its right."""
    if heads < 2:
        return rows
    first = list(rows[0])
    for x in range(1, len(first)):
        if not first[x] and first[x - 1] and x > 1:
            first[x] = first[x - 1]
    return [first, *rows[1:]]
