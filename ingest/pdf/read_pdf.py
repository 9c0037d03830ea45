"""PDF: the text of its pages, cleaned, with headings from the bookmarks."""

from ingest.document import Block, Given, Part, Reading
from ingest.errors import ReadError
from ingest.pdf.clean_pages import clean_pages
from ingest.pdf.outline import MAX_BOOKMARKS, place_bookmarks
from ingest.pdf.pages import extract
from ingest.pdf.title import real_title
from ingest.text import language


def read(given: Given) -> Reading:
    """Read a PDF by pages.

    Raises ReadError (`encrypted`, `damaged`, `needs-ocr`, `too-large`) and MemoryError.
    """
    raw = extract(given.data, given.limits, given.report, given.password)
    if all(text is None for text in raw.pages):
        raise ReadError("damaged", "none of its pages can be read; save it anew")
    texts, warnings = clean_pages(raw.pages)
    if raw.bookmarks is None:
        warnings.append(f"it has more than {MAX_BOOKMARKS} bookmarks; they give no headings")
    title = real_title(raw.title)
    headings = place_bookmarks(raw.bookmarks or [], texts)
    parts = tuple(
        Part(text, tuple(Block("heading", h.start, h.end, h.level, h.words) for h in found), number)
        for number, (text, found) in enumerate(zip(texts, headings, strict=True), start=1)
    )
    reading = Reading(title, language("\n".join(texts)), parts, warnings, "page")
    if not reading.sections:
        message = "its pages are pictures or in a font that cannot be decoded; run OCR on it first"
        raise ReadError("needs-ocr", message)
    return reading
