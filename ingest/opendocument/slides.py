"""The slides of an ODP file."""

from __future__ import annotations

from ingest.document import Part, PartWriter
from ingest.office import (
    Element,
    Package,
    Place,
    child,
    every,
    kind,
    reading_order,
    value,
)
from ingest.opendocument.body import Body
from ingest.opendocument.drawn import Drawn
from ingest.opendocument.inline import annotation, plain
from ingest.opendocument.styles import Styles
from ingest.text import collapsed

_LEFT_OUT = frozenset(("page-number", "date-time", "header", "footer", "notes", "page"))
_COMMENTS = ("office:annotation", "officeooo:annotation")  # the latter by LibreOffice
_UNITS = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "px": 2.54 / 96, "pc": 2.54 / 6}
_SHAPES = frozenset((
    "draw:frame", "draw:custom-shape", "draw:g", "draw:rect", "draw:ellipse", "draw:line",
    "draw:connector", "draw:polygon", "draw:path",
))  # fmt: skip


def read_slide(
    page: Element, number: int, package: Package, styles: Styles, drawn: Drawn
) -> tuple[Part, str]:
    """Return a slide as a part, and its title."""
    writer = PartWriter(number)
    body = Body(writer, styles, drawn.write)
    if styles.is_hidden(value(page, "draw:style-name")):
        package.warn(f"slide {number} is hidden in the show; it was read all the same")
    shapes = [s for s in page if kind(s) in _SHAPES and _role(s) not in _LEFT_OUT]
    order = reading_order([_place(shape) for shape in shapes])
    titles = [at for at in order if _role(shapes[at]) == "title"]
    title = collapsed(" ".join(plain(shapes[at], styles) for at in titles))
    writer.heading(title)
    for at in order:
        if at not in titles:
            body.frame(shapes[at])
            body.finish()
    for comment in (one for one in page if kind(one) in _COMMENTS):
        writer.paragraph(annotation(comment, styles), kind="note")
    for box in every(child(page, "presentation:notes"), "draw:text-box"):
        if _role(box.getparent()) not in _LEFT_OUT - {"notes"}:
            for line in plain(box, styles).split("\n"):
                writer.paragraph(line, kind="note")
    return writer.part(), title


def _role(shape: Element) -> str:
    return value(shape, "presentation:class")


def _place(shape: Element) -> Place:
    inner = (
        [_place(one) for one in shape if kind(one) in _SHAPES] if kind(shape) == "draw:g" else []
    )
    if inner:
        return Place(
            min(one.left for one in inner),
            min(one.top for one in inner),
            max(one.right for one in inner),
            max(one.bottom for one in inner),
        )
    left, top, wide, high = (
        _length(value(shape, name)) for name in ("svg:x", "svg:y", "svg:width", "svg:height")
    )
    return Place(left, top, left + wide, top + high)


def _length(text: str) -> float:
    """A length in centimetres, 0 if it is none."""
    unit = _UNITS.get(text[-2:])
    try:
        return float(text[:-2]) * unit if unit else 0.0
    except ValueError:
        return 0.0
