"""Tables of a page: their cells, each merged one in all of its places, and their header rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.office import Span
from ingest.office import header_rows as office_header_rows
from ingest.readers.data.header_rows import begins_with_header
from ingest.readers.html.inline import flat
from ingest.readers.html.nodes import Node
from ingest.sheets import Sheet

_MOST_CELLS = 2_000_000  # of a table with its merged cells; beyond it each stands once
_WIDEST = 1000  # columns that one cell may span, as browsers have it
_LONG_CELL = 400  # characters in the mean: then a table only places text side by side
_SHORT_CELL = 200  # characters of a label or value
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STRUCTURE = frozenset((*_HEADINGS, "dl", "li", "ol", "pre", "table", "ul"))


@dataclass(frozen=True)
class Table:
    """The cells of a table row by row, how many rows are its header, and its caption."""

    rows: Sequence[Sequence[str]]
    header_rows: int
    caption: str


@dataclass(frozen=True)
class _Cell:
    text: str
    is_header: bool
    across: int
    down: int


def table_of(node: Node) -> Table | None:
    """Return the table that an element holds, or None if it only places what is in it."""
    rows = [*_rows(node)]
    if _only_places(node, rows):
        return None
    cells = [[_cell(one) for one in row] for _, row in rows]
    heads = [is_head for is_head, _ in rows]
    caption = next((flat(one) for one in node.elements() if one.tag == "caption"), "")
    width = max((sum(cell.across for cell in row) for row in cells), default=0)
    if not caption and len(cells) > 1 and width > 1 and [c.across for c in cells[0]] == [width]:
        caption = cells[0][0].text
        del cells[0], heads[0]
    header_rows = _header_rows(cells, heads)
    filled = _filled(cells, repeat=width * len(cells) <= _MOST_CELLS)
    whole = [n for n, row in enumerate(filled) if not _is_rest(row, cells[n], width)]
    header_rows = sum(n < header_rows for n in whole)
    rows_ = [filled[n] for n in whole]
    if not any(heads) and header_rows == 0 and _has_header(cells, filled):
        spans = _spans(cells) if width * len(cells) <= _MOST_CELLS else []
        header_rows = max(1, office_header_rows(rows_, spans))
    return Table(rows_, header_rows, caption)


def sheet_of(node: Node) -> Sheet | None:
    """Return the cells of a table that is a sheet of a spreadsheet, saved as a page, or None.

    Nothing in it says what is a header, and empty rows part what stands on it.
    """
    rows = [row for _, row in _rows(node)]
    if _is_marked(node) or len(rows) < 4:
        return None
    if any(inner.tag in _STRUCTURE for row in rows for cell in row for inner in cell.walk()):
        return None
    cells = [[_cell(one) for one in row] for row in rows]
    filled = [any(cell.text for cell in row) for row in cells]
    first = filled.index(True) if any(filled) else 0
    last = len(filled) - filled[::-1].index(True) if any(filled) else 0
    is_parted = any(
        len(row) > 1 and not filled[n] for n, row in enumerate(cells[first:last], first)
    )
    width = max((sum(cell.across for cell in row) for row in cells), default=0)
    if not is_parted or width < 2 or width * len(cells) > _MOST_CELLS:
        return None
    sheet = Sheet("", spans=_spans(cells))
    for y, line in enumerate(_filled(cells, repeat=True)):
        if texts := {x: text for x, text in enumerate(line) if text}:
            sheet.cells[y] = texts
    return sheet


def short_cells(row: Node) -> list[str]:
    """Return the cells of a row of two or more that are all short and plain, else none."""
    cells = _cells(row)
    if len(cells) < 2 or any(node.tag in _STRUCTURE for cell in cells for node in cell.walk()):
        return []
    said = [text for cell in cells if (text := flat(cell))]
    return said if len(said) > 1 and max(map(len, said)) <= _SHORT_CELL else []


def _rows(table: Node) -> Iterator[tuple[bool, list[Node]]]:
    """Yield the rows, those of the foot last, and whether each stands in the table's head."""
    foot: list[Node] = []
    for child in table.elements():
        if child.tag == "tfoot":
            foot.append(child)
        elif child.tag in ("thead", "tbody", "form"):
            for row in child.elements():
                if row.tag == "tr":
                    yield child.tag == "thead", _cells(row)
        elif child.tag == "tr":
            yield False, _cells(child)
    for child in foot:
        yield from ((False, _cells(row)) for row in child.elements() if row.tag == "tr")


def _cells(row: Node) -> list[Node]:
    return [child for child in row.elements() if child.tag in ("td", "th")]


def _only_places(table: Node, rows: Sequence[tuple[bool, list[Node]]]) -> bool:
    """Whether a table is there for the layout: its cells are then read one after the other."""
    if table.says("role") in ("presentation", "none"):
        return True
    if max((len(row) for _, row in rows), default=0) <= 1:
        return True
    if _is_marked(table):
        return False
    cells = [cell for _, row in rows for cell in row]
    inside = [node for cell in cells for node in cell.walk()]
    if any(node.tag in _HEADINGS for node in inside):
        return True
    length = _length(table)
    if any(node.tag == "table" for node in inside):
        return 2 * sum(_length(node) for cell in cells for node in _outermost(cell)) > length
    return len(rows) <= 3 and length > _LONG_CELL * len(cells)


def _is_marked(table: Node) -> bool:
    """Whether a table says which of its cells are headers, or has a caption."""
    return any(child.tag in ("thead", "caption") for child in table.elements()) or any(
        cell.tag == "th" for _, row in _rows(table) for cell in row
    )


def _length(node: Node) -> int:
    return sum(map(len, node.text().split()))


def _outermost(node: Node) -> Iterator[Node]:
    """Yield the tables in an element that lie in no other."""
    for child in node.elements():
        if child.tag == "table":
            yield child
        else:
            yield from _outermost(child)


def _cell(node: Node) -> _Cell:
    is_header = node.tag == "th"
    text = flat(node, " " if is_header else "; ")
    return _Cell(text, is_header, _span(node, "colspan"), _span(node, "rowspan"))


def _span(node: Node, attribute: str) -> int:
    said = node.says(attribute)[:6]
    number = int(said) if said.isascii() and said.isdigit() else 1
    if attribute == "rowspan" and number == 0:  # to the end of the table
        return 65534
    return max(1, min(number, _WIDEST if attribute == "colspan" else 65534))


def _filled(cells: Sequence[Sequence[_Cell]], *, repeat: bool) -> list[list[str]]:
    """Return the texts of rows, each cell in all places that it spans."""
    filled: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}  # by column: in how many rows more, and what
    for row in cells:
        line: dict[int, str] = {}
        column = 0
        coming: dict[int, tuple[int, str]] = {}
        for at, (left, text) in below.items():
            line[at] = text
            if left > 1:
                coming[at] = (left - 1, text)
        for cell in row:
            while column in line:
                column += 1
            for at in range(column, column + (cell.across if repeat else 1)):
                line[at] = cell.text
                if repeat and cell.down > 1:
                    coming[at] = (cell.down - 1, cell.text)
            column += cell.across if repeat else 1
        below = coming
        filled.append([line.get(at, "") for at in range(max(line, default=-1) + 1)])
        if len(row) == 1 and row[0].across > 1 and len(line) == row[0].across:
            filled[-1] = [row[0].text]  # a line over the whole width names the rows below it
    return filled


def _is_rest(row: Sequence[str], cells: Sequence[_Cell], width: int) -> bool:
    """Whether a row only begins cells that go on below it, as some programs write it."""
    begun = sum(cell.across for cell in cells)
    return bool(cells) and all(cell.down > 1 for cell in cells) and begun < width and any(row)


def _header_rows(cells: Sequence[Sequence[_Cell]], heads: Sequence[bool]) -> int:
    """How many rows are the header by what the page says, with those that they reach into."""
    said = 0
    while said < len(cells) and (
        heads[said] or (cells[said] and all(cell.is_header for cell in cells[said]))
    ):
        said += 1
    if said == len(cells) and not any(heads):  # all are: then only the first is the header
        return min(said, 1)
    reach = said
    for n, row in enumerate(cells[:said]):
        downs = [cell.down for cell in row if cell.text]
        if downs and max(downs) > 1 and min(downs) == 1:
            reach = max(reach, min(n + max(downs), said + 2))
    return min(reach, len(cells))


def _has_header(cells: Sequence[Sequence[_Cell]], filled: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table without marks is its header."""
    labels = all(row[0].is_header for row in cells if row)
    first = [cell.text for cell in cells[0]] if cells else []
    return not labels and begins_with_header([first, *filled[1:]])


def _spans(cells: Sequence[Sequence[_Cell]]) -> list[Span]:
    """Return the merged cells by their places."""
    spans: list[Span] = []
    below: dict[int, int] = {}  # by column: the last row that a cell from above reaches
    for y, row in enumerate(cells):
        x = 0
        for cell in row:
            while below.get(x, -1) >= y:
                x += 1
            bottom = min(y + cell.down, len(cells)) - 1
            if cell.across > 1 or cell.down > 1:
                spans.append(Span(y, bottom, x, x + cell.across - 1))
            below |= dict.fromkeys(range(x, x + cell.across), bottom)
            x += cell.across
    return spans
