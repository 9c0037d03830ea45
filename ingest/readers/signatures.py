"""What kind of file bytes are, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from ingest.readers.kinds import begins_as_text, kind_of

_HEAD = 1024
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"II+\x00", "image"),
    (b"MM\x00+", "image"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The streams by which the kinds in Microsoft's compound files are told apart, in UTF-16.
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__properties_version1.0", "msg"),
)
_OFFICE = (("word/", "docx"), ("ppt/", "pptx"), ("xl/", "xlsx"))
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/epub+zip": "epub",
}
_NO_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
    ValueError,
)  # fmt: skip
_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--[^>]{0,500}-->\s*+)?<(?:!doctype\s+html|html|head|body|meta|style|table)\b",
    re.IGNORECASE,
)
_XML = re.compile(rb"\s*+<\?xml\s", re.IGNORECASE)
_MIME = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_MIME_FIRST = re.compile(
    rb"\s*+(?:[\w-]{1,60}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,10}+){0,20}?MIME-Version:",
    re.IGNORECASE,
)
# Kinds of text that only the name tells apart.
_TEXTS = frozenset(
    ("markdown", "text", "csv", "tsv", "html", "mhtml", "eml", "calendar", "json", "jsonl", "xml")
)


def kind_of_bytes(data: bytes, name: str) -> str | None:
    """Return the kind that bytes are, or "encrypted" for an Office file behind a password.

    Texts have no signature, so of them the name tells the kind. None for what is not read.
    """
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    promised = kind_of(name)
    if head.startswith(b"%PDF-") or (promised == "pdf" and b"%PDF-" in head):
        return "pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_OLE):
        return _compound(data)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (
        head[:2] == b"BM" and head[6:10] == b"\0\0\0\0"
    ):
        return "image"
    if picture := next((kind for mark, kind in _PICTURES if head.startswith(mark)), None):
        return picture
    if promised == "html" and _MIME_FIRST.match(head):
        return "mhtml"  # a page saved with its pictures, under the name of one without
    if promised in _TEXTS or promised is None:
        return promised
    # The name promises an Office file or a picture, and the bytes are none.
    if _MIME.search(head):
        return "mhtml"
    if _HTML.match(head):
        return "html"
    if _XML.match(head):
        return "xml"
    return "text" if promised != "pdf" and begins_as_text(data) else promised


def _compound(data: bytes) -> str | None:
    for stream, kind in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind
    return None


def _packed(data: bytes) -> str:
    """The kind of a ZIP archive: an Office file, a book, or just an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < _HEAD:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                if kind := _OPEN_DOCUMENT.get(said.removesuffix("-template")):
                    return kind
    except _NO_ARCHIVE:
        return "zip"
    if "[Content_Types].xml" in names:
        for folder, kind in _OFFICE:
            if any(name.startswith(folder) for name in names):
                return kind
    return "zip"
