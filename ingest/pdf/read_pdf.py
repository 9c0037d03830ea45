"""PDF: the text of its pages, cleaned, with headings from the bookmarks or the size of letters."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.document import Block, Given, Heading, Reading
from ingest.errors import ReadError
from ingest.pdf.clean_pages import Lost, clean_page, page_numbers
from ingest.pdf.headings import headings_by_size
from ingest.pdf.heads_and_feet import without_heads_and_feet
from ingest.pdf.lines import Hyphens
from ingest.pdf.open_pdf import open_pdf
from ingest.pdf.outline import MAX_BOOKMARKS, place_bookmarks
from ingest.pdf.page_part import PagePart
from ingest.pdf.pages import Page, read_pages
from ingest.pdf.properties import About, about
from ingest.pdf.scans import recognised_items, recogniser
from ingest.pdf.title import real_title
from ingest.pdf.words import TextLine
from ingest.text import language


def read(given: Given) -> Reading:
    """Read a PDF by pages.

    Raises ReadError (`encrypted`, `damaged`, `needs-ocr`, `too-large`) and MemoryError.
    """
    document = open_pdf(given)
    try:
        pages, warnings = _read_pages(document, given)
        said = about(document)
    finally:
        document.close()
    if said.bookmarks is None:
        warnings.append(f"it has more than {MAX_BOOKMARKS} bookmarks; they give no headings")
    contents, left_out = without_heads_and_feet([page.items for page in pages])
    hyphens = Hyphens(
        item.text for items in contents for item in items if isinstance(item, TextLine)
    )
    parts = []
    for page, items in zip(pages, contents, strict=True):
        part = PagePart(page.number, page.size, hyphens)
        part.write(items)
        parts.append(part)
    headings = _headings(said, parts)
    written = tuple(
        part.part(
            [Block("heading", h.start, h.end, h.level, h.words) for h in found], page.confidence
        )
        for part, page, found in zip(parts, pages, headings, strict=True)
    )
    title = real_title(said.title)
    lang = language("\n".join(part.text for part in written))
    reading = Reading(title, lang, written, [*warnings, *left_out], "page", said.properties)
    if not reading.sections:
        if any(page.is_scan or page.is_garbled for page in pages):
            message = (
                "its pages are pictures or in a font that cannot be decoded; run OCR on it first"
            )
            raise ReadError("needs-ocr", message)
        raise ReadError("empty", "there is nothing on its pages; write some words or leave it out")
    return reading


def _read_pages(document: object, given: Given) -> tuple[list[Page], list[str]]:
    """Return the pages, cleaned, and what is missing of them."""
    pages: list[Page] = []
    lost, blank, scanned = Lost(), [], []
    recognise = recogniser(given)
    for page in read_pages(document, given):
        pages.append(page)
        if not page.is_read:
            lost.pages.append(page.number)
            continue
        garbled = len(lost.pages)
        page.items = clean_page(page.items, page.number, lost)
        is_garbled = page.is_garbled = len(lost.pages) > garbled
        if recognise and (page.is_scan or is_garbled):
            items, sure = recognised_items(
                recognise,
                document[page.number - 1],
                given.limits.max_pixels,  # type: ignore[index]
            )
            if items:
                page.items, page.confidence = items, sure
                if is_garbled:
                    lost.pages.pop()
                continue
        if is_garbled:
            continue
        if page.is_scan:
            scanned.append(page.number)
        elif not page.items:
            blank.append(page.number)
    if not any(page.is_read for page in pages):
        raise ReadError("damaged", "none of its pages can be read; save it anew")
    warnings = [f"no text on {page_numbers(blank)}"] if blank else []
    if scanned:
        warnings.append(f"text recognition is needed on {page_numbers(scanned)}")
    return pages, warnings + lost.warnings()


def _headings(said: About, parts: Sequence[PagePart]) -> list[list[Heading]]:
    """The headings of each page: those of the bookmarks, else lines that are set as such."""
    if said.bookmarks:
        return place_bookmarks(said.bookmarks, [part.text() for part in parts])
    return headings_by_size([part.paragraphs for part in parts], [part.text() for part in parts])
