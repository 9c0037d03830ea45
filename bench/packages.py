"""The packages of every room and what imports what, as a picture: docs/images/packages.svg.

    python bench/packages.py

A package is a folder of a room. A file beside the packages of its room is a box of its own when it
imports one of them, else it belongs to the room's base, which any of them may import. The picture
leaves out arrows to bases and those that longer ways imply.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "packages.svg"
ROOMS = ("app", "llm", "retrieval", "ingest")  # from left to right
BASE = "base"

Graph = Mapping[str, frozenset[str]]

_COLOURS = {"app": "#e8eefc", "llm": "#fdeee0", "retrieval": "#e6f4ea", "ingest": "#f3e8fb"}
_WIDE, _HIGH, _GAP, _STEP, _EDGE = 118, 30, 14, 78, 24  # of boxes and between them, in pixels


def imported(path: Path) -> Iterator[str]:
    """Give every module of the rooms that a file imports, by its dotted name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.partition(".")[0] in ROOMS)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in ROOMS:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if _file(whole) else str(node.module)


def graph() -> Graph:
    """Return which boxes each box imports; boxes are called `room.package` or `room.base`."""
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    uses = {path: set(imported(path)) for path in files}
    packages = {f"{p.parts[-3]}.{p.parts[-2]}" for p in files if _depth(p) == 2}
    bases: set[str] = set()
    for path in files:
        own = _module(path)
        if _depth(path) == 1 and not any(
            ".".join(name.split(".")[:2]) in packages for name in uses[path]
        ):
            bases.add(own)

    def box(module: str) -> str:
        room, _, rest = module.partition(".")
        return f"{room}.{BASE}" if module in bases or not rest else f"{room}.{rest.split('.')[0]}"

    found: defaultdict[str, set[str]] = defaultdict(set)
    for path, names in uses.items():
        own = box(_module(path))
        found[own] |= {box(name) for name in names} - {own}
    return {own: frozenset(names) for own, names in sorted(found.items())}


def circle(edges: Graph) -> list[str]:
    """Return boxes that import each other in a circle, the first of them found; else nothing."""
    done: set[str] = set()

    def walk(box: str, way: list[str]) -> list[str]:
        if box in way:
            return [*way[way.index(box) :], box]
        if box in done:
            return []
        for below in sorted(edges.get(box, ())):
            if found := walk(below, [*way, box]):
                return found
        done.add(box)
        return []

    return next((found for box in sorted(edges) if (found := walk(box, []))), [])


def picture(edges: Graph) -> str:
    """Return the SVG: a column for each room, what is imported below what imports it."""
    drawn = {
        box: frozenset(b for b in below if not b.endswith("." + BASE))
        for box, below in edges.items()
        if not box.endswith("." + BASE)
    }
    row = {box: _longest(drawn, box) for box in drawn}
    deepest = max(row.values())
    place: dict[str, tuple[float, float]] = {}
    columns, left = [], float(_EDGE)
    for room in ROOMS:
        rows: defaultdict[int, list[str]] = defaultdict(list)
        for box in sorted(b for b in drawn if b.startswith(room + ".")):
            rows[row[box]].append(box)
        width = max(len(boxes) for boxes in rows.values()) * (_WIDE + _GAP) + _GAP
        for level, boxes in rows.items():
            indent = (width - len(boxes) * (_WIDE + _GAP) + _GAP) / 2
            for at, box in enumerate(boxes):
                y = 2 * _EDGE + (deepest - level) * _STEP
                place[box] = (left + indent + at * (_WIDE + _GAP), y)
        columns.append((room, left, width))
        left += width + _EDGE
    high = 3 * _EDGE + deepest * _STEP + _HIGH
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left:.0f} {high}" '
        'font-family="sans-serif" font-size="13">',
        f'<rect width="{left:.0f}" height="{high}" fill="white"/>',
    ]
    for room, x, width in columns:
        lines.append(
            f'<rect x="{x:.0f}" y="{_EDGE - 14}" width="{width:.0f}" height="{high - _EDGE}" '
            f'rx="8" fill="{_COLOURS[room]}"/>'
            f'<text x="{x + 8:.0f}" y="{_EDGE + 4}" font-weight="bold">{room}/</text>'
        )
    for box, below in sorted(drawn.items()):
        for other in sorted(below):
            if not any(other in _all_below(drawn, near) for near in below - {other}):
                lines.append(_arrow(place[box], place[other]))
    for box, (x, y) in sorted(place.items()):
        name = escape(box.partition(".")[2])
        name += "" if (ROOT / box.replace(".", "/")).is_dir() else ".py"
        lines.append(
            f'<rect x="{x:.0f}" y="{y:.0f}" width="{_WIDE}" height="{_HIGH}" rx="5" '
            f'fill="white" stroke="#555"/>'
            f'<text x="{x + _WIDE / 2:.0f}" y="{y + 20:.0f}" text-anchor="middle">{name}</text>'
        )
    return "\n".join([*lines, "</svg>"]) + "\n"


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    x1, y1 = start[0] + _WIDE / 2, start[1] + _HIGH
    x2, y2 = end[0] + _WIDE / 2, end[1] - 4
    bend = (y2 - y1) / 2
    return (
        f'<path d="M{x1:.0f} {y1:.0f} C{x1:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f} '
        f'{x2:.0f} {y2:.0f}" fill="none" stroke="#444" stroke-width="1.3"/>'
        f'<path d="M{x2 - 4:.0f} {y2 - 3:.0f} L{x2 + 4:.0f} {y2 - 3:.0f} L{x2:.0f} {y2 + 4:.0f} Z" '
        'fill="#444"/>'
    )


def _longest(edges: Graph, box: str) -> int:
    return max((1 + _longest(edges, below) for below in edges.get(box, ())), default=0)


def _all_below(edges: Graph, box: str) -> set[str]:
    near = edges.get(box, frozenset())
    return set(near).union(*(_all_below(edges, below) for below in near))


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _depth(path: Path) -> int:
    return len(path.relative_to(ROOT).parts) - 1


def _file(module: str) -> bool:
    path = ROOT / module.replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def main() -> None:
    """Draw the picture anew and say what was drawn."""
    edges = graph()
    if found := circle(edges):
        raise SystemExit("a circle of imports: " + " → ".join(found))
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(edges), "utf-8")
    print(f"{len(edges)} boxes, {sum(map(len, edges.values()))} arrows, no circle: {PICTURE}")


if __name__ == "__main__":
    main()
