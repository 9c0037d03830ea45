"""What the parts of a mail say of themselves, as one reads it."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from ingest.readers.charsets import text_or_nothing

_LONGEST_HEAD = 20_000  # characters that are decoded
_SEVEN_BIT = ("iso-2022", "hz", "utf-7")  # encodings that write other letters in ASCII
_FOLD = re.compile(r"[\r\n]+[ \t]*+")


def head(message: Message, name: str) -> str:
    """Return a line of a mail's head as one reads it, "" if it is not there."""
    for key, value in message.raw_items():
        if key.lower() == name:
            return readable(str(value)[:_LONGEST_HEAD])
    return ""


def readable(written: str) -> str:
    """Return a head's value without its folds and encoded words (`=?gb2312?B?…?=`)."""
    written = _FOLD.sub(" ", written)
    if not written.isascii():  # bytes as they are, against the rules
        data = written.encode("utf-8", "surrogateescape")
        written = text_or_nothing(data, "") or written.encode("ascii", "replace").decode()
    try:
        pieces = decode_header(written)
    except (HeaderParseError, ValueError):
        return written.strip()
    said: list[str] = []
    runs: list[tuple[bytes, str]] = []  # neighbours in one encoding may share a character
    for piece, charset in pieces:
        data = piece if isinstance(piece, bytes) else piece.encode("utf-8", "replace")
        name = charset or ("utf-8" if isinstance(piece, str) else "")
        if runs and runs[-1][1] == name:
            runs[-1] = (runs[-1][0] + data, name)
        else:
            runs.append((data, name))
    for data, name in runs:
        plain = data.decode("utf-8", "replace")
        is_plain = data.isascii() and not name.lower().startswith(_SEVEN_BIT)
        said.append(text_or_nothing(data, name) if name and not is_plain else plain)
    return " ".join("".join(said).split())


def parts_of(part: Message) -> list[Message]:
    """Return the parts that stand in one directly."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def held_bytes(part: Message) -> bytes:
    """Return what a part holds, b"" if it is broken."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def charset_of(part: Message) -> str:
    """Return the encoding that a part tells, or ""."""
    try:
        return str(part.get_content_charset("") or "")
    except (ValueError, LookupError):
        return ""


def file_name_of(part: Message) -> str:
    """Return the name of the file that a part is, or ""."""
    try:
        return readable(part.get_filename("") or "")
    except (ValueError, LookupError, TypeError):
        return ""
