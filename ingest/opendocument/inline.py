"""The text of an OpenDocument paragraph as one sees it, and what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.office import (
    Element,
    child,
    children,
    day,
    every,
    kind,
    number,
    value,
)
from ingest.opendocument.styles import Styles
from ingest.text import collapsed, subscript, superscript

_LEFT_OUT = frozenset((
    "text:tracked-changes", "text:hidden-text", "text:hidden-paragraph", "text:page-number",
    "text:page-count", "text:ruby-text", "text:bookmark", "text:bookmark-start", "svg:title",
    "text:bookmark-end", "text:soft-page-break", "office:annotation-end", "svg:desc",
    "presentation:notes",
))  # fmt: skip
_FRAMES = frozenset(("draw:frame", "draw:custom-shape", "draw:g", "draw:rect", "draw:ellipse"))
_MOST_SPACES = 100
_DEEPEST = 60


@dataclass
class Inline:
    """A paragraph's text and what it brings along."""

    text: str = ""
    counts_pages: bool = False
    frames: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # mark and text
    comments: list[str] = field(default_factory=list)


def read_inline(paragraph: Element, styles: Styles) -> Inline:
    """Read a `text:p` or `text:h`; hidden text and page numbers are left out."""
    found = Inline()
    pieces: list[str] = []
    if not styles.is_hidden(value(paragraph, "text:style-name")):
        _walk(paragraph, styles, found, pieces, "", 0)
    found.text = "".join(pieces).strip()
    return found


def plain(element: Element | None, styles: Styles) -> str:
    """Return the paragraphs below an element as lines."""
    if element is None:
        return ""
    return "\n".join(
        said for p in every(element, "text:p", "text:h") if (said := read_inline(p, styles).text)
    )


def _walk(
    element: Element, styles: Styles, found: Inline, pieces: list[str], raised: str, depth: int
) -> None:
    if depth > _DEEPEST:
        return
    pieces.append(_shifted(_spaces(element.text), raised))
    for inner in element:
        name = kind(inner)
        if name in ("text:page-number", "text:page-count"):
            found.counts_pages = True
        elif name in _FRAMES:
            found.frames.append(inner)
        elif name == "text:note":
            mark = _spaces(getattr(child(inner, "text:note-citation"), "text", "")) or "*"
            body = child(inner, "text:note-body")
            found.notes.append((mark, collapsed(plain(body, styles))))
            pieces.append(f"[^{mark}]")
        elif name == "office:annotation":
            found.comments.append(annotation(inner, styles))
        elif name == "text:s":
            pieces.append(" " * max(1, number(value(inner, "text:c"), 1, _MOST_SPACES)))
        elif name == "text:tab":
            pieces.append(" ")
        elif name == "text:line-break":
            pieces.append("\n")
        elif name and name not in _LEFT_OUT:
            style = value(inner, "text:style-name")
            if not styles.is_hidden(style):
                _walk(inner, styles, found, pieces, styles.raised(style) or raised, depth + 1)
        pieces.append(_shifted(_spaces(inner.tail), raised))


def annotation(element: Element, styles: Styles) -> str:
    """Return a comment behind who wrote it and when."""
    said = collapsed("\n".join(read_inline(p, styles).text for p in children(element, "text:p")))
    author, on = child(element, "dc:creator"), child(element, "dc:date")
    who = collapsed(getattr(author, "text", "") or "")
    when = day(getattr(on, "text", "") or "")
    who = f"{who} ({when})" if who and when else who or when
    return f"{who}: {said}" if who and said else said


def _spaces(text: str | None) -> str:
    """White space in the XML is one space."""
    return "" if not text else text.replace("\n", " ").replace("\t", " ")


def _shifted(text: str, raised: str) -> str:
    return superscript(text) if raised == "super" else subscript(text) if raised else text
