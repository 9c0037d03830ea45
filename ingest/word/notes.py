"""What stands beside the text of a Word document: footnotes, comments, headers and footers."""

from __future__ import annotations

from collections.abc import Callable

from ingest.office import (
    Element,
    Package,
    child,
    children,
    counts_pages_only,
    day,
    every,
    kind,
    value,
)
from ingest.text import collapsed

Reader = Callable[[Element], str]
"""Returns the text of an element that holds paragraphs."""


def notes_of(package: Package, main: str, what: str, tag: str, reader: Reader) -> dict[str, str]:
    """Return the footnotes or endnotes of a document by their ids, as text."""
    found = {}
    for name in package.related(main, what):
        for note in children(package.xml(name), tag):
            if value(note, "w:type") in ("", "normal") and (said := collapsed(reader(note))):
                found[value(note, "w:id")] = said
    return found


def comments_of(package: Package, main: str, reader: Reader) -> dict[str, str]:
    """Return the comments by their ids, each behind who wrote it and when."""
    found = {}
    for name in package.related(main, "comments"):
        for comment in children(package.xml(name), "w:comment"):
            if said := collapsed(reader(comment)):
                author = collapsed(value(comment, "w:author"))
                on = day(value(comment, "w:date"))
                who = f"{author} ({on})" if author and on else author or on
                found[value(comment, "w:id")] = f"{who}: {said}" if who else said
    return found


def heads_and_feet(
    package: Package, main: str, body: Element, read: Callable[[Element], list[tuple[str, bool]]]
) -> list[str]:
    """Return the lines of headers and footers that are used, each once.

    `read` returns the lines of a header, and whether a page number stood in each.
    """
    relations = package.relations(main)
    lines: list[str] = []
    seen: set[str] = set()
    for section in every(body, "w:sectPr"):
        first = child(section, "w:titlePg") is not None
        for reference in section:
            if kind(reference) not in ("w:headerReference", "w:footerReference"):
                continue
            if value(reference, "w:type") == "first" and not first:
                continue
            relation = relations.get(value(reference, "r:id"))
            if relation is None or not relation.target or relation.target in seen:
                continue
            seen.add(relation.target)
            root = package.xml(relation.target)
            for line, counts_pages in [] if root is None else read(root):
                said = collapsed(line)
                if said and not (counts_pages and counts_pages_only(said)):
                    lines.append(said)
    return list(dict.fromkeys(lines))
