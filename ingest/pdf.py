"""PDF: pages from a child process, cleaned, with headings from the bookmarks."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.pdf_outline import Bookmark, place_bookmarks
from ingest.pdf_text import clean_pages
from ingest.pdf_title import real_title
from ingest.reading import Reading
from ingest.script import language
from ingest.sections import Outline, cut

_CHILD = Path(__file__).with_name("pdf_child.py")


def read_pdf(path: Path, limits: Limits) -> Reading:
    """Read a PDF by pages.

    Raises ReadError: `encrypted`, `damaged`, `needs-ocr`, `too-large`, `timeout`.
    """
    head, *pages = _run_child(path, limits)
    raw = [page["text"] for page in pages]
    if all(text is None for text in raw):
        raise ReadError("damaged", "none of its pages can be read; save it anew")
    texts, warnings = clean_pages(raw)
    title = real_title(head["title"])
    outline = Outline(title)
    bookmarks = [Bookmark(*entry) for entry in head["outline"]]
    sections = []
    for number, headings in enumerate(place_bookmarks(bookmarks, texts), start=1):
        sections += cut(texts[number - 1], headings, outline, page=number)
    if not sections:
        message = "its pages are pictures or in a font that cannot be decoded; run OCR on it first"
        raise ReadError("needs-ocr", message)
    lang = language("\n".join(texts))
    return Reading(title, len(texts), lang, sections, warnings, texts)


def _run_child(path: Path, limits: Limits) -> list[dict[str, Any]]:
    """What the child says: the head, then one entry a page."""
    numbers = (limits.max_pages, limits.max_bytes, limits.max_memory_bytes, limits.max_seconds)
    command = [sys.executable, "-P", str(_CHILD), str(path), *map(str, numbers)]
    # A file takes what the child prints: a pipe would have to be emptied while the clock is kept.
    with tempfile.TemporaryFile() as output:
        try:
            subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=limits.max_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            message = f"reading it took longer than {limits.max_seconds:g} s; split it or save anew"
            raise ReadError("timeout", message) from error
        output.seek(0)
        lines = [json.loads(line) for line in output if line.endswith(b"\n")]
    last = lines.pop() if lines else {}
    if "reason" in last:
        raise ReadError(last["reason"], last["message"])
    if "done" not in last:
        raise ReadError("damaged", "reading it crashed; open it in a PDF viewer and save it anew")
    return lines
