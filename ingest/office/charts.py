"""Charts and diagrams: the words and numbers that one sees in them."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.office.xml import Element, child, children, every, number, value, words
from ingest.text import collapsed

_MOST_POINTS = 2000  # of a chart; its sheet has them all


@dataclass(frozen=True)
class Chart:
    """A chart as a table: categories down, series across."""

    title: str
    rows: list[list[str]]


def read_chart(root: Element | None) -> Chart:
    """Return what a chart shows, from the values that are stored with it."""
    title = _title(child(root, "c:chart", "c:title"))
    axes = [_title(found) for found in every(root, "c:valAx", "c:catAx", "c:dateAx")]
    axes = [a for a in axes if a]
    series = list(every(root, "c:ser"))
    names = [_first(child(one, "c:tx")) for one in series]
    points: dict[int, list[str]] = {}
    labels: dict[int, str] = {}
    for n, one in enumerate(series):
        categories = child(one, "c:cat")
        for at, said in _points(child(one, "c:xVal") if categories is None else categories):
            labels.setdefault(at, said)
        values = child(one, "c:val")
        for at, said in _points(child(one, "c:yVal") if values is None else values):
            points.setdefault(at, [""] * len(series))[n] = said
    rows = [[labels.get(at, str(at + 1)), *points[at]] for at in sorted(points)]
    if rows:
        rows.insert(0, ["", *(name or f"{n}" for n, name in enumerate(names, start=1))])
    if title and axes:
        title = f"{title} ({', '.join(dict.fromkeys(axes))})"
    return Chart(title, rows)


def diagram_words(root: Element | None) -> list[str]:
    """Return the words of a SmartArt diagram's data, a line for each of its shapes."""
    lines = []
    for point in every(root, "dgm:pt"):
        if value(point, "type") in ("", "node", "asst"):
            text = child(point, "dgm:t")
            said = collapsed(" ".join(words(p, "a:t") for p in children(text, "a:p")))
            if said and value(child(point, "dgm:prSet"), "phldr") != "1":
                lines.append(said)
    return lines


def _title(element: Element | None) -> str:
    return collapsed(words(element, "a:t")) or _first(child(element, "c:tx"))


def _first(element: Element | None) -> str:
    found = next(every(element, "c:v"), None)
    return collapsed(found.text or "") if found is not None else ""


def _points(element: Element | None) -> list[tuple[int, str]]:
    """The values of a row of points by their place; of several levels of labels the first."""
    if element is None:
        return []
    levels = list(every(element, "c:lvl"))
    scope = levels[0] if levels else element
    found = []
    for point in every(scope, "c:pt"):
        at, said = number(value(point, "idx"), -1), child(point, "c:v")
        if 0 <= at < _MOST_POINTS and said is not None:
            found.append((at, _short(collapsed(said.text or ""))))
    return found


def _short(said: str) -> str:
    """A number without the digits that only its form in memory has."""
    try:
        return f"{float(said):.10g}" if "." in said else said
    except ValueError:
        return said
