"""Which kinds of file are read: by the suffix of the name, then by what the bytes say."""

import re
from pathlib import PurePosixPath

from ingest.encoding import decode
from ingest.errors import ReadError

KINDS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".log": "text",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "doc",
    ".dot": "doc",
    ".wps": "doc",
    ".wpt": "doc",
    ".dotx": "docx",
    ".dotm": "docx",
    ".pptx": "pptx",
    ".pptm": "pptx",
    ".ppt": "ppt",
    ".pps": "ppt",
    ".pot": "ppt",
    ".dps": "ppt",
    ".ppsx": "pptx",
    ".ppsm": "pptx",
    ".potx": "pptx",
    ".potm": "pptx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xltx": "xlsx",
    ".xltm": "xlsx",
    ".xls": "xls",
    ".xlt": "xls",
    ".et": "xls",
    ".rtf": "rtf",
    ".odt": "odt",
    ".ods": "ods",
    ".odp": "odp",
    ".ott": "odt",
    ".ots": "ods",
    ".otp": "odp",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".jfif": "image",
    ".tif": "image",
    ".tiff": "image",
    ".webp": "image",
    ".bmp": "image",
    ".gif": "image",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".epub": "epub",
    ".eml": "eml",
    ".msg": "msg",
    ".ics": "calendar",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".xml": "xml",
    ".zip": "zip",
}
"""The kind that a suffix promises. What the bytes are decides (`ingest.readers.signatures`)."""

READERS = {
    "markdown": "ingest.readers.markdown",
    "text": "ingest.readers.plain_text",
    "pdf": "ingest.pdf",
    "docx": "ingest.word",
    "doc": "ingest.old_office.read_doc",
    "pptx": "ingest.slides",
    "ppt": "ingest.old_office.read_ppt",
    "xlsx": "ingest.sheets",
    "xls": "ingest.sheets.read_xls",
    "rtf": "ingest.rtf",
    "encrypted": "ingest.readers.locked",
    "odt": "ingest.opendocument",
    "ods": "ingest.opendocument",
    "odp": "ingest.opendocument",
    "image": "ingest.readers.picture",
    "html": "ingest.readers.html",
    "mhtml": "ingest.readers.mail.mhtml",
    "epub": "ingest.readers.epub",
    "eml": "ingest.readers.mail",
    "msg": "ingest.readers.mail.outlook",
    "calendar": "ingest.readers.mail.calendar",
    "csv": "ingest.readers.data.csv_rows",
    "json": "ingest.readers.data.json_values",
    "xml": "ingest.readers.data.xml_text",
    "zip": "ingest.readers.archive",
}
"""The module that reads a kind: it has `read(given: Given) -> Reading`, and is imported when the
first file of its kind comes."""

HEAD_BYTES = 4096  # of a file without a suffix, that are looked at
# What no text has in encodings of one byte; those that separate or strike over are in logs.
_BINARY = re.compile(rb"[\x00\x03-\x07\x0e-\x1a]")


def kind_of(name: str) -> str | None:
    """The kind that a name promises, or None for one that is not read.

    A name without a suffix may be that of a text.
    """
    if not has_suffix(name):
        return "text"
    return KINDS.get(_suffix(name))


def has_suffix(name: str) -> bool:
    """Whether a name says what kind of file it is of, also one that is hidden (".md")."""
    return bool(_suffix(name)) or PurePosixPath(name).name.startswith(".")


def begins_as_text(data: bytes) -> bool:
    """Whether a file whose name has no suffix begins like text; programs and pictures do not.

    What it begins with must be readable as a text, whose NULs stand before it or are of UTF-16.
    """
    head = data[:HEAD_BYTES]
    try:
        encoding = decode(head).encoding
    except ReadError as error:
        return error.reason == "empty" and bool(head) and b"\x00" not in head
    return "16" in encoding or "32" in encoding or not _BINARY.search(head.lstrip(b"\x00"))


def is_supported(name: str) -> bool:
    """Whether files of this name's kind are read."""
    return kind_of(name) is not None


def _suffix(name: str) -> str:
    # Dots and spaces at the end are slips of who named it; Windows drops them, too.
    return PurePosixPath(name.rstrip(" .")).suffix.lower()
