"""Word (DOCX): from the archive to a reading."""

from __future__ import annotations

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
        raise ReadError("damaged", "its text cannot be read; open it in Word and save it anew")
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
    body.footnotes = notes_of(package, main, "footnotes", "w:footnote", plain.text)
    body.endnotes = notes_of(package, main, "endnotes", "w:endnote", plain.text)
    body.comments = comments_of(package, main, plain.text)
    for line in heads_and_feet(package, main, body_element, plain.lines):
        writer.paragraph(line, kind="note")
    body.write(body_element)
    body.finish()
    for said in body.comments.values():  # those whose place is gone
        writer.paragraph(said, kind="note")
    part = writer.part()
    package.warn_of_embedded([main])
    pictures.refuse_if_alone(bool(part.text))
    said_title, properties = core_properties(package)
    title = real_title(said_title) or body.title or first_heading(part)
    warnings = [*package.warnings, *pictures.warnings()]
    return Reading(title or None, language(part.text), (part,), warnings, properties=properties)


def _first(package: Package, main: str, what: str) -> Element | None:
    names = package.related(main, what)
    return package.xml(names[0]) if names else None
