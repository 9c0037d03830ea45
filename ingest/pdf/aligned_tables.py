"""Tables without rules: rows whose cells stand below each other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ingest.document import Box
from ingest.pdf.aligned_rows import CLOSE, around, head_rows, is_formula, is_lone, parted, whole
from ingest.pdf.header_spans import Cell, Span, is_figure, spread
from ingest.pdf.rows import rows_of
from ingest.pdf.words import Run, Table, cell_text, line_of

_CELL_GAP = 1.0  # of the size: what is closer is of one cell
_LEAST_ROWS = 3
_LEAST_COLUMNS = 3  # two are labels and values, or a list with its page numbers
_LONGEST_CELL = 40.0  # of the size: longer ones are lines of running text
_SHORT = 9.0  # of the size: columns of text are wider
_FULL = 0.6  # of the cells of a table have words
_FULL_COLUMN = 0.5  # of its cells: in another some rows have a gap by chance
_FULL_ACROSS = 0.9  # two tables beside each other have gaps where one has rows and the other not
_HEADER_NEAR = 1.8  # times the usual distance, that a header row is above the next
_HEADER_ROWS = 3  # above the one that names each column
_NO_GROUPS = 0.65  # of the rows; where more have one cell only, two columns of text met
_GROUP = 30  # characters of a lone label above the rows of a group
_INDENT = 4.0  # of the size, that the rows of a group are set in

Row = list[Run]


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
    short = [_is_short(row) for row in rows]
    near = [any(short[max(0, n - 2) : n + 3]) for n in range(len(rows))]
    kept = [own or (by and _is_label(row)) for own, by, row in zip(short, near, rows, strict=True)]
    for row in with_tables([row if keep else [] for row, keep in zip(rows, kept, strict=True)]):
        if isinstance(row, Table) and _share(row) >= _FULL_ACROSS:
            tables.append(row)
    taken = [(table.box.top, table.box.bottom) for table in tables]
    for row, keep in zip(rows, kept, strict=True):
        y = row[0].base - 0.3 * row[0].size
        if not (keep and any(top <= y <= bottom for top, bottom in taken)):
            rest += row
    return tables, rest


def _share(table: Table) -> float:
    """How many of its cells say something; labels of groups and upper header rows do not count."""
    rows = [row for row in table.rows[max(0, table.header_rows - 1) :] if not is_lone(row)]
    cells = [cell for row in rows for cell in row]
    return sum(map(bool, cells)) / len(cells) if cells else 0.0


def _is_label(row: Row) -> bool:
    """Whether a row has one or two short pieces, as one that names a group or several columns."""
    return len(row) < _LEAST_COLUMNS and all(
        not run.table and run.width <= 2 * _SHORT * run.size for run in row
    )


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
    at = free = 0  # from `free` on no row is of a table
    while at < len(rows):
        end = at + 1 if _names_groups(cells[at : at + 5]) else _end(cells, rows, at)
        made = _table(rows[at:end], cells[at:end]) if end - at >= _LEAST_ROWS else None
        if made:
            table, columns = made
            above = _add_headers(table, columns, rows[free:at], cells[free:at])
            del found[len(found) - above :]
            found += parted(table, columns)
            at = free = end
        else:  # not from each of its rows anew, so that a long page takes no longer
            tried = max(at + 1, at + (end - at) // 2)
            found += rows[at:tried]
            at = tried
    return found


def _names_groups(cells: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row has words over the names of columns, which are more."""
    if len(cells) < _LEAST_ROWS or not _LEAST_COLUMNS <= len(cells[0]) < len(cells[1]):
        return False
    figures = [sum(is_figure(text) for *_, text in row) for row in cells]
    return not figures[0] and not figures[1] and max(figures[2:]) > 1


def _add_headers(
    table: Table, columns: Sequence[Span], rows: Sequence[Row], cells: Sequence[list[Cell]]
) -> int:
    """Put header rows that stand above a table into it; return how many of the rows these are."""
    if not columns or (not table.header_rows and any(map(is_figure, table.rows[0]))):
        return 0
    tops = [box.top for box in table.boxes]
    usual = sorted(b - a for a, b in itertools.pairwise(tops))[(len(tops) - 1) // 2]
    heads: list[list[str]] = []
    boxes: list[Box] = []
    wanted = 0
    for row, own in zip(
        reversed(rows[-_HEADER_ROWS:]), reversed(cells[-_HEADER_ROWS:]), strict=True
    ):
        if not own or tops[0] - _box(row).top > _HEADER_NEAR * usual:
            break
        said = spread(own, columns, table.rows[0], row[0].size)
        if said is None:
            break
        heads.append(said)
        boxes.append(_box(row))
        tops.insert(0, boxes[-1].top)
        if len(own) > 1 or (sum(map(bool, said)) > 1 and not said[0]):
            wanted = len(heads)
    if wanted:
        table.rows[:0] = heads[:wanted][::-1]
        table.boxes[:0] = boxes[:wanted][::-1]
        table.header_rows = wanted + 1
        table.box = around(table.boxes)
    return wanted


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
        if _is_far(rows, end, at):
            break
        if _is_group(cells[end], columns, rows[end][0].size):
            if end + 1 == len(rows) or len(cells[end + 1]) < 2:
                break
            end += 1
            continue
        merged = _merged(columns, cells[end])
        if merged is None or len(merged) < len(columns):
            break
        if len(cells[end]) < 2 and len(cells[end]) * 3 < len(merged) and _is_text(cells[end]):
            break
        columns = merged
        end += 1
    while end - at > 1 and len(cells[end - 1]) == 1 and not _is_wrapped(cells, rows, end - 1, at):
        end -= 1  # what stands below it
    return end


def _is_wrapped(cells: Sequence[list[Cell]], rows: Sequence[Row], at: int, first: int) -> bool:
    """Whether a lone cell goes on with the row above: by its place, or as it is near."""
    if cells[at][0][0] > cells[first][0][1]:
        return True
    usual = rows[first + 1][0].base - rows[first][0].base
    return rows[at][0].base - rows[at - 1][0].base < CLOSE * usual


def _is_group(cells: Sequence[Cell], columns: Sequence[Span], size: float) -> bool:
    """Whether a row is only the label of the rows below it, which may be set in."""
    (left, _, text), first = cells[0], columns[0]
    if len(cells) > 1 or len(text) > _GROUP or text[-1] in ".。:：;；,，":
        return False
    return first[0] - _INDENT * size < left < first[0] + 0.6 * size


def _is_text(cells: Sequence[Cell]) -> bool:
    """Whether a lone cell is a line of text that happens to stand in one column."""
    return len(cells[0][2]) > _GROUP


def _is_far(rows: Sequence[Row], at: int, first: int) -> bool:
    """Whether a row stands far below the one above it."""
    step = rows[at][0].base - rows[at - 1][0].base
    usual = rows[first + 1][0].base - rows[first][0].base if at > first + 1 else step
    return step > 2.2 * max(usual, rows[at][0].size) + 2


def _merged(columns: list[Span], cells: Sequence[Cell]) -> list[Span] | None:
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


def _table(rows: Sequence[Row], cells: Sequence[list[Cell]]) -> tuple[Table, list[Span]] | None:
    """Return the table that rows are, and where its columns are."""
    columns: list[Span] = []
    groups: set[int] = set()
    for n, row in enumerate(cells):
        if n and _is_group(row, columns, rows[n][0].size):
            groups.add(n)
            continue
        merged = _merged(columns, row)
        if merged is None:
            return None
        columns = merged
    if any(b[0] < a[1] for a, b in itertools.pairwise(columns)):
        return None
    grid: list[list[str]] = []
    for n, row in enumerate(cells):
        line = [""] * len(columns)
        if n in groups:
            line[0] = row[0][2]
            grid.append(line)
            continue
        for left, right, text in row:
            c = next(c for c, (a, b) in enumerate(columns) if a <= left and right <= b)
            line[c] = cell_text([line[c], text]) if line[c] else text
        grid.append(line)
    grid, boxes = whole(grid, [_box(row) for row in rows])
    if len(grid) < _LEAST_ROWS or is_formula(grid):
        return None
    full = [row for row in grid if not is_lone(row)] or grid
    filled = [sum(map(bool, column)) / len(full) for column in zip(*full, strict=True)]
    enough = sum(share >= _FULL_COLUMN for share in filled)
    if (
        len(full) < max(_LEAST_ROWS, _NO_GROUPS * len(grid))
        or enough < _LEAST_COLUMNS
        or sum(filled) < _FULL * len(columns)
    ):
        return None
    return Table(grid, boxes, around(boxes), header_rows=head_rows(grid)), columns


def _box(row: Row) -> Box:
    return around([Box(run.left, run.top, run.right, run.bottom) for run in row])
