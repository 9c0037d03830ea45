"""Tables without rules: rows whose cells stand below each other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ingest.document import Box
from ingest.pdf.rows import rows_of
from ingest.pdf.table_rows import NUMBER
from ingest.pdf.words import Run, Table, cell_text, line_of

_CELL_GAP = 1.0  # of the size: what is closer is of one cell
_LEAST_ROWS = 3
_LEAST_COLUMNS = 3  # two are labels and values, or a list with its page numbers
_LONGEST_CELL = 40.0  # of the size: longer ones are lines of running text
_SHORT = 9.0  # of the size: columns of text are wider
_FULL = 0.6  # of the cells of a table have words
_FULL_COLUMN = 0.5  # of its cells: in another some rows have a gap by chance
_FULL_ACROSS = 0.9  # two tables beside each other have gaps where one has rows and the other not
_CLOSE = 0.9  # of the usual distance of rows: what is nearer goes on with the row above

Row = list[Run]
Cell = tuple[float, float, str]  # left, right, text


def tables_across(runs: Sequence[Run]) -> tuple[list[Table], list[Run]]:
    """Return tables over the whole width of a page, and the runs that stand in none of them.

    Looked for before columns are, as a gap between a table's columns may continue that between
    two columns of text. Their cells are short, so that columns of text are no table.
    """
    tables: list[Table] = []
    rest: list[Run] = []
    if len(runs) - len({round(run.base) for run in runs}) < _LEAST_ROWS:  # hardly two in a row
        return [], list(runs)
    rows = rows_of(runs)
    for row in with_tables([row if _is_short(row) else [] for row in rows]):
        if isinstance(row, Table) and _share(row) >= _FULL_ACROSS:
            tables.append(row)
    taken = [(table.box.top, table.box.bottom) for table in tables]
    for row in rows:
        y = row[0].base - 0.3 * row[0].size
        if not (_is_short(row) and any(top <= y <= bottom for top, bottom in taken)):
            rest += row
    return tables, rest


def _share(table: Table) -> float:
    """How many of its cells say something."""
    cells = [cell for row in table.rows for cell in row]
    return sum(map(bool, cells)) / len(cells)


def _is_short(row: Row) -> bool:
    """Whether a row consists of short pieces."""
    widths = sorted(run.width / run.size for run in row if not run.table)
    return (
        len(widths) >= _LEAST_COLUMNS
        and widths[len(widths) // 2] <= _SHORT
        and widths[-1] <= 2 * _SHORT
    )


def with_tables(rows: Sequence[Row]) -> list[Row | Table]:
    """Return the rows of a column, those that are a table as one."""
    cells = [_cells(row) for row in rows]
    found: list[Row | Table] = []
    at = 0
    while at < len(rows):
        end = _end(cells, rows, at)
        table = _table(rows[at:end], cells[at:end]) if end - at >= _LEAST_ROWS else None
        if table:
            found.append(table)
            at = end
        else:  # not from each of its rows anew, so that a long page takes no longer
            tried = max(at + 1, at + (end - at) // 2)
            found += rows[at:tried]
            at = tried
    return found


def _cells(row: Row) -> list[Cell]:
    """Return the cells of a row; a table, or a line of text, has none."""
    if not row or row[0].table:
        return []
    groups: list[list[Run]] = [[row[0]]]
    for run in row[1:]:
        last = groups[-1][-1]
        if run.left - last.right > _CELL_GAP * max(run.size, last.size):
            groups.append([])
        groups[-1].append(run)
    if any(g[-1].right - g[0].left > _LONGEST_CELL * g[0].size for g in groups):
        return []
    return [(g[0].left, g[-1].right, line_of(g).text) for g in groups]


def _end(cells: Sequence[list[Cell]], rows: Sequence[Row], at: int) -> int:
    """Return where the rows end whose cells stand in the same columns as those of the first."""
    if len(cells[at]) < _LEAST_COLUMNS:
        return at + 1
    columns = [(left, right) for left, right, _ in cells[at]]
    end = at + 1
    while end < len(rows) and cells[end]:
        merged = _merged(columns, cells[end])
        if merged is None or len(merged) < len(columns) or _is_far(rows, end, at):
            break
        if len(cells[end]) < 2 and len(cells[end]) * 3 < len(merged) and _is_text(cells[end]):
            break
        columns = merged
        end += 1
    return end


def _is_text(cells: Sequence[Cell]) -> bool:
    """Whether a lone cell is a line of text that happens to stand in one column."""
    return len(cells[0][2]) > 30


def _is_far(rows: Sequence[Row], at: int, first: int) -> bool:
    """Whether a row stands far below the one above it."""
    step = rows[at][0].base - rows[at - 1][0].base
    usual = rows[first + 1][0].base - rows[first][0].base if at > first + 1 else step
    return step > 2.2 * max(usual, rows[at][0].size) + 2


def _merged(
    columns: list[tuple[float, float]], cells: Sequence[Cell]
) -> list[tuple[float, float]] | None:
    """Return the columns, widened by the cells of a row; None if a cell stands in two of them."""
    merged = list(columns)
    for left, right, _ in cells:
        hit = [n for n, column in enumerate(merged) if left < column[1] and right > column[0]]
        if len(hit) > 1:
            return None
        if hit:
            column = merged[hit[0]]
            merged[hit[0]] = (min(column[0], left), max(column[1], right))
        else:
            merged.append((left, right))
    merged.sort()
    return merged


def _table(rows: Sequence[Row], cells: Sequence[list[Cell]]) -> Table | None:
    columns: list[tuple[float, float]] = []
    for row in cells:
        merged = _merged(columns, row)
        if merged is None:
            return None
        columns = merged
    if any(b[0] < a[1] for a, b in itertools.pairwise(columns)):
        return None
    grid: list[list[str]] = []
    for row in cells:
        line = [""] * len(columns)
        for left, right, text in row:
            n = next(n for n, (a, b) in enumerate(columns) if a <= left and right <= b)
            line[n] = cell_text([line[n], text]) if line[n] else text
        grid.append(line)
    boxes = [_box(row) for row in rows]
    grid, boxes = _whole(grid, boxes)
    if len(grid) < _LEAST_ROWS:
        return None
    filled = [sum(map(bool, column)) / len(grid) for column in zip(*grid, strict=True)]
    full = sum(share >= _FULL_COLUMN for share in filled)
    if full < _LEAST_COLUMNS or sum(filled) < _FULL * len(columns):
        return None
    box = Box(
        min(b.left for b in boxes),
        boxes[0].top,
        max(b.right for b in boxes),
        boxes[-1].bottom,
    )
    return Table(grid, boxes, box, header_rows=_head(grid))


def _whole(grid: list[list[str]], boxes: list[Box]) -> tuple[list[list[str]], list[Box]]:
    """Put lines that go on with the row above them into that row: they stand closer to it."""
    steps = sorted(b.top - a.top for a, b in itertools.pairwise(boxes))
    usual = steps[len(steps) // 2]
    rows, places = [grid[0]], [boxes[0]]
    above = boxes[0]
    for line, box in zip(grid[1:], boxes[1:], strict=True):
        if box.top - above.top < _CLOSE * usual and not line[0] and sum(map(bool, line)) < 3:
            rows[-1] = [cell_text([a, b]) if b else a for a, b in zip(rows[-1], line, strict=True)]
            last = places[-1]
            places[-1] = Box(
                min(last.left, box.left), last.top, max(last.right, box.right), box.bottom
            )
        else:
            rows.append(line)
            places.append(box)
        above = box
    return rows, places


def _head(grid: Sequence[Sequence[str]]) -> int:
    """Return 1 if the first row names the columns: it has words where others have numbers."""
    first = sum(bool(NUMBER.fullmatch(cell)) for cell in grid[0] if cell)
    others = [sum(bool(NUMBER.fullmatch(cell)) for cell in row if cell) for row in grid[1:]]
    return int(not first or first < sum(others) / len(others) - 1)


def _box(row: Row) -> Box:
    return Box(
        min(run.left for run in row),
        min(run.top for run in row),
        max(run.right for run in row),
        max(run.bottom for run in row),
    )
