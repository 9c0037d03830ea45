"""Files of drawings: they hold lines and no pixels, so nothing is recognised in them."""

from __future__ import annotations

import re

_WINDOWS = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00\x00\x03", b"\x02\x00\x09\x00\x00\x03")
_EMF_MARK = 40  # where " EMF" stands
_SVG = re.compile(rb"<svg\b", re.IGNORECASE)
_HEAD = 2000  # bytes of an SVG before its first element


def is_drawing(data: bytes) -> bool:
    """Whether a picture is a drawing: EMF or WMF, which may be packed by gzip, or SVG."""
    is_emf = data[:4] == b"\x01\x00\x00\x00" and data[_EMF_MARK : _EMF_MARK + 4] == b" EMF"
    is_packed = data[:2] == b"\x1f\x8b"
    return is_emf or is_packed or data.startswith(_WINDOWS) or bool(_SVG.search(data[:_HEAD]))
