"""RTF as mails of Outlook keep it: compressed after MS-OXRTFCP."""

from __future__ import annotations

import struct

_COMPRESSED, _PLAIN = b"LZFu", b"MELA"
_HEAD = 16  # bytes: sizes, kind, checksum
_WINDOW = 4096
# What the window holds before anything is unpacked, as the format has it.
_BEFORE = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def unpacked_rtf(data: bytes, most: int) -> bytes:
    """Return the RTF in a property of a mail, of at most so many bytes; b"" if it is none."""
    if len(data) < _HEAD:
        return b""
    kind = data[8:12]
    if kind == _PLAIN:
        (size,) = struct.unpack_from("<I", data, 4)
        return data[_HEAD : _HEAD + min(size, most)]
    if kind != _COMPRESSED:
        return b""
    window = bytearray(_BEFORE.ljust(_WINDOW, b"\x00"))
    at, written = _HEAD, len(_BEFORE)
    shown = bytearray()
    while at < len(data) and len(shown) < most:
        flags = data[at]
        at += 1
        for bit in range(8):
            if flags >> bit & 1:
                if at + 2 > len(data):
                    return bytes(shown)
                token = data[at] << 8 | data[at + 1]
                at += 2
                place, length = token >> 4, (token & 15) + 2
                if place == written % _WINDOW:  # the end
                    return bytes(shown)
                for step in range(length):
                    byte = window[(place + step) % _WINDOW]
                    window[written % _WINDOW] = byte
                    shown.append(byte)
                    written += 1
            elif at < len(data):
                window[written % _WINDOW] = data[at]
                shown.append(data[at])
                written += 1
                at += 1
    return bytes(shown)
