"""PDF: the text of its pages, cleaned, with headings from the bookmarks."""

from collections.abc import Callable
from pathlib import Path

from ingest.document import Outline, Reading, cut_pages
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.pdf.clean_pages import clean_pages
from ingest.pdf.outline import MAX_BOOKMARKS, place_bookmarks
from ingest.pdf.pages import extract
from ingest.pdf.title import real_title
from ingest.text import language


def read_pdf(
    path: Path, limits: Limits, report: Callable[[int, int], None] = lambda *_: None
) -> Reading:
    """Read a PDF by pages; `report` is told how many are read, and of how many.

    Raises ReadError (`encrypted`, `damaged`, `needs-ocr`, `too-large`) and MemoryError.
    """
    raw = extract(path, limits, report)
    if all(text is None for text in raw.pages):
        raise ReadError("damaged", "none of its pages can be read; save it anew")
    texts, warnings = clean_pages(raw.pages)
    if raw.bookmarks is None:
        warnings.append(f"it has more than {MAX_BOOKMARKS} bookmarks; they give no headings")
    title = real_title(raw.title)
    headings = place_bookmarks(raw.bookmarks or [], texts)
    sections = cut_pages(texts, headings, Outline(title))
    if not sections:
        message = "its pages are pictures or in a font that cannot be decoded; run OCR on it first"
        raise ReadError("needs-ocr", message)
    lang = language("\n".join(texts))
    return Reading(title, len(texts), lang, sections, warnings, texts)
