"""Encodings that write other characters in plain ASCII: ISO 2022, HZ and UTF-7."""

import re
from typing import NamedTuple

from ingest.text import plausibility

# The escapes of Japanese, also of half-width kana and of the second set, and that of Korean.
_ISO_2022 = re.compile(rb"\x1b(?:\$(?:[@B]|\([CD]|\)C)|\(I)")
_KOREAN = b"\x1b$)C"
_JAPANESE_CODECS = ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2")
_HZ = re.compile(rb"~\{(?:[!-w][!-~]){2,200}+~\}")
_UTF_7 = re.compile(rb"(?<![\w+/])\+[A-Za-z0-9+/]{5,}+")
_LEAST = 4  # characters beyond ASCII that tell of HZ or UTF-7
_LIKELY = 0.7  # mean weight of those


class SevenBit(NamedTuple):
    """A text that was plain ASCII, and its encoding; `is_sure` where escapes say which."""

    text: str
    encoding: str
    is_sure: bool


def seven_bit(data: bytes) -> SevenBit | None:
    """Read plain ASCII as one of these encodings; None if it is none of them."""
    if not data.isascii():
        return None
    if _ISO_2022.search(data):
        return SevenBit(*_iso_2022(data), is_sure=True)
    for pattern, codec in ((_HZ, "hz"), (_UTF_7, "utf-7")):
        if pattern.search(data):
            text, _ = _read(data, codec)
            beyond = len(text) - len(text.encode("ascii", errors="ignore"))
            if beyond >= _LEAST and plausibility(text, ascii_counts=False) > _LIKELY:
                return SevenBit(text, codec, is_sure=False)
    return None


def iso_2022_lines(data: bytes) -> tuple[bytes, int]:
    """Return a text with its lines of ISO 2022 in UTF-8, and how many there were.

    A line of it is plain ASCII and begins and ends as such, whatever the others are.
    """
    if not _ISO_2022.search(data) or _KOREAN in data:
        return data, 0
    count, lines = 0, data.split(b"\n")
    for n, line in enumerate(lines):
        if line.isascii() and _ISO_2022.search(line):
            lines[n] = _iso_2022(line)[0].encode(errors="replace")
            count += 1
    return b"\n".join(lines), count


def _iso_2022(data: bytes) -> tuple[str, str]:
    codecs = ("iso2022_kr",) if _KOREAN in data else _JAPANESE_CODECS
    found = (_read(data, codec) for codec in codecs)
    either = next((pair for pair in found if pair[0]), None)
    return either or (data.decode(codecs[0], errors="replace"), codecs[0])


def _read(data: bytes, codec: str) -> tuple[str, str]:
    try:
        return data.decode(codec), codec
    except UnicodeDecodeError:
        return "", codec
