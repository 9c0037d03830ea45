"""What stands beside the cells of an XLSX sheet: comments, boxes of text, charts, pictures."""

from __future__ import annotations

from ingest.document import PartWriter
from ingest.office import (
    Drawings,
    NamedPictures,
    Package,
    child,
    children,
    day,
    every,
    value,
    words,
)
from ingest.sheets.workbook import rich_text
from ingest.text import collapsed


def comments_of(package: Package, name: str, people: dict[str, str]) -> list[str]:
    """Return the comments on a sheet with their cells and authors; `people` by their ids."""
    found: dict[str, list[str]] = {}
    for member in package.related(name, "threadedComment"):
        for comment in every(package.xml(member), "tc:threadedComment"):
            text = child(comment, "tc:text")
            who = people.get(value(comment, "personId"), "")
            said = collapsed("" if text is None else text.text or "")
            _add(found, value(comment, "ref"), who, day(value(comment, "dT")), said)
    threaded = set(found)
    for member in package.related(name, "comments"):
        root = package.xml(member)
        authors = [
            collapsed(author.text or "")
            for author in children(child(root, "x:authors"), "x:author")
        ]
        for comment in children(child(root, "x:commentList"), "x:comment"):
            text, ref = child(comment, "x:text"), value(comment, "ref")
            if text is None or ref in threaded:
                continue
            at = value(comment, "authorId")
            who = authors[int(at)] if at.isdecimal() and int(at) < len(authors) else ""
            said = collapsed(rich_text(text))
            _add(found, ref, who, "", said.removeprefix(f"{who}:").strip() if who else said)
    return [line for lines in found.values() for line in lines]


def people_of(package: Package, main: str) -> dict[str, str]:
    """Return the names of those who wrote comments, by their ids."""
    return {
        value(person, "id"): collapsed(value(person, "displayName"))
        for member in package.related(main, "person")
        for person in every(package.xml(member), "tc:person")
    }


def write_drawings(
    package: Package, name: str, pictures: NamedPictures, writer: PartWriter
) -> None:
    """Write what is drawn on a sheet."""
    drawings = Drawings(package, pictures)
    for member in package.related(name, "drawing"):
        root = package.xml(member)
        if root is None:
            continue
        for box in every(root, "xdr:txBody"):
            for paragraph in children(box, "a:p"):
                writer.paragraph(collapsed(words(paragraph, "a:t")))
        drawings.write(root, package.relations(member), writer)


def _add(found: dict[str, list[str]], ref: str, who: str, on: str, said: str) -> None:
    if said:
        author = f" {who}" if who else ""
        when = f" ({on})" if on else ""
        found.setdefault(ref, []).append(f"{ref}{author}{when}: {said}")
