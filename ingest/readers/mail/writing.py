"""A mail is written down: its subject as heading, its head as lines, its text, its attachments."""

from __future__ import annotations

import re

from ingest.document import Given, PartWriter, Properties, Reading
from ingest.errors import ReadError
from ingest.readers.html import PagePictures, write_html
from ingest.readers.inner import shown_name, write_inner
from ingest.readers.kinds import READERS
from ingest.readers.mail.letter import Attachment, Body, Letter
from ingest.readers.mail.shown import Shown
from ingest.text import collapsed, day_here, language

_LABELS = {"en": ("From", "To", "Cc", "Date"), "zh": ("发件人", "收件人", "抄送", "日期")}
_COLONS = {"en": ": ", "zh": "："}
_LEAST_PICTURE = 10_000  # bytes of one in the text: smaller ones are marks and signs
_LONGEST_LINE = 2000  # characters of addresses
_GAP = re.compile(r"\n[ \t]*+\n\s*+")
_TAGS = re.compile(r"<[^<>]{0,2000}>")


def reading_of(letter: Letter, given: Given) -> Reading:
    """Return a mail as a reading. Raises ReadError (`too-large`)."""
    writer = PartWriter()
    warnings = write_letter(letter, given, writer, 0)
    part = writer.part()
    day = day_here(letter.when) if letter.when else ""
    return Reading(
        collapsed(letter.subject) or None,
        language(part.text),
        (part,),
        warnings,
        properties=Properties(collapsed(letter.sender), day),
    )


def write_letter(letter: Letter, given: Given, writer: PartWriter, below: int) -> list[str]:
    """Write a mail, its headings `below` levels deeper; return the warnings."""
    writer.heading(letter.subject, below + 1)
    writer.paragraph(_head(letter))
    warnings = [*letter.warnings]
    shown = Shown(letter.attachments)
    pictures = PagePictures(given, shown.find)
    for body in letter.bodies:
        warnings += _write_body(body, given, writer, below + 1, pictures)
    warnings += pictures.warnings()
    for attachment in letter.attachments:
        if id(attachment) in shown.used:
            continue
        warnings += _write_attachment(attachment, given, writer, below + 2)
    return warnings


def _head(letter: Letter) -> str:
    lang = language(letter.subject + " ".join(_words(body)[:2000] for body in letter.bodies))
    date = collapsed(letter.date)
    if letter.when:
        iso = letter.when.isoformat(" ", "minutes")
        date = f"{iso} ({date})" if date and date != iso else iso
    said = (letter.sender, letter.to, letter.copies, date)
    return "\n".join(
        f"{label}{_COLONS[lang]}{_bounded(collapsed(value))}"
        for label, value in zip(_LABELS[lang], said, strict=True)
        if value.strip()
    )


def _words(body: Body) -> str:
    return _TAGS.sub(" ", body.text[:100_000]) if body.kind == "html" else body.text


def _bounded(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + "…"


def _write_body(
    body: Body, given: Given, writer: PartWriter, below: int, pictures: PagePictures
) -> list[str]:
    if body.kind == "html":
        return [*write_html(body.text, writer, below, pictures).warnings]
    if body.kind == "rtf":
        if "rtf" not in READERS:
            return ["the text (RTF) left out: files of this kind are not read"]
        return write_inner(given, body.data, "text.rtf", writer, below, is_named=False)
    for paragraph in _GAP.split(body.text):
        writer.paragraph(paragraph)
    return []


def _write_attachment(
    attachment: Attachment, given: Given, writer: PartWriter, below: int
) -> list[str]:
    name = attachment.name
    if attachment.letter is not None:
        try:
            inner = given.inner(b"", name)
        except ReadError as error:
            return [f"{shown_name(name)} left out: {error}"]
        return write_letter(attachment.letter, inner, writer, below - 1)
    given.take(len(attachment.data))
    if attachment.is_shown and len(attachment.data) < _LEAST_PICTURE:
        return []
    said = write_inner(given, attachment.data, name, writer, below)
    return [] if attachment.is_shown and "left out" in "".join(said) else said
