"""OpenDocument: from the archive to a reading."""

from __future__ import annotations

from ingest.document import Given, Part, PartWriter, Properties, Reading, real_title
from ingest.errors import ReadError
from ingest.office import Element, NamedPictures, Package, child, day, every, first_heading, kind
from ingest.opendocument.body import Body
from ingest.opendocument.drawn import Drawn
from ingest.opendocument.inline import read_inline
from ingest.opendocument.sheets import read_sheets
from ingest.opendocument.slides import read_slide
from ingest.opendocument.styles import Styles
from ingest.sheets import refuse_if_empty
from ingest.text import collapsed, language

_DAMAGED = "its content cannot be read; open it in its program and save it anew"


def read(given: Given) -> Reading:
    """Read a text, sheets or slides of OpenDocument.

    Raises ReadError (`damaged`, `encrypted`, `too-large`, `empty`, `needs-ocr`).
    """
    package = Package(given)
    if b"encryption-data" in (package.data("META-INF/manifest.xml") or b""):
        message = "it is locked with a password; save a copy without one"
        raise ReadError("encrypted", message)
    pictures = NamedPictures(given, package.data)
    named = package.xml("styles.xml")
    said_title, properties = _properties(package)
    mime = (package.data("mimetype") or b"").decode("ascii", "replace")
    if "spreadsheet" in mime:
        styles = Styles(named)
        drawn = Drawn(package, styles, pictures)
        parts = read_sheets(given, package, styles, drawn)
        refuse_if_empty(parts, pictures)
        title, unit = "", "sheet"
    else:
        root = package.xml("content.xml")
        if root is None:
            raise ReadError("damaged", _DAMAGED, "save-anew")
        styles = Styles(root, named)
        drawn = Drawn(package, styles, pictures)
        if "presentation" in mime or "graphics" in mime:
            parts, title = _slides(given, package, root, styles, drawn)
            unit = "slide"
        else:
            part, title = _text(root, named, styles, drawn)
            parts, unit = [part], ""
        pictures.refuse_if_alone(any(part.text.strip() for part in parts))
    lang = language("\n".join(part.text[:100_000] for part in parts))
    return Reading(
        real_title(said_title) or title or None,
        lang,
        tuple(parts),
        [*package.warnings, *pictures.warnings()],
        "sheet" if unit == "sheet" else "slide" if unit == "slide" else None,
        properties,
    )


def _text(root: Element, named: Element | None, styles: Styles, drawn: Drawn) -> tuple[Part, str]:
    writer = PartWriter()
    for line in _heads_and_feet(named, styles):
        writer.paragraph(line, kind="note")
    body = Body(writer, styles, drawn.write)
    content = child(root, "office:body", "office:text")
    if content is None:
        raise ReadError("damaged", _DAMAGED, "save-anew")
    body.write(content)
    body.finish()
    part = writer.part()
    return part, body.title or first_heading(part)


def _heads_and_feet(named: Element | None, styles: Styles) -> list[str]:
    """The lines of headers and footers, each once."""
    lines: dict[str, None] = {}
    for page in every(named, "style:header", "style:footer", "style:header-first"):
        for paragraph in every(page, "text:p"):
            found = read_inline(paragraph, styles)
            if found.text and not found.counts_pages:
                lines[collapsed(found.text)] = None
    return list(lines)


def _slides(
    given: Given, package: Package, root: Element, styles: Styles, drawn: Drawn
) -> tuple[list[Part], str]:
    pages = list(every(root, "draw:page"))
    if len(pages) > given.limits.max_pages:
        most = given.limits.max_pages
        raise ReadError("too-large", f"it has more than {most} slides; split it", "slides", n=most)
    parts, first = [], ""
    for n, page in enumerate(pages, start=1):
        part, title = read_slide(page, n, package, styles, drawn)
        parts.append(part)
        first = first or title
        given.report(n, len(pages))
    return parts, first


def _properties(package: Package) -> tuple[str, Properties]:
    root = package.xml("meta.xml")
    said: dict[str, str] = {}
    for element in every(child(root, "office:meta")):
        said.setdefault(kind(element), collapsed(element.text or ""))
    author = said.get("meta:initial-creator") or said.get("dc:creator", "")
    made, changed = said.get("meta:creation-date", ""), said.get("dc:date", "")
    return said.get("dc:title", ""), Properties(author[:200], day(made), day(changed))
