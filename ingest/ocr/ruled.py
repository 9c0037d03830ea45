"""Tables whose cells are drawn: their rules are found on the page, and give the cells."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ingest.ocr.engine import Corners
from ingest.ocr.line_pictures import height_of, resized
from ingest.ocr.turning import Turned

_PIXELS = 1_400_000  # on which rules are looked for: A4 at 120 dpi
_ACROSS, _DOWN = 40, 26  # pixels: shorter strokes belong to characters
_WINDOW, _DARKER = 25, 12  # what is so much darker than what is around it is ink
_LEAST_CELLS = 4  # with fewer it is a frame
_MOST_RULES = 200
_DRAWN = 0.5  # of an edge between two cells, where it parts them
_APART = 5  # pixels between two rules

Mask = npt.NDArray[np.uint8]
Span = tuple[int, int, int, int]
"""The rows and columns of a cell: first row, first column, and those behind its last ones."""


@dataclass(frozen=True)
class Ruled:
    """A table's rules, in pixels of the page made straight, and the cell in each of its places."""

    down: list[float]  # where the rules are that run down
    across: list[float]
    cells: list[list[Span]]

    def cell_at(self, x: float, y: float) -> Span | None:
        """Return the cell at a place, None outside of the table."""
        column = int(np.searchsorted(self.down, x)) - 1
        row = int(np.searchsorted(self.across, y)) - 1
        if 0 <= column < len(self.down) - 1 and 0 <= row < len(self.across) - 1:
            return self.cells[row][column]
        return None

    def edges_at(self, y: float) -> list[float]:
        """Return where rules that run down part cells at a height."""
        row = int(np.searchsorted(self.across, y)) - 1
        if not 0 <= row < len(self.across) - 1:
            return []
        cells = self.cells[row]
        inner = range(1, len(cells))
        return [self.down[n] for n in inner if cells[n] != cells[n - 1]]


def ruled_tables(turned: Turned) -> list[Ruled]:
    """Return the tables with rules on a page, from the top."""
    import cv2

    height, width = turned.page.shape[:2]
    scale = min(1.0, (_PIXELS / (height * width)) ** 0.5)
    grey = cv2.cvtColor(resized(turned.page, scale), cv2.COLOR_BGR2GRAY)
    grey = np.asarray(
        cv2.warpAffine(grey, _levelling(turned, scale), grey.shape[::-1], borderValue=255)
    )
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _WINDOW, _DARKER
    )
    across, down = (
        _strokes(np.asarray(ink, np.uint8), size) for size in ((1, _ACROSS), (_DOWN, 1))
    )
    _, _, places, _ = cv2.connectedComponentsWithStats(across | down)
    found = []
    for left, top, wide, high, _ in places[1:]:
        part = np.s_[top : top + high, left : left + wide]
        table = _table(across[part], down[part])
        if table:
            columns = [(x + left) / scale for x in table[0]]
            rows = [(y + top) / scale for y in table[1]]
            found.append(Ruled(columns, rows, table[2]))
    return sorted(found, key=lambda table: table.across[0])


def _strokes(ink: Mask, size: tuple[int, int]) -> Mask:
    """Return the strokes that are at least so high and wide, a little thicker."""
    import cv2

    long = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(size, np.uint8))
    return np.asarray(cv2.dilate(long, np.ones((3, 3), np.uint8)), np.uint8)


def cut_at_rules(turned: Turned, tables: list[Ruled], corners: Corners) -> Iterator[Corners]:
    """Give a line, or its pieces where it was found over the edges of cells."""
    straight = turned.straight(corners)
    (left, top), (right, bottom) = straight.min(axis=0), straight.max(axis=0)
    near = 0.4 * height_of(corners)
    cuts = [
        (x - left) / (right - left)
        for table in tables
        if table.cell_at((left + right) / 2, (top + bottom) / 2)
        for x in table.edges_at((top + bottom) / 2)
        if left + near < x < right - near
    ]
    upper, lower = corners[1] - corners[0], corners[2] - corners[3]
    shares = [0.0, *sorted(cuts), 1.0]
    for a, b in pairwise(shares):
        piece = [corners[0] + a * upper, corners[0] + b * upper]
        piece += [corners[3] + b * lower, corners[3] + a * lower]
        yield np.asarray(piece, np.float32)


def _levelling(turned: Turned, scale: float) -> npt.NDArray[np.float64]:
    """Return how pixels move when a page is made straight."""
    height, width = turned.page.shape[:2]
    x, y = width * scale / 2, height * scale / 2
    cos, sin = math.cos(-turned.tilt), math.sin(-turned.tilt)
    return np.array([[cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y]])


def _table(across: Mask, down: Mask) -> tuple[list[float], list[float], list[list[Span]]] | None:
    """Return where the rules of a table are and its cells, None for what is none."""
    xs = _rules((down > 0).sum(axis=0), _DOWN)
    ys = _rules((across > 0).sum(axis=1), _ACROSS)
    if not (2 < len(xs) <= _MOST_RULES and 2 < len(ys) <= _MOST_RULES):
        return None
    spans = _spans(across, down, [round(x) for x in xs], [round(y) for y in ys])
    if len({span for row in spans for span in row}) < _LEAST_CELLS:
        return None
    return xs, ys, spans


def _rules(counts: npt.NDArray[np.int64], least: int) -> list[float]:
    """Return the middle of each rule, by how many pixels of rules each row or column has."""
    runs: list[list[int]] = []
    for at in np.flatnonzero(counts >= least):
        if runs and at - runs[-1][-1] <= _APART:
            runs[-1].append(int(at))
        else:
            runs.append([int(at)])
    return [(run[0] + run[-1]) / 2 for run in runs]


def _spans(across: Mask, down: Mask, xs: list[int], ys: list[int]) -> list[list[Span]]:
    """Return the cell in each place; places that no rule parts are one cell."""
    rows, columns = len(ys) - 1, len(xs) - 1
    group = {(r, c): {(r, c)} for r in range(rows) for c in range(columns)}

    def join(one: tuple[int, int], other: tuple[int, int]) -> None:
        if group[one] is not group[other]:
            group[one] |= group[other]
            for place in group[other]:
                group[place] = group[one]

    for r in range(rows):
        for c in range(columns):
            inner_y = np.s_[ys[r] + 3 : max(ys[r] + 4, ys[r + 1] - 2)]
            inner_x = np.s_[xs[c] + 3 : max(xs[c] + 4, xs[c + 1] - 2)]
            right = down[inner_y, max(0, xs[c + 1] - 3) : xs[c + 1] + 4]
            below = across[max(0, ys[r + 1] - 3) : ys[r + 1] + 4, inner_x]
            if c + 1 < columns and right.max(axis=1).astype(bool).mean() < _DRAWN:
                join((r, c), (r, c + 1))
            if r + 1 < rows and below.max(axis=0).astype(bool).mean() < _DRAWN:
                join((r, c), (r + 1, c))
    return [[_span(group[r, c], (r, c)) for c in range(columns)] for r in range(rows)]


def _span(places: set[tuple[int, int]], own: tuple[int, int]) -> Span:
    """Return the rectangle of a cell's places; what is none is taken place by place."""
    rows, columns = [r for r, _ in places], [c for _, c in places]
    top, left, bottom, right = min(rows), min(columns), max(rows) + 1, max(columns) + 1
    if len(places) != (bottom - top) * (right - left):
        return (*own, own[0] + 1, own[1] + 1)
    return top, left, bottom, right
