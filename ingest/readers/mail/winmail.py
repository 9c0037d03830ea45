"""What Outlook packs into a mail as winmail.dat (TNEF): its text and its attachments.

After [MS-OXTNEF], Microsoft's description of the format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ingest.readers.charsets import text_or_nothing
from ingest.readers.mail.compressed_rtf import unpacked_rtf
from ingest.readers.mail.fuller import says_less
from ingest.readers.mail.letter import Attachment, Body

SIGNATURE = b"\x78\x9f\x3e\x22"
_BODY, _CODE_PAGE, _PROPERTIES = 0x800C, 0x9007, 0x9003
_BEGINS, _TITLE, _DATA, _PART = 0x9002, 0x8010, 0x800F, 0x9005
_HTML, _RTF, _TEXT, _LONG_NAME = 0x1013, 0x1009, 0x1000, 0x3707
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = (0x1E, 0x1F, 0xD, 0x102)
_MANY = 0x1000  # the bit of a property that has several values
_MOST = 5000  # properties, or values of one
_PAGES = {936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949", 65001: "utf-8"}


def unpacked(data: bytes, most: int) -> tuple[list[Body], list[Attachment]]:
    """Return the texts and the files in winmail.dat, as far as they are whole.

    `most` is how many bytes a text may have once it is unpacked.
    """
    page = ""
    plain = ""
    properties: dict[int, bytes] = {}
    files: list[dict[str, bytes]] = []
    for attribute, held in _attributes(data):
        if attribute == _CODE_PAGE and len(held) >= 4:
            number = struct.unpack_from("<I", held)[0]
            page = _PAGES.get(number, f"cp{number}")
        elif attribute == _BODY:
            plain = text_or_nothing(held.rstrip(b"\0"), page)
        elif attribute == _PROPERTIES:
            properties = dict(_properties(held))
        elif attribute == _BEGINS:
            files.append({})
        elif attribute == _TITLE and files:
            files[-1].setdefault("name", held.rstrip(b"\0"))
        elif attribute == _DATA and files:
            files[-1]["data"] = held
        elif attribute == _PART and files:
            known = dict(_properties(held))
            files[-1] |= {"long": known[_LONG_NAME]} if _LONG_NAME in known else {}
    attachments = [
        Attachment(_name(file, page), file["data"]) for file in files if file.get("data")
    ]
    return list(_bodies(properties, plain, page, most)), attachments


def _bodies(properties: dict[int, bytes], plain: str, page: str, most: int) -> Iterator[Body]:
    html = text_or_nothing(properties.get(_HTML, b"").rstrip(b"\0"), page)
    if html.strip() and not says_less(html, plain):
        yield Body("html", html)
    elif rtf := unpacked_rtf(properties.get(_RTF, b""), most):
        yield Body("rtf", "", rtf)
    elif said := plain or _wide(properties.get(_TEXT, b""), page):
        yield Body("plain", said.replace("\r\n", "\n"))


def _name(file: dict[str, bytes], page: str) -> str:
    if "long" in file:
        return _wide(file["long"], page)
    return text_or_nothing(file.get("name", b""), page) or "attachment"


def _wide(data: bytes, page: str) -> str:
    """A string of a property: of two bytes a sign, or of the code page."""
    if data[1:2] == b"\0" or data[-2:] == b"\0\0":
        return data.decode("utf-16-le", "replace").rstrip("\0")
    return text_or_nothing(data.rstrip(b"\0"), page)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The attributes with what they hold."""
    at = 6 if data.startswith(SIGNATURE) else len(data)
    while at + 9 <= len(data):
        _, attribute, _, size = struct.unpack_from("<BHHI", data, at)
        at += 9
        if at + size > len(data):
            return
        yield attribute, data[at : at + size]
        at += size + 2


def _properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties with their first values, as far as they are whole."""
    try:
        count, at = min(_MOST, struct.unpack_from("<I", data)[0]), 4
        for _ in range(count):
            kind, number = struct.unpack_from("<HH", data, at)
            at += 4
            if number >= 0x8000:  # it has a name
                is_text = struct.unpack_from("<I", data, at + 16)[0] == 1
                at += 20
                at += 4 + (_padded(data, at) if is_text else 0)
            values = 1
            if kind & _MANY or kind in _VARIABLE:
                values = struct.unpack_from("<I", data, at)[0]
                at += 4
            first = None
            for _ in range(values):
                if at >= len(data):
                    return
                if kind & ~_MANY in _VARIABLE:
                    size = struct.unpack_from("<I", data, at)[0]
                    value = data[at + 4 : at + 4 + size]
                    at += 4 + _padded(data, at)
                else:
                    size = _SIZES[kind & ~_MANY]
                    value = data[at : at + size]
                    at += size
                first = value if first is None else first
            if first is not None:
                yield number, first
    except (struct.error, KeyError):
        return


def _padded(data: bytes, at: int) -> int:
    """The bytes of a string whose length stands here, filled up to four."""
    return -(-int(struct.unpack_from("<I", data, at)[0]) // 4) * 4
