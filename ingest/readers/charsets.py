"""Bytes as text in the encoding that a page or mail says it is in."""

from __future__ import annotations

import codecs

from ingest.encoding import decode
from ingest.errors import ReadError
from ingest.text import clean

# What pages and mails call by one name and programs read as another.
_MEANT = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
    "big5": "big5hkscs", "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "shift_jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254", "unicode": "utf-8", "utf8": "utf-8",
}  # fmt: skip
_NO_CHARSETS = frozenset(("idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7"))
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MOST_LOST = 0.001  # of the characters: with more, it is in another encoding than is said


def decoded_as(data: bytes, charset: str) -> tuple[str, list[str]]:
    """Return bytes as text, in the encoding that is said if they fit it; the list has warnings.

    Raises ReadError (`not-text`, `empty`).
    """
    if charset and not data.startswith(_MARKS):
        text = _as_said(data, charset.strip().lower())
        if text.strip() and text.count("\ufffd") <= _MOST_LOST * len(text):
            return clean(text), []
    decoded = decode(data)
    return decoded.text, list(decoded.warnings)


def text_or_nothing(data: bytes, charset: str) -> str:
    """Return bytes as text, "" if they are none."""
    try:
        return decoded_as(data, charset)[0]
    except ReadError:
        return ""


def _as_said(data: bytes, charset: str) -> str:
    try:
        codec = codecs.lookup(_MEANT.get(charset, charset))
        if codec.name.replace("_", "-") in _NO_CHARSETS:
            return ""
        return data.decode(codec.name, "replace")
    except (LookupError, ValueError):
        return ""
