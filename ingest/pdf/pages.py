"""The pages of a PDF: their lines and tables, notes and fields, and whether they are scans.

A hostile file may take all time and memory here, so it runs in a process with limits
(`ingest.sandbox.pool`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.document import Box, Given, Part
from ingest.errors import ReadError
from ingest.pdf.drawings import Drawings, read_drawings
from ingest.pdf.fonts import Fonts
from ingest.pdf.frame import Frame
from ingest.pdf.glyphs import Words, read_words
from ingest.pdf.marks import Mark, read_marks
from ingest.pdf.page_items import items_of
from ingest.pdf.scans import is_covered, is_scan
from ingest.pdf.shown_pictures import Shown, pictures_with_text
from ingest.pdf.words import Item, Table, TextLine, Word

_LARGEST_FIELD = 12.0  # points: the size of a field's letters, if it has one line
_BELOW = 1.0  # points below a field, that its label may stand
_LONGEST_FIELD = 4000  # characters


@dataclass
class Page:
    """A page: its size as it is shown, and what it says.

    `is_scan` tells of a picture of text, `is_garbled` of text that cannot be decoded; `recognised`
    is what was read of its picture. `is_layered` tells of
    unseen text over a scan. `pictures` are places of such as may hold text beside that of
    the page; `shown` is what they say.
    """

    number: int
    size: tuple[float, float]
    items: list[Item] = field(default_factory=list)
    is_scan: bool = False
    is_garbled: bool = False
    is_read: bool = True
    recognised: Part | None = None
    is_layered: bool = False
    pictures: list[Box] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)


def read_pages(document: Any, given: Given, numbers: Sequence[int] | None = None) -> Iterator[Page]:
    """Yield the pages of a document that pdfium has opened, all or those with these numbers.

    One that cannot be read has `is_read` False. Raises ReadError (`too-large`) and MemoryError.
    """
    with contextlib.suppress(pypdfium2.PdfiumError):
        document.init_forms()
    form = document.formenv.raw if document.formenv else None
    fonts = Fonts()
    left = given.limits.max_bytes
    count = len(document)
    for number in numbers or range(1, count + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            yield Page(number, (0.0, 0.0), is_read=False)
        else:
            read = _read(page, number, form, fonts, left)
            left -= sum(map(_length, read.items))
            if left < 0:
                raise ReadError("too-large", "it holds too much text; split it", "text")
            yield read
            page.close()
        given.report(number, count)


def _read(page: Any, number: int, form: Any, fonts: Fonts, left: int) -> Page:
    rotation = page.get_rotation()
    box = page.get_bbox()
    frame = Frame(box, rotation, rotation)
    try:
        drawings = read_drawings(page.raw)
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Page(number, frame.size, is_read=False)
    if pdfium.FPDFText_CountChars(text_page.raw) > left:
        raise ReadError("too-large", "it holds too much text; split it", "text")
    words = read_words(text_page.raw, box, drawings, fonts)
    text_page.close()
    marks = read_marks(page.raw, form)
    characters = sum(map(_characters, words.by_angle.values()))
    found = Page(number, frame.size)
    found.is_scan = is_scan(characters, drawings.pictures, drawings.paths, frame.size)
    found.is_layered = drawings.is_text_hidden and is_covered(drawings.pictures, frame.size)
    if not found.is_scan:
        found.pictures = pictures_with_text(drawings.images, words.by_angle, frame)
    found.items = _items(words, marks, drawings, frame)
    return found


def _items(words: Words, marks: Sequence[Mark], drawings: Drawings, shown: Frame) -> list[Item]:
    by_angle = words.by_angle
    main = max(by_angle, key=lambda angle: _characters(by_angle[angle]), default=shown.rotation)
    frame = Frame(shown.box, shown.rotation, main)
    said = by_angle.get(main, [])
    fields = [word for mark in marks if not mark.is_note for word in _field(mark, frame, said)]
    items = items_of([*by_angle.get(main, []), *fields], drawings.rules, frame)
    region = max((item.region for item in items), default=-1) + 1
    for angle, own in by_angle.items():
        if angle != main and own:
            beside = items_of(own, [], Frame(shown.box, shown.rotation, angle))
            items += [_aside(item, region) for item in beside]
    upright = Frame(shown.box, shown.rotation, shown.rotation)
    turn = upright.reading()
    if words.skewed:
        text = " ".join(text for text, _ in words.skewed)
        box = words.skewed[0][1]
        items.append(TextLine(text, Box(*box), size=10.0, region=region, note=True))
    for mark in marks:
        if mark.is_note:
            place = _inside(Box(*turn(*mark.box)), shown.size)
            for line in mark.text.splitlines():
                if line.strip():
                    items.append(TextLine(line, place, size=10.0, region=region, note=True))
    return items


def _characters(words: Sequence[Word]) -> int:
    return sum(len(word.text) for word in words)


def _field(mark: Mark, frame: Frame, said: Sequence[Word]) -> list[Word]:
    """The value of a field as words of the page, at its place, on the line of its label."""
    left, top, right, bottom = frame.reading()(*mark.box)
    lines = mark.text[:_LONGEST_FIELD].splitlines()
    size = max(1.0, min(_LARGEST_FIELD, (bottom - top) * 0.7 / len(lines)))
    base = (top + bottom) / 2 - size * 1.1 * (len(lines) - 1) / 2 + 0.3 * size
    if len(lines) == 1:
        beside = [word for word in said if top < word.base <= bottom + _BELOW]
        if beside:
            base = min(beside, key=lambda word: max(left - word.right, word.left - right)).base
    words = []
    for n, line in enumerate(lines):
        at = left
        for piece in line.split():
            width = size * 0.5 * len(piece)
            words.append(Word(piece, at, at + width, base + n * 1.1 * size, size))
            at += width + 0.3 * size
    return words


def _aside(item: Item, region: int) -> Item:
    """An item that is written in another direction than the page's text."""
    item.region = region
    if isinstance(item, TextLine):
        item.note = True
    return item


def _inside(box: Box, size: tuple[float, float]) -> Box:
    left, right = (min(max(value, 0.0), size[0]) for value in (box.left, box.right))
    top, bottom = (min(max(value, 0.0), size[1]) for value in (box.top, box.bottom))
    return Box(left, top, right, bottom)


def _length(item: Item) -> int:
    if isinstance(item, Table):
        return sum(len(cell) for row in item.rows for cell in row)
    return len(item.text)
