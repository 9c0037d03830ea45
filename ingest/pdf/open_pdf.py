"""A PDF is opened, with its password if it has one; what cannot be opened says why."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader, PdfWriter

from ingest.document import Given
from ingest.errors import ReadError

_LOCKED = "it is locked with a password; give it, or save a copy without one"
_WRONG = "the password does not open it; give the right one"
_CATALOG = re.compile(rb"\b(\d{1,9})\s{1,8}(\d{1,5})\s{1,8}obj\b[^>]{0,300}?/Type\s{0,8}/Catalog\b")


def open_pdf(given: Given) -> Any:
    """Open a PDF with pdfium, whole or mended by pypdf.

    `given.password` may be the user's or the owner's. Raises ReadError (`encrypted`, `damaged`,
    `too-large`) and MemoryError.
    """
    data = given.data
    try:
        document = pypdfium2.PdfDocument(data, password=given.password)
    except pypdfium2.PdfiumError as error:
        # pdfium may tell of the error of another file, which it opened before.
        if error.err_code == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise ReadError("encrypted", _WRONG if given.password else _LOCKED) from error
        document = _with_tail(given.data) or pypdfium2.PdfDocument(_mended(given))
    count = len(document)
    if not count:
        raise ReadError("damaged", "it has no pages; save it anew", "no-pages")
    if count > given.limits.max_pages:
        message = f"it has {count} pages, more than {given.limits.max_pages}; split it"
        raise ReadError("too-large", message, "pages", n=given.limits.max_pages)
    return document


def _with_tail(data: bytes) -> Any:
    """Open a file whose end, with the table of its objects, was cut off; None if it is no such."""
    catalog = None
    for catalog in _CATALOG.finditer(data):  # noqa: B007, the last one holds
        pass
    if catalog is None:
        return None
    root = f"{int(catalog[1])} {int(catalog[2])} R"
    tail = f"\ntrailer\n<< /Root {root} >>\nstartxref\n0\n%%EOF\n"
    try:
        document = pypdfium2.PdfDocument(data + tail.encode())
    except pypdfium2.PdfiumError:
        return None
    if len(document):
        return document
    document.close()
    return None


def _mended(given: Given) -> bytes:
    """The file as pypdf writes it, which opens some that pdfium does not."""
    try:
        reader = PdfReader(io.BytesIO(given.data))
        if reader.is_encrypted and not reader.decrypt(given.password or ""):
            raise ReadError("encrypted", _WRONG if given.password else _LOCKED)
        if not len(reader.pages):
            raise ReadError("damaged", "it has no pages; save it anew", "no-pages")
        writer = PdfWriter()
        for page in reader.pages:
            writer.add_page(page)
        mended = io.BytesIO()
        writer.write(mended)
        data = mended.getvalue()
        pypdfium2.PdfDocument(data).close()
    except (ReadError, MemoryError):
        raise
    except Exception as error:
        message = "it cannot be opened as a PDF; save it anew, or get a sound copy"
        raise ReadError("damaged", message, "no-pdf") from error
    return data
