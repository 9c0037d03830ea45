"""The tables of a Word document, as cells in their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.office import Cell, Element, Grid, child, kind, number, place, value

_WIDEST = 1000


def rows_of(table: Element, row_tag: str = "w:tr") -> Iterator[Element]:
    """Give the rows of a table, also those in content controls; deleted ones are left out."""
    for element in table:
        name = kind(element)
        if name == row_tag:
            if child(element, "w:trPr", "w:del") is None:
                yield element
        elif name in ("w:sdt", "w:sdtContent", "w:ins", "w:customXml"):
            yield from rows_of(element, row_tag)


def cells_of(row: Element) -> Iterator[Element]:
    """Give the cells of a row."""
    yield from rows_of(row, "w:tc")


def is_frame(table: Element) -> bool:
    """Whether a table has one column only: it frames what is in it."""
    return all(len(list(cells_of(row))) <= 1 for row in rows_of(table))


def grid_of(table: Element, text: Callable[[Element], str]) -> Grid:
    """Return a table's cells; `text` reads one."""
    rows: list[list[Cell]] = []
    above: dict[int, tuple[int, int]] = {}  # column → the row and place of the cell that goes on
    heads = 0
    for y, row in enumerate(rows_of(table)):
        properties = child(row, "w:trPr")
        if child(properties, "w:tblHeader") is not None and heads == y:
            heads += 1
        line: list[Cell] = []
        x = number(value(child(properties, "w:gridBefore")), 0, _WIDEST)
        line += [Cell("")] * x
        for element in cells_of(row):
            span = max(1, number(value(child(element, "w:tcPr", "w:gridSpan")), 1, _WIDEST))
            merge = child(element, "w:tcPr", "w:vMerge")
            if merge is not None and value(merge) != "restart" and x in above:
                origin_y, at = above[x]
                cell = rows[origin_y][at]
                rows[origin_y][at] = Cell(cell.text, cell.columns, y - origin_y + 1)
            else:
                if merge is None:
                    above.pop(x, None)
                else:
                    above[x] = y, len(line)
                line.append(Cell(text(element), span))
            x += span
        rows.append(line)
    return place(rows, heads if heads < len(rows) else 0)
