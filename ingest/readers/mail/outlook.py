"""Mail as Outlook saves it (.msg): properties in a compound file.

Read after MS-OXMSG, so that recipients, mails in mails and attachments are as in any other mail.
"""

from __future__ import annotations

import io
import struct
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.parser import HeaderParser
from typing import Any

import olefile

from ingest.document import Given, Reading
from ingest.errors import ReadError
from ingest.readers.charsets import text_or_nothing
from ingest.readers.html import decoded_html
from ingest.readers.mail.compressed_rtf import unpacked_rtf
from ingest.readers.mail.eml import letter_of, parsed
from ingest.readers.mail.fuller import says_less
from ingest.readers.mail.letter import Attachment, Body, Letter, address_line, day_and_time
from ingest.readers.mail.parts import head
from ingest.readers.mail.writing import reading_of

_CLASS = 0x001A
_SUBJECT, _TEXT, _HTML, _RTF = 0x0037, 0x1000, 0x1013, 0x1009
_HEADERS, _SENT, _DELIVERED, _MADE = 0x007D, 0x0039, 0x0E06, 0x3007
_SENDER_NAME, _SENDER_MAIL, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_FOR_NAME, _FOR_MAIL = 0x0042, 0x0065
_TO, _CC = 0x0E04, 0x0E03
_NAME, _MAIL, _SMTP, _ROLE = 0x3001, 0x3003, 0x39FE, 0x0C15
_LONG_FILE, _FILE, _DATA, _CONTENT_ID = 0x3707, 0x3704, 0x3701, 0x3712
_CODE_PAGE, _MESSAGE_CODE_PAGE = 0x3FDE, 0x3FFD
_ROOT_HEAD, _INNER_HEAD, _PART_HEAD = 32, 24, 8  # bytes before the list of properties
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_MOST = 2000  # recipients or attachments of one mail
_CODE_PAGES = {65001: "utf-8", 936: "gb18030", 54936: "gb18030", 950: "big5", 932: "cp932",
               949: "cp949", 20936: "gb18030", 28591: "cp1252", 20127: "cp1252"}  # fmt: skip
_BROKEN = (
    RecursionError,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    struct.error,
    TypeError,
    AttributeError,
)

_Path = tuple[str, ...]


def read(given: Given) -> Reading:
    """Read a mail of Outlook with what is attached.

    Raises ReadError (`damaged`, `encrypted`, `too-large`).
    """
    try:
        file = olefile.OleFileIO(io.BytesIO(given.data))
        letter = _Mail(file, given).letter((), _ROOT_HEAD, 0)
    except _BROKEN as error:
        raise ReadError(
            "damaged", "it is cut short or broken; save the mail anew", "broken-mail"
        ) from error
    return reading_of(letter, given)


class _Mail:
    """The storages of a compound file as mails."""

    def __init__(self, file: Any, given: Given) -> None:
        self._file = file
        self._given = given
        self._sizes: dict[_Path, int] = {}
        self._inside: dict[_Path, list[str]] = {}
        for path in file.listdir(streams=True, storages=True):
            self._inside.setdefault(tuple(path[:-1]), []).append(path[-1])

    def letter(self, at: _Path, head_bytes: int, depth: int) -> Letter:
        """Return the mail in a storage."""
        numbers = self._numbers(at, head_bytes)
        page = numbers.get(_CODE_PAGE) or numbers.get(_MESSAGE_CODE_PAGE) or 0
        self._page = _CODE_PAGES.get(page, f"cp{page}" if page else "")
        headers = HeaderParser().parsestr(self._text(at, _HEADERS)[:200_000])
        date = head(headers, "date")
        when = day_and_time(date) if date else None
        for known in (_SENT, _DELIVERED, _MADE):
            when = when or _time(numbers.get(known, 0))
        to, copies = self._recipients(at)
        sender = address_line(
            self._text(at, _SENDER_NAME) or self._text(at, _FOR_NAME),
            self._text(at, _SENDER_SMTP)
            or _smtp(self._text(at, _SENDER_MAIL))
            or _smtp(self._text(at, _FOR_MAIL)),
        )
        warnings: list[str] = []
        bodies = self._bodies(at)
        attachments = self._attachments(at, depth, warnings)
        if self._text(at, _CLASS).upper().startswith("IPM.NOTE.SMIME"):
            # All of it lies in one file, as it was sent.
            for file in [one for one in attachments if one.data]:
                attachments.remove(file)
                try:
                    signed = letter_of(_as_sent(file.data), self._given.limits.max_bytes)
                except ReadError as error:
                    if not depth and not bodies:
                        raise
                    warnings.append(f"{file.name} left out: {error}")
                    continue
                bodies = (*bodies, *signed.bodies)
                attachments += signed.attachments
                warnings += signed.warnings
        return Letter(
            subject=self._text(at, _SUBJECT),
            sender=sender or head(headers, "from"),
            to=to or self._text(at, _TO) or head(headers, "to"),
            copies=copies or self._text(at, _CC) or head(headers, "cc"),
            date=date,
            when=when,
            bodies=bodies,
            attachments=tuple(attachments),
            warnings=tuple(warnings),
        )

    def _bodies(self, at: _Path) -> tuple[Body, ...]:
        data = self._bytes(at, _HTML)
        try:
            html = decoded_html(data)[0] if data.strip() else self._text(at, _HTML)
        except ReadError:  # it is empty, or no text
            html = ""
        text = self._text(at, _TEXT)
        if html.strip() and not says_less(html, text):
            return (Body("html", html),)
        if text:
            return (Body("plain", text.replace("\r\n", "\n")),)
        if rtf := unpacked_rtf(self._bytes(at, _RTF), self._given.limits.max_bytes):
            return (Body("rtf", "", rtf),)
        return ()

    def _recipients(self, at: _Path) -> tuple[str, str]:
        """Return to whom a mail goes, and who gets a copy."""
        found: dict[int, list[str]] = {}
        for name in self._storages(at, "__recip_version1.0_"):
            here = (*at, name)
            address = self._text(here, _SMTP) or _smtp(self._text(here, _MAIL))
            line = address_line(self._text(here, _NAME), address)
            role = self._numbers(here, _PART_HEAD).get(_ROLE, 1)
            if line:
                found.setdefault(role, []).append(line)
        return "; ".join(found.get(1, ())), "; ".join(found.get(2, ()))

    def _attachments(self, at: _Path, depth: int, warnings: list[str]) -> list[Attachment]:
        found = []
        for storage in self._storages(at, "__attach_version1.0_"):
            here = (*at, storage)
            name = (
                self._text(here, _LONG_FILE) or self._text(here, _FILE) or self._text(here, _NAME)
            )
            name = name or "attachment"
            inner = (*here, f"__substg1.0_{_DATA:04X}000D")
            if inner in self._inside:
                if not any(child.startswith("__properties") for child in self._inside[inner]):
                    warnings.append(f"{name} left out: an object of another program")
                elif depth < self._given.limits.max_depth:
                    page = self._page
                    letter = self.letter(inner, _INNER_HEAD, depth + 1)
                    self._page = page
                    found.append(Attachment(name, letter=letter))
                else:
                    warnings.append(f"{name} left out: it lies too deep")
            elif data := self._bytes(here, _DATA):
                label = self._text(here, _CONTENT_ID).strip("<> ")
                found.append(Attachment(name, data, is_shown=bool(label), label=label))
        return found

    def _storages(self, at: _Path, prefix: str) -> list[str]:
        return sorted(name for name in self._inside.get(at, ()) if name.startswith(prefix))[:_MOST]

    def _text(self, at: _Path, property_: int) -> str:
        if data := self._stream(at, f"__substg1.0_{property_:04X}001F"):
            return data.decode("utf-16-le", "replace").rstrip("\x00").strip()
        data = self._stream(at, f"__substg1.0_{property_:04X}001E")
        return text_or_nothing(data.rstrip(b"\x00"), self._page).strip() if data else ""

    def _bytes(self, at: _Path, property_: int) -> bytes:
        return self._stream(at, f"__substg1.0_{property_:04X}0102")

    def _numbers(self, at: _Path, head_bytes: int) -> dict[int, int]:
        """Return the properties of a storage that are numbers or times."""
        data = self._stream(at, "__properties_version1.0")[head_bytes:]
        found = {}
        for place in range(0, len(data) - 15, 16):
            kind, property_, _, value = struct.unpack_from("<HHIQ", data, place)
            if kind in (0x0003, 0x000B, 0x0040):
                found[property_] = value if kind == 0x0040 else value & 0xFFFFFFFF
        return found

    def _stream(self, at: _Path, name: str) -> bytes:
        if name not in self._inside.get(at, ()):
            return b""
        path = [*at, name]
        size = self._file.get_size(path)
        if size > len(self._given.data):  # what it says of itself is wrong
            return b""
        self._sizes[(*at, name)] = size
        if sum(self._sizes.values()) > len(self._given.data):
            raise ReadError(
                "too-large", "its parts overlap, as in a bomb; save the mail anew", "overlap"
            )
        data = self._file.openstream(path).read()
        return data if isinstance(data, bytes) else b""


def _as_sent(data: bytes) -> Message:
    """Return what is signed or encrypted as a mail; of a mail that is signed openly, that."""
    if not data.startswith(b"0"):  # the first byte of every other one
        return parsed(data)
    sealed = Message()
    sealed["Content-Type"] = "application/pkcs7-mime"
    sealed["Content-Transfer-Encoding"] = "base64"
    sealed.set_payload(b64encode(data).decode())
    return sealed


def _smtp(address: str) -> str:
    """Return an address of the internet; those within Exchange say nothing to people."""
    return address if "@" in address else ""


def _time(ticks: int) -> datetime | None:
    """Return the time after so many tenths of a microsecond since 1601."""
    try:
        return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
    except OverflowError:
        return None
