"""A web page saved with its pictures in one file, written like a mail."""

from __future__ import annotations

from codecs import BOM_UTF8

from ingest.document import Given, PartWriter, Properties, Reading
from ingest.errors import ReadError
from ingest.readers.html import PagePictures, write_html
from ingest.readers.mail.eml import letter_of, parsed
from ingest.readers.mail.parts import head
from ingest.readers.mail.shown import Shown
from ingest.text import collapsed, day_here, language


def read(given: Given) -> Reading:
    """Read a saved page: its text and what its pictures say. Raises ReadError."""
    message = parsed(given.data.removeprefix(BOM_UTF8).lstrip())
    letter = letter_of(message, given.limits.max_bytes)
    writer = PartWriter()
    warnings = list(letter.warnings)
    title, properties = "", Properties()
    pictures = PagePictures(given, Shown(letter.attachments, least=0).find)
    for body in letter.bodies[:1] if letter.bodies else ():
        if body.kind == "html":
            page = write_html(body.text, writer, pictures=pictures)
            title, properties = page.title, page.properties
            warnings += page.warnings
        else:
            writer.paragraph(body.text)
    part = writer.part()
    pictures.refuse_if_alone(bool(part.text))
    warnings += pictures.warnings()
    if not part.text:
        raise ReadError("empty", "there is no page in it; save it again as HTML or PDF")
    if not properties.made and letter.when:  # when it was saved
        properties = Properties(properties.author, "", day_here(letter.when))
    title = title or collapsed(head(message, "subject"))
    return Reading(title or None, language(part.text), (part,), warnings, properties=properties)
