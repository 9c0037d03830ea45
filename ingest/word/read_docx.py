"""Word (DOCX): from the archive to a reading."""

from __future__ import annotations

import posixpath

from ingest.document import Given, PartWriter, Reading, real_title
from ingest.errors import ReadError
from ingest.office import (
    Drawings,
    Element,
    NamedPictures,
    Package,
    child,
    core_properties,
    first_heading,
)
from ingest.readers import write_inner
from ingest.text import language
from ingest.word.body import Body
from ingest.word.notes import comments_of, heads_and_feet, notes_of
from ingest.word.numbering import Numbering
from ingest.word.styles import Styles


def read(given: Given) -> Reading:
    """Read a Word document as one part. Raises ReadError (`damaged`, `too-large`, `needs-ocr`)."""
    package = Package(given)
    main = package.main("word/document.xml")
    root = package.xml(main)
    body_element = child(root, "w:body")
    if body_element is None:
        raise ReadError(
            "damaged", "its text cannot be read; open it in Word and save it anew", "save-docx"
        )
    styles = Styles(_first(package, main, "styles"))
    numbering = _first(package, main, "numbering")
    pictures = NamedPictures(given, package.data)
    writer = PartWriter()
    plain = Body(PartWriter(), styles, Numbering(numbering))
    body = Body(
        writer,
        styles,
        Numbering(numbering),
        Drawings(package, pictures),
        package.relations(main),
    )
    body.insert = _Inserted(given, package, main, writer).write
    body.footnotes = notes_of(package, main, "footnotes", "w:footnote", plain.text)
    body.endnotes = notes_of(package, main, "endnotes", "w:endnote", plain.text)
    body.comments = comments_of(package, main, plain.text)
    for line in heads_and_feet(package, main, body_element, plain.lines):
        writer.paragraph(line, kind="note")
    body.write(body_element)
    body.finish()
    for said in body.comments.values():  # those whose place is gone
        writer.paragraph(said, kind="note")
    if body.left_out or plain.left_out:
        package.warn("what lies over 40 tables or boxes deep is left out")
    part = writer.part()
    package.warn_of_embedded([main])
    pictures.refuse_if_alone(bool(part.text))
    said_title, properties = core_properties(package)
    title = real_title(said_title) or body.title or first_heading(part)
    warnings = [*package.warnings, *pictures.warnings()]
    return Reading(title or None, language(part.text), (part,), warnings, properties=properties)


class _Inserted:
    """Writes the files that a document holds in place of text: web pages, other documents."""

    def __init__(self, given: Given, package: Package, main: str, writer: PartWriter) -> None:
        self._given = given
        self._package = package
        self._relations = package.relations(main)
        self._writer = writer
        self._done: set[str] = set()

    def write(self, named: str) -> None:
        relation = self._relations.get(named)
        target = relation.target if relation else ""
        if target in self._done:
            return
        self._done.add(target)
        data = self._package.data(target)
        if data is None:
            self._package.warn(f"inserted file {target or named} is missing or broken; left out")
            return
        name = posixpath.basename(target)
        for warning in write_inner(self._given, data, name, self._writer, 0, is_named=False):
            self._package.warn(warning)


def _first(package: Package, main: str, what: str) -> Element | None:
    names = package.related(main, what)
    return package.xml(names[0]) if names else None
