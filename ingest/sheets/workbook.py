"""What the sheets of an XLSX file share: strings, number formats, the list of sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.office import (
    BrokenXML,
    Element,
    Package,
    Relation,
    child,
    children,
    kind,
    number,
    stream,
    value,
)
from ingest.sheets.number_formats import BUILT_IN


@dataclass(frozen=True)
class Entry:
    """A sheet as the workbook lists it; `target` is its member, "" where that is missing."""

    name: str
    target: str
    is_hidden: bool


class Workbook:
    """The strings and formats that cells refer to by number."""

    def __init__(self, package: Package, main: str, root: Element) -> None:
        self.strings = _strings(package, main)
        self.codes = _codes(package, main)
        self.is_1904 = value(child(root, "x:workbookPr"), "date1904") in ("1", "true")
        self.entries = list(_entries(root, package.relations(main)))


def _entries(root: Element, relations: dict[str, Relation]) -> Iterator[Entry]:
    for sheet in children(child(root, "x:sheets"), "x:sheet"):
        relation = relations.get(value(sheet, "r:id"))
        hidden = value(sheet, "state") in ("hidden", "veryHidden")
        yield Entry(value(sheet, "name"), relation.target if relation else "", hidden)


def _strings(package: Package, main: str) -> list[str]:
    found: list[str] = []
    for name in package.related(main, "sharedStrings"):
        data = package.data(name)
        if not data:
            continue
        try:
            found += [rich_text(item) for item in stream(data, "x:si")]
        except BrokenXML:
            package.warn(f"{name} in it is broken; texts of cells are missing")
    return found


def rich_text(element: Element) -> str:
    """Return the text of a string; what tells how to pronounce it is left out."""
    pieces = []
    for inner in element:
        match kind(inner):
            case "x:t":
                pieces.append(inner.text or "")
            case "x:r":
                text = child(inner, "x:t")
                pieces.append("" if text is None else text.text or "")
    return "".join(pieces).strip()


def _codes(package: Package, main: str) -> list[str]:
    """The format code of each style that a cell can have."""
    names = package.related(main, "styles")
    root = package.xml(names[0]) if names else None
    own = {
        number(value(one, "numFmtId"), -1): value(one, "formatCode")
        for one in children(child(root, "x:numFmts"), "x:numFmt")
    }
    codes = []
    for style in children(child(root, "x:cellXfs"), "x:xf"):
        named = number(value(style, "numFmtId"))
        codes.append(own.get(named, BUILT_IN.get(named, "General")))
    return codes
