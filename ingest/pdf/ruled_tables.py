"""Tables whose cells are parted by rules are read by these."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.document import Box
from ingest.pdf.columns import runs_of
from ingest.pdf.frame import Corners
from ingest.pdf.open_cells import Cell, is_text_beside, open_rows
from ingest.pdf.rows import rows_of
from ingest.pdf.rules import NEAR, Rule, between, merged_rules, rule_groups, within
from ingest.pdf.table_rows import NUMBER, split_row
from ingest.pdf.words import Run, Table, Word, cell_text, line_of

_COVERED = 0.5  # of a side of a cell
_OPEN_SIDE = 12.0  # points that rules go on beyond the last one that crosses them
_MOST_RULES = 600  # of one direction; more are a drawing
_LONGEST_CELL = 1200  # characters: with longer ones it frames the page's text
_CELLS_OF_TEXT = 6  # a frame has fewer
_LEAST_CELLS = 3
_FILLED = 0.3  # of the cells
_MOST_GAPS = 0.4  # of the lines in cells
_GAP = 1.0  # of the size
_BESIDE = 10.0  # points
_MOST_CUT = 0.04  # of the words inside


def ruled_tables(words: Sequence[Word], rules: Sequence[Corners]) -> tuple[list[Table], list[Word]]:
    """Return the tables that rules make, and the words that stand in none of them."""
    across, down = merged_rules(rules)
    tables: list[Table] = []
    rest = list(words)
    if len(across) < 2 or len(down) < 1 or max(len(across), len(down)) > _MOST_RULES:
        return [], rest
    for horizontal, vertical in rule_groups(across, down):
        table, outside = _table(horizontal, vertical, rest)
        if table:
            tables.append(table)
            rest = outside
    return tables, rest


def _table(
    across: list[Rule], down: list[Rule], words: Sequence[Word]
) -> tuple[Table | None, list[Word]]:
    xs = _places(down, min(rule.start for rule in across), max(rule.end for rule in across))
    ys = _places(across, min(rule.start for rule in down), max(rule.end for rule in down))
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 2:
        return None, list(words)
    inside: dict[Cell, list[Word]] = {}
    outside: list[Word] = []
    owner = _cells(xs, ys, across, down)
    columns_of = open_rows(owner, words, xs, ys)
    for word in words:
        column = columns_of.get(id(word), bisect_right(xs, (word.left + word.right) / 2) - 1)
        row = bisect_right(ys, word.base - 0.3 * word.size) - 1
        if 0 <= column < columns and 0 <= row < rows:
            inside.setdefault(owner[row, column], []).append(word)
        else:
            outside.append(word)
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    for edge in (0, columns - 1):
        if is_text_beside(inside, owner, rows, edge):
            left, right = (xs[1], xs[-1]) if not edge else (xs[0], xs[-2])
            table, outside = _table(within(across, left, right), between(down, left, right), words)
            if table:  # with a gap, so that the text beside it is a column
                by = (_BESIDE, 0.0) if not edge else (0.0, _BESIDE)
                table.box = table.box._replace(left=left + by[0], right=right - by[1])
            return table, outside
    if _cuts(inside, outside, box) or not _is_table(inside, owner, rows, columns):
        return None, list(words)
    table = _filled(inside, owner, xs, ys)
    longest = max(len(cell) for row in table.rows for cell in row)
    if longest > _LONGEST_CELL and len(inside) < _CELLS_OF_TEXT:
        return None, list(words)
    return table, outside


def _are_rectangles(owner: Mapping[Cell, Cell]) -> bool:
    """Whether all cells are rectangles, as those of a chart's grid are not."""
    groups: dict[Cell, list[Cell]] = {}
    for cell, first in owner.items():
        groups.setdefault(first, []).append(cell)
    for cells in groups.values():
        rows, columns = {row for row, _ in cells}, {column for _, column in cells}
        if len(cells) != (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1):
            return False
    return True


def _gaps(inside: Mapping[Cell, Sequence[Word]]) -> float:
    """The share of lines in cells that have wide gaps: there a rule between columns is missing."""
    lines = [row for words in inside.values() for row in rows_of(runs_of(words))]
    return sum(len(row) > 1 and _is_gap(row) for row in lines) / len(lines)


def _is_gap(row: Sequence[Run]) -> bool:
    return any(b.left - a.right > _GAP * max(a.size, b.size) for a, b in pairwise(row))


def _filled(
    inside: Mapping[Cell, Sequence[Word]],
    owner: Mapping[Cell, Cell],
    xs: Sequence[float],
    ys: Sequence[float],
) -> Table:
    """Return the table with what stands in its cells; a merged cell fills each of its places."""
    columns, rows = len(xs) - 1, len(ys) - 1
    tall = {owner[row, column] for row, column in owner if owner[row, column][0] != row}
    wide = {owner[row, column] for row, column in owner if owner[row, column][1] != column}
    grid: list[list[str]] = []
    boxes: list[Box] = []
    owners: list[int] = []  # the row between rules that each row of the grid is of
    for row in range(rows):
        single = {
            column: inside.get((row, column), [])
            for column in range(columns)
            if owner[row, column] == (row, column) and (row, column) not in tall | wide
        }
        parts = split_row(single, {column: xs[column + 1] - xs[column] for column in single})
        for start, end in parts:
            cells = []
            for column in range(columns):
                words = inside.get(owner[row, column], [])
                if len(parts) > 1 and owner[row, column] not in tall:
                    words = [word for word in words if start <= word.base < end]
                cells.append(_text(words))
            grid.append(cells)
            owners.append(row)
            boxes.append(Box(xs[0], max(ys[row], start), xs[-1], min(ys[row + 1], end)))
    table = Table(grid, boxes, Box(xs[0], ys[0], xs[-1], ys[-1]))
    if len(owners) < 2 or owners[1] == 1:
        _say_head(table, owner, rows, columns)
    return table


def _cuts(inside: Mapping[Cell, Sequence[Word]], outside: Sequence[Word], box: Box) -> bool:
    """Whether the outer rules go through lines of text: then they are no table's."""
    count = words = 0
    for own in inside.values():
        words += len(own)
    near = [
        word
        for word in outside
        if box.top < word.base < box.bottom + word.size
        and (abs(word.right - box.left) < word.size or abs(word.left - box.right) < word.size)
    ]
    for word in near:
        count += any(
            abs(word.base - other.base) < 0.2 * word.size
            and -0.2 < max(word.left - other.right, other.left - word.right) / word.size < 0.4
            for own in inside.values()
            for other in own
        )
    return count > _MOST_CUT * words


def _is_table(
    inside: Mapping[Cell, Sequence[Word]], owner: Mapping[Cell, Cell], rows: int, columns: int
) -> bool:
    """Whether enough of the cells say something."""
    said = {
        cell
        for cell, words in inside.items()
        if any(map(str.isalnum, "".join(w.text for w in words)))
    }
    cells = set(owner.values())
    return (
        len(said) >= _LEAST_CELLS
        and len(said) >= _FILLED * len(cells)
        and _gaps(inside) <= _MOST_GAPS
        and _are_rectangles(owner)
        and len({owner[row, column] for row in range(rows) for column in range(columns)}) > 2
    )


def _places(rules: Sequence[Rule], start: float, end: float) -> list[float]:
    """Return where the rules are, and the ends of those that cross them, if these go farther."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > NEAR:
            places.append(at)
    if start < places[0] - _OPEN_SIDE:
        places.insert(0, start)
    if end > places[-1] + _OPEN_SIDE:
        places.append(end)
    return places


def _cells(
    xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> dict[Cell, Cell]:
    """Return for each place of the grid the first place of its cell: merged ones have several."""
    columns, rows = len(xs) - 1, len(ys) - 1
    owner = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(cell: Cell) -> Cell:
        while owner[cell] != cell:
            cell = owner[cell]
        return cell

    sides = _by_place(down, xs), _by_place(across, ys)
    for row in range(rows):
        for column in range(columns):
            if column + 1 < columns and not _covers(sides[0][column + 1], ys[row], ys[row + 1]):
                _unite(owner, root((row, column)), root((row, column + 1)))
            if row + 1 < rows and not _covers(sides[1][row + 1], xs[column], xs[column + 1]):
                _unite(owner, root((row, column)), root((row + 1, column)))
    return {cell: root(cell) for cell in owner}


def _unite(owner: dict[Cell, Cell], one: Cell, other: Cell) -> None:
    owner[max(one, other)] = min(one, other)


def _by_place(rules: Sequence[Rule], places: Sequence[float]) -> list[list[Rule]]:
    return [[rule for rule in rules if abs(rule.at - place) <= NEAR] for place in places]


def _covers(rules: Sequence[Rule], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return covered >= _COVERED * (end - start)


def _text(words: Sequence[Word]) -> str:
    return cell_text([line_of(row).text for row in rows_of(runs_of(words))])


def _say_head(table: Table, owner: Mapping[Cell, Cell], rows: int, columns: int) -> None:
    """Find out how many rows the head has; a first row that is one cell is a caption."""
    if rows > 2 and len({owner[0, column] for column in range(columns)}) == 1:
        table.caption = table.rows.pop(0)[0]
        table.boxes.pop(0)
        owner = {(r - 1, c): (o[0] - 1, o[1]) for (r, c), o in owner.items() if r}
        rows -= 1
    head = {owner[0, column] for column in range(columns)}
    if len(head) < columns and rows > 2:  # cells that stand for several columns, or several rows
        span = 1
        while span < min(3, rows - 1) and any(
            owner[span, column][0] < span for column in range(columns)
        ):
            span += 1
        if span == 1 and not any(map(NUMBER.fullmatch, table.rows[1])):
            span = 2
        table.header_rows = span
