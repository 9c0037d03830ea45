"""What kind of file bytes are, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from codecs import BOM_UTF8

import olefile

from ingest import zip_files
from ingest.encoding import is_pdf
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
# The streams at the root of Microsoft's compound files by which their kinds are told apart. Deeper
# ones are of files within: a mail has attachments, a workbook a letter.
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("__properties_version1.0", "msg"),
)
_BEFORE_2007 = frozenset(("doc", "ppt", "xls", "msg"))
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
_WHOLE_PAGE = re.compile(rb"\s*+<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_MIME = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_MIME_FIRST = re.compile(
    rb"\s*+(?:[\w-]{1,60}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,10}+){0,20}?MIME-Version:",
    re.IGNORECASE,
)
_RTF = re.compile(rb"(?:\xef\xbb\xbf)?\s*+\{\\rtf\d?+\s*+[\\{]")
_HEADS = 16_384  # bytes of a mail's head that are looked at
_HEAD_NAME = re.compile(rb"([A-Za-z][\w-]{0,60}):")
_SENT = frozenset((b"mime-version", b"message-id", b"received"))  # only programs write these
_SHEETS = frozenset(("xls", "xlsx", "ods"))
# Kinds of text that only the name tells apart.
_TEXTS = frozenset(
    ("markdown", "text", "csv", "tsv", "html", "mhtml", "eml", "calendar", "json", "jsonl", "xml")
)


def kind_of_bytes(data: bytes, name: str) -> str | None:
    """Return the kind that bytes are, or "encrypted" for an Office file behind a password.

    Texts have no signature, so of them the name tells the kind, but for pages and mails that are
    called `.txt` or the like. None for what is not read.
    """
    head = data[:_HEAD].removeprefix(BOM_UTF8)
    promised = kind_of(name)
    signed = _signed(head)
    if signed == "compound":
        return _compound(data, promised)
    if signed == "packed":
        return _packed(data)
    if signed and promised in _TEXTS and _only_tells_of(signed, data):
        signed = None
    if signed or (promised == "pdf" and b"%PDF-" in head):
        return signed or "pdf"
    if promised == "html" and _MIME_FIRST.match(head):
        return "mhtml"  # a page saved with its pictures, under the name of one without
    if promised in ("text", "csv") and _WHOLE_PAGE.match(head):
        return "html"
    if promised in ("text", "msg") and _is_mail(data):
        return "eml"
    if promised in _TEXTS or promised is None:
        return promised
    # The name promises an Office file or a picture, and the bytes are none.
    if _MIME.search(head):
        return "mhtml"
    if _HTML.match(head):
        return "html"
    if _XML.match(head):
        return "xml"
    if promised == "pdf" or not begins_as_text(data):
        return promised
    return "csv" if promised in _SHEETS else "text"  # rows of cells, as many programs give out


def begins_as_known(head: bytes) -> bool:
    """Whether a file whose name has no suffix begins like a kind that is read, or like a text."""
    return bool(_signed(head)) or begins_as_text(head)


def _signed(head: bytes) -> str | None:
    """What the first bytes say: a kind, or "compound" or "packed" for one of several."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_OLE):
        return "compound"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "packed"
    if (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (
        head[:2] == b"BM" and head[6:10] == b"\0\0\0\0"
    ):
        return "image"
    return next((kind for mark, kind in _PICTURES if head.startswith(mark)), None)


def _only_tells_of(kind: str, data: bytes) -> bool:
    """Whether a text begins with the mark of a kind, and does not go on as one."""
    if kind == "pdf":
        return not is_pdf(data.removeprefix(b"\xef\xbb\xbf"))
    if kind == "rtf":
        return not (_RTF.match(data) and data.rstrip(b"\x00 \r\n\t").endswith(b"}"))
    return begins_as_text(data)


def _is_mail(data: bytes) -> bool:
    """Whether a text begins with nothing but the head of a mail as programs send it."""
    names: set[bytes] = set()
    for line in data[:_HEADS].removeprefix(BOM_UTF8).lstrip().split(b"\n"):
        if not line.strip():
            break
        if line[:1] in b" \t":
            continue
        found = _HEAD_NAME.match(line)
        if not found:
            return False
        names.add(found[1].lower())
    return b"from" in names and bool(names & _SENT)


def _compound(data: bytes, promised: str | None) -> str | None:
    """The kind of a compound file; of a broken one what its name says, whose reader refuses it."""
    broken = promised if promised in _BEFORE_2007 else "doc"
    try:
        file = olefile.OleFileIO(io.BytesIO(data))
        found = next((kind for stream, kind in _STREAMS if file.exists(stream)), None)
    except MemoryError:
        raise
    except Exception:  # olefile has no errors of its own for many a broken file
        return broken
    return broken if found is None and file.parsing_issues else found


def _packed(data: bytes) -> str:
    """The kind of a ZIP archive: an Office file, a book, or just an archive."""
    try:
        with zip_files.opened(data) as archive:
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
