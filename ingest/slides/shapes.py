"""The shapes of a slide in reading order, with what they take from its layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.office import Element, Place, child, every, kind, number, reading_order, value

_DEEPEST = 20  # groups in groups
_SHAPES = frozenset(("p:sp", "p:graphicFrame", "p:pic", "p:grpSp", "p:cxnSp", "p:contentPart"))
_TITLES = frozenset(("title", "ctrTitle"))
_LISTS = frozenset(("body", "obj", ""))  # placeholders whose paragraphs have bullets


@dataclass(frozen=True)
class Shape:
    """A shape, what kind of placeholder it is ("title", "body", …; None: none), and its list.

    `layout` are the shapes of the layout and the master that it takes from, nearest first.
    """

    element: Element
    role: str | None
    layout: tuple[Element, ...] = ()

    @property
    def is_title(self) -> bool:
        """Whether it holds the slide's title."""
        return self.role in _TITLES

    def has_bullet(self, paragraph: Element) -> bool:
        """Whether a paragraph is an item of a list."""
        level = number(value(child(paragraph, "a:pPr"), "lvl"), 0, 8)
        for properties in (child(paragraph, "a:pPr"), *self._lists(level)):
            for inner in properties if properties is not None else ():
                match kind(inner):
                    case "a:buNone":
                        return False
                    case "a:buChar" | "a:buAutoNum" | "a:buBlip":
                        return True
        return self.role in _LISTS

    def numbering(self, paragraph: Element) -> Element | None:
        """Return how a paragraph is numbered, None if it is not."""
        level = number(value(child(paragraph, "a:pPr"), "lvl"), 0, 8)
        for properties in (child(paragraph, "a:pPr"), *self._lists(level)):
            for inner in properties if properties is not None else ():
                if kind(inner) in ("a:buNone", "a:buChar", "a:buBlip"):
                    return None
                if kind(inner) == "a:buAutoNum":
                    return inner
        return None

    def _lists(self, level: int) -> Iterator[Element | None]:
        for shape in (self.element, *self.layout):
            yield child(shape, "p:txBody", "a:lstStyle", f"a:lvl{level + 1}pPr")


class Layout:
    """The placeholders of a slide's layout and of its master."""

    def __init__(self, layout: Element | None, master: Element | None) -> None:
        """Both are roots of XML, None where they are missing."""
        self._levels = [list(every(root, "p:sp", "p:pic")) for root in (layout, master)]

    def above(self, shape: Element) -> tuple[Element, ...]:
        """Return the placeholders that a placeholder takes from."""
        mark = _placeholder(shape)
        if mark is None:
            return ()
        found = []
        for level in self._levels:
            for other in level:
                theirs = _placeholder(other)
                if theirs is not None and _matches(mark, theirs):
                    found.append(other)
                    break
        return tuple(found)


def shapes_of(tree: Element | None, layout: Layout) -> list[Shape]:
    """Return the shapes of a slide's tree in reading order; hidden ones are left out."""
    return list(_shapes(tree, layout, 0)) if tree is not None else []


def _shapes(tree: Element, layout: Layout, depth: int) -> Iterator[Shape]:
    found = [e for e in tree if kind(e) in _SHAPES and not _is_hidden(e)]
    above = [layout.above(element) for element in found]
    places: list[Place] = []
    for element, theirs in zip(found, above, strict=True):
        known = next((p for p in map(_place, (element, *theirs)) if p), None)
        last = places[-1] if places else Place(0, 0, 0, 0)
        # Without a place of its own it stands behind the one that comes before it.
        places.append(known or Place(last.left, last.bottom, last.right, last.bottom))
    order = reading_order(places)
    order.sort(key=lambda at: _role(found[at]) not in _TITLES)
    for at in order:
        element = found[at]
        if kind(element) == "p:grpSp":
            if depth < _DEEPEST:
                yield from _shapes(element, layout, depth + 1)
        else:
            yield Shape(element, _role(element), above[at])


def _role(shape: Element) -> str | None:
    mark = _placeholder(shape)
    return None if mark is None else value(mark, "type")


def _placeholder(shape: Element) -> Element | None:
    for inner in shape:  # p:nvSpPr, p:nvPicPr, p:nvGraphicFramePr
        if kind(inner).startswith("p:nv"):
            return child(inner, "p:nvPr", "p:ph")
    return None


def _is_hidden(shape: Element) -> bool:
    for inner in shape:
        if kind(inner).startswith("p:nv"):
            return value(child(inner, "p:cNvPr"), "hidden") in ("1", "true")
    return False


def _matches(mark: Element, theirs: Element) -> bool:
    if value(mark, "type") in _TITLES:
        return value(theirs, "type") in _TITLES
    if "idx" in mark.attrib and mark.get("idx") == theirs.get("idx"):
        return True
    role = value(mark, "type")
    return "idx" not in theirs.attrib and (role or "body") == value(theirs, "type", "body")


def _place(shape: Element) -> Place | None:
    for path in (("p:spPr", "a:xfrm"), ("p:grpSpPr", "a:xfrm"), ("p:xfrm",)):
        form = child(shape, *path)
        offset, size = child(form, "a:off"), child(form, "a:ext")
        if offset is not None and size is not None:
            left, top = number(value(offset, "x")), number(value(offset, "y"))
            return Place(
                left, top, left + number(value(size, "cx")), top + number(value(size, "cy"))
            )
    return None
