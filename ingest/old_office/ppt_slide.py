"""The shapes of a slide in a PowerPoint file from before 2007."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.document import PartWriter
from ingest.office import Cell, Place, place, reading_order, slide_number
from ingest.old_office.ppt_numbers import Numbering, numberings
from ingest.old_office.ppt_records import (
    CHILD_ANCHOR,
    CLIENT_ANCHOR,
    GROUP,
    MORE_OPTIONS,
    OUTLINE_TEXT,
    PLACEHOLDER,
    SHAPE,
    TEXT_BOX,
    Record,
)
from ingest.old_office.ppt_text import BODIES, TITLES, Text, texts
from ingest.text import collapsed

_DEEPEST = 20
_TABLE = 0x039F  # the option that makes a group of shapes a table
_LEFT_OUT = frozenset((7, 8, 9, 10))  # places for dates, numbers, footers, headers
_NEAR = 8  # units between edges of cells that are one


@dataclass
class Shape:
    """A shape with text, or a table: a group whose shapes are its cells."""

    place: Place
    text: Text | None = None
    inner: list[Shape] | None = None
    is_table: bool = False
    numberings: Sequence[Numbering | None] = ()


def shapes_of(container: Record, outline: Sequence[Text], depth: int = 0) -> list[Shape]:
    """Return the shapes in a group; texts in the outline are referred to by number."""
    found = []
    for n, one in enumerate(container.inner()):
        if one.kind == GROUP and depth < _DEEPEST:
            inner = shapes_of(one, outline, depth + 1)
            own = next(one.inner(), None)
            where = _place(own) if own is not None else Place(0, 0, 0, 0)
            is_table = own is not None and _is_table(own)
            found.append(Shape(where, inner=inner, is_table=is_table))
        elif one.kind == SHAPE and (n or depth == 0):
            text = _text(one, outline)
            if text is not None:
                found.append(Shape(_place(one), text, numberings=numberings(one)))
    return found


def write_shapes(shapes: Sequence[Shape], writer: PartWriter) -> None:
    """Write shapes in reading order; titles are written before."""
    for at in reading_order([shape.place for shape in shapes]):
        shape = shapes[at]
        if shape.inner is not None:
            if shape.is_table:
                _write_table(shape.inner, writer)
            else:
                write_shapes(shape.inner, writer)
        elif shape.text is not None and shape.text.kind not in TITLES:
            _write_text(shape.text, shape.numberings, writer)


def _write_text(text: Text, numberings: Sequence[Numbering | None], writer: PartWriter) -> None:
    """Write the paragraphs of a text, items of its lists with their numbers."""
    counts: dict[int, int] = {}
    for line in text.lines:
        has_bullet = text.kind in BODIES if line.has_bullet is None else line.has_bullet
        counts = {level: n for level, n in counts.items() if level <= line.level}
        if not has_bullet:
            counts.clear()
            writer.paragraph(line.text)
            continue
        numbering = numberings[line.numbering] if line.numbering < len(numberings) else None
        marker = "-"
        if numbering is None:
            counts.pop(line.level, None)
        else:
            counts[line.level] = counts.get(line.level, numbering.first - 1) + 1
            marker = slide_number(counts[line.level], numbering.form)
        writer.item(line.text, line.level, marker)


def title_of(shapes: Sequence[Shape]) -> str:
    """Return the text of the shape that holds the title, or ""."""
    for shape in shapes:
        if shape.text is not None and shape.text.kind in TITLES:
            return collapsed(" ".join(line.text for line in shape.text.lines))
        if shape.inner and not shape.is_table and (found := title_of(shape.inner)):
            return found
    return ""


def _text(shape: Record, outline: Sequence[Text]) -> Text | None:
    mark = next(shape.every(PLACEHOLDER), None)
    if mark is not None and len(mark.data) > 4 and mark.data[4] in _LEFT_OUT:
        return None
    for box in (one for one in shape.inner() if one.kind == TEXT_BOX):
        held = list(box.inner())
        reference = next((one for one in held if one.kind == OUTLINE_TEXT), None)
        if reference is not None and len(reference.data) >= 4:
            at = struct.unpack_from("<I", reference.data)[0]
            return outline[at] if at < len(outline) else None
        return next(texts(held), None)
    return None


def _place(shape: Record) -> Place:
    for one in shape.inner():
        data = one.data
        if one.kind == CLIENT_ANCHOR and len(data) in (8, 16):
            top, left, right, bottom = struct.unpack("<4h" if len(data) == 8 else "<4i", data)
            return Place(left, top, right, bottom)
        if one.kind == CHILD_ANCHOR and len(data) == 16:
            return Place(*struct.unpack("<4i", data))
    return Place(0, 0, 0, 0)


def _is_table(shape: Record) -> bool:
    for options in shape.inner():
        if options.kind == MORE_OPTIONS:
            for n in range(min(options.instance, len(options.data) // 6)):
                code, held = struct.unpack_from("<HI", options.data, 6 * n)
                if code & 0x3FFF == _TABLE and held & 1:
                    return True
    return False


def _write_table(cells: Sequence[Shape], writer: PartWriter) -> None:
    places = [cell.place for cell in cells]
    lefts, tops = _edges(p.left for p in places), _edges(p.top for p in places)
    rights, bottoms = _edges(p.right for p in places), _edges(p.bottom for p in places)
    rows: list[list[tuple[int, Cell]]] = [[] for _ in tops]
    for cell in cells:
        if cell.text is None:
            continue
        at = cell.place
        column, row = _index(lefts, at.left), _index(tops, at.top)
        across = max(1, _index(rights, at.right) - column + 1)
        down = max(1, _index(bottoms, at.bottom) - row + 1)
        text = "\n".join(line.text for line in cell.text.lines)
        rows[row].append((column, Cell(text, across, down)))
    taken: set[tuple[int, int]] = set()
    grid = []
    for y, row_cells in enumerate(rows):
        known = dict(row_cells)
        line = []
        for x in range(len(lefts)):
            if (y, x) in taken:
                continue
            cell_ = known.get(x, Cell(""))
            taken |= {(y + i, x + j) for i in range(cell_.rows) for j in range(cell_.columns)}
            line.append(cell_)
        grid.append(line)
    place(grid).write(writer)


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(set(values)):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _index(edges: Sequence[float], value: float) -> int:
    return max((n for n, edge in enumerate(edges) if edge <= value + _NEAR), default=0)
