"""A sheet as its cells, only those that are filled: a sheet may claim millions of others."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.office import Span

Cells = dict[int, dict[int, str]]
"""The text of cells by row, then by column, from 0."""

_MOST_FILLED = 200_000  # places of merged cells on a sheet that are filled
_MOST_MERGED = 20_000  # merged cells


@dataclass
class Sheet:
    """A sheet. `notes` are what people wrote beside cells, with the cell's name: "B3: …".

    `heads` is what is printed above and below its pages.
    """

    name: str
    cells: Cells = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    def fill_spans(self) -> None:
        """Repeat the text of merged cells in each of their places where the sheet is used."""
        last_row = max(self.cells, default=-1)
        last_column = max((max(row) for row in self.cells.values() if row), default=-1)
        left = _MOST_FILLED
        self.spans = sorted(set(self.spans))[:_MOST_MERGED]
        for span in self.spans:
            text = self.cells.get(span.top, {}).get(span.left)
            bottom, right = min(span.bottom, last_row), min(span.right, last_column)
            size = (bottom - span.top + 1) * (right - span.left + 1)
            if not text or size > left:
                continue
            left -= size
            for y in range(span.top, bottom + 1):
                row = self.cells.setdefault(y, {})
                for x in range(span.left, right + 1):
                    row.setdefault(x, text)


def cell_name(row: int, column: int) -> str:
    """Return a cell's name, as "B3" for row 2 and column 1."""
    letters = ""
    column += 1
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"
