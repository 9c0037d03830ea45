"""PDF: the text of its pages, cleaned, with headings from the bookmarks or the size of letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ingest.document import Block, Given, Heading, Reading, real_title
from ingest.errors import ReadError
from ingest.pdf.clean_pages import Lost, clean_page, page_numbers
from ingest.pdf.continued_tables import carry_headers
from ingest.pdf.glyph_names import has_odd_letters, with_ligatures
from ingest.pdf.headings import headings_by_size
from ingest.pdf.heads_and_feet import without_heads_and_feet
from ingest.pdf.hyphens import Hyphens
from ingest.pdf.open_pdf import open_pdf
from ingest.pdf.outline import MAX_BOOKMARKS, place_bookmarks
from ingest.pdf.page_part import PagePart
from ingest.pdf.pages import Page, read_pages
from ingest.pdf.properties import About, about
from ingest.pdf.scans import Scans
from ingest.pdf.shown_pictures import with_pictures
from ingest.pdf.words import Item, TextLine
from ingest.reasons import BLANK
from ingest.text import language


def read(given: Given) -> Reading:
    """Read a PDF by pages.

    Raises ReadError (`encrypted`, `damaged`, `empty`, `needs-ocr`, `too-large`) and MemoryError.
    """
    pages, warnings, said = _read_file(given)
    if said.bookmarks is None:
        warnings.append(f"it has more than {MAX_BOOKMARKS} bookmarks; they give no headings")
    contents, left_out = without_heads_and_feet([page.items for page in pages])
    carry_headers(contents)
    hyphens = Hyphens(
        item.text for items in contents for item in items if isinstance(item, TextLine)
    )
    parts = []
    for page, items in zip(pages, contents, strict=True):
        part = PagePart(page.number, page.size, hyphens)
        part.write(with_pictures(items, page.shown))
        parts.append(part)
    headings = _headings(said, parts)
    written = tuple(
        page.recognised
        or part.part([Block("heading", h.start, h.end, h.level, h.words) for h in found])
        for part, page, found in zip(parts, pages, headings, strict=True)
    )
    title = real_title(said.title)
    lang = language("\n".join(part.text for part in written))
    reading = Reading(title, lang, written, [*warnings, *left_out], "page", said.properties)
    if not reading.sections:
        if any(p.is_scan or p.is_garbled or p.pictures for p in pages) and not given.ocr:
            message = (
                "its pages are pictures or in a font that cannot be decoded; switch text"
                " recognition on (KB_OCR)"
            )
            raise ReadError("needs-ocr", message, "ocr-off")
        raise ReadError("empty", "there is nothing on its pages; write some words or leave it out")
    return reading


def _read_file(given: Given) -> tuple[list[Page], list[str], About]:
    """Return the pages, cleaned, what is missing of them, and what the file says of itself.

    A page in whose words letters are missing is read anew if its fonts tell them.
    """
    document = open_pdf(given)
    mended: Any = None
    may_mend = True
    try:
        pages: list[Page] = []
        lost = Lost()
        scans = Scans(given)
        for page in read_pages(document, given):
            if may_mend and has_odd_letters("\n".join(map(_text, page.items))):
                if mended is None:
                    mended = _mended(given)
                may_mend = mended is not None
                if may_mend:
                    page = next(read_pages(mended, replace(given, report=_silent), [page.number]))
            pages.append(page)
            _clean(page, lost, document, scans)
        said = about(document)
    finally:
        document.close()
        if mended is not None:
            mended.close()
    if not any(page.is_read for page in pages):
        raise ReadError("damaged", "none of its pages can be read; save it anew", "no-page-read")
    unseen = [p for p in pages if p.is_read and not (p.is_garbled or p.recognised)]
    scanned = [p.number for p in unseen if p.is_scan or (p.pictures and _is_silent(p))]
    blank = [p.number for p in unseen if _is_silent(p) and not (p.is_scan or p.pictures)]
    warnings = [f"{BLANK} {page_numbers(blank)}"] if blank else []
    if scanned:
        what = "no text was recognised" if given.ocr else "text recognition is needed"
        warnings.append(f"{what} on {page_numbers(scanned)}")
    return pages, warnings + lost.warnings() + scans.warnings(), said


def _mended(given: Given) -> Any:
    """The document with fonts that tell their ligatures, None if there are no such."""
    data = with_ligatures(given.data, given.password)
    return None if data is None else open_pdf(replace(given, data=data, password=None))


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def _clean(page: Page, lost: Lost, document: Any, scans: Scans) -> None:
    """Clean a page, or recognise it, if it is a picture or says nothing that can be decoded."""
    if not page.is_read:
        lost.pages.append(page.number)
        return
    garbled = len(lost.pages)
    page.items = clean_page(page.items, page.number, lost)
    page.is_garbled = len(lost.pages) > garbled
    is_bad = page.is_scan or page.is_garbled
    if is_bad or (
        page.is_layered and scans.disagrees(document[page.number - 1], page.number, page.items)
    ):
        page.recognised = scans.recognised(document[page.number - 1], page.number)
        if page.recognised:
            page.items = []
            del lost.pages[garbled:]
            return
    if page.pictures:
        page.shown = scans.shown(document[page.number - 1], page.pictures)


def _is_silent(page: Page) -> bool:
    return not (page.items or page.shown)


def _text(item: Item) -> str:
    if isinstance(item, TextLine):
        return item.text
    return "\n".join(cell for row in item.rows for cell in row)


def _headings(said: About, parts: Sequence[PagePart]) -> list[list[Heading]]:
    """The headings of each page: those of the bookmarks, else lines that are set as such."""
    texts = [part.text() for part in parts]
    placed = place_bookmarks(said.bookmarks or [], texts)
    if any(heading.end > heading.start for page in placed for heading in page):
        return placed
    by_size = headings_by_size([part.paragraphs for part in parts], texts)
    return by_size if any(by_size) else placed
