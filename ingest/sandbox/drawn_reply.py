"""What a process says that draws a page or finds places on one, and how it is believed.

As with what is read (`ingest.sandbox.reply`), the file may have taken the process over.
"""

from __future__ import annotations

import base64
import binascii
import json
import logging
import math
import struct
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.document import Box
from ingest.errors import ReadError
from ingest.limits import MIB, Limits
from ingest.marking import LARGEST_SIDE, MOST_BYTES, Drawn, Mark
from ingest.reasons import REASONS
from ingest.sandbox.reply import LONGEST_TRACE, encode, one_line

log = logging.getLogger(__name__)

_PIECE = 512 * 1024  # bytes of a picture in one message: a third more in Base64
_MOST_MARKS = 20_000
_MARKS_FRAME = 2000
_LONGEST_LINE = 1000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # segments of a JPEG that tell its size


def drawn_messages(drawn: Drawn | int) -> Iterator[bytes]:
    """All that is said of a page that was drawn, or that it is none of so many."""
    if isinstance(drawn, int):
        yield encode({"pages": drawn})
        return
    for at in range(0, len(drawn.data), _PIECE):
        yield encode({"picture": base64.b64encode(drawn.data[at : at + _PIECE]).decode()})
    size = [drawn.width, drawn.height]
    yield encode({"drawn": drawn.mime, "size": size, "page": drawn.page, "pages": drawn.pages})


def marks_messages(marks: Sequence[Mark]) -> Iterator[bytes]:
    """All that is said of the places that were found."""
    marks = marks[:_MOST_MARKS]
    for at in range(0, len(marks) or 1, _MARKS_FRAME):
        yield encode({"marks": [[m.page, *m.box] for m in marks[at : at + _MARKS_FRAME]]})


class DrawnReply:
    """Collects and checks what is said of one page; what makes no sense is a damaged file."""

    pictures = done = total = 0  # it recognises no text, and tells of no progress

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = 3 * MOST_BYTES + 8 * MIB
        self._data: list[bytes] = []
        self._drawn: Drawn | int | None = None
        self._marks: list[Mark] | None = None
        self._error: ReadError | None = None
        self._trace = ""
        self.is_whole = False
        self.is_sound = False

    def drawn(self, name: str) -> Drawn | int:
        """Return the page, or how many there are. Raises the ReadError that was told of."""
        self._raise(name)
        if self._drawn is None:
            self.is_sound = False
            raise _unsound()
        return self._drawn

    def marks(self, name: str) -> list[Mark]:
        """Return the places. Raises the ReadError that was told of."""
        self._raise(name)
        if self._marks is None:
            self.is_sound = False
            raise _unsound()
        return self._marks

    def _raise(self, name: str) -> None:
        if self._trace:
            log.error("drawing %r failed:\n%s", name, self._trace)
        if self._error:
            raise self._error

    def add(self, frame: bytes) -> None:
        """Take the next message. Raises ReadError."""
        self._left -= len(frame)
        _need(self._left >= 0)
        try:
            said = json.loads(frame)
        except (ValueError, RecursionError) as error:
            raise _unsound() from error
        match said:
            case {"picture": str(piece)}:
                try:
                    self._data.append(base64.b64decode(piece, validate=True))
                except (binascii.Error, ValueError) as error:
                    raise _unsound() from error
            case {"drawn": str(mime), "size": [width, height], "page": page, "pages": pages}:
                self._drawn = self._page(mime, width, height, page, pages)
            case {"pages": pages}:
                self._drawn = self._number(pages)
            case {"marks": list(rows)}:
                self._marks = [*(self._marks or []), *map(self._mark, rows)]
                _need(len(self._marks) <= _MOST_MARKS)
            case {"reason": str(reason), "message": str(message)} if reason in REASONS:
                self._error = ReadError(reason, one_line(message[:_LONGEST_LINE]))
                self._trace = str(said.get("trace", ""))[:LONGEST_TRACE]
            case {"again": again}:
                self.is_whole, self.is_sound = True, again is True
            case _:
                raise _unsound()

    def _page(self, mime: str, width: Any, height: Any, page: Any, pages: Any) -> Drawn:
        data = b"".join(self._data)
        _need(0 < len(data) <= MOST_BYTES)
        for side in (width, height):
            _need(type(side) is int and 0 < side <= LARGEST_SIDE)
        size = _png_size(data) if mime == "image/png" else _jpeg_size(data)
        _need(mime in ("image/png", "image/jpeg") and size == (width, height))
        return Drawn(data, mime, width, height, self._number(page), self._number(pages))

    def _mark(self, row: Any) -> Mark:
        _need(isinstance(row, list) and len(row) == 5)
        page, *sides = row
        for side in sides:
            _need(type(side) in (int, float) and math.isfinite(side))
        left, top, right, bottom = (min(max(float(side), 0.0), 1.0) for side in sides)
        return Mark(self._number(page), Box(left, top, right, bottom))

    def _number(self, value: Any) -> int:
        _need(type(value) is int and 0 < value <= self._limits.max_pages)
        return int(value)


def _png_size(data: bytes) -> tuple[int, int] | None:
    """The size of a PNG by its header; None if it is none."""
    if len(data) < 24 or not data.startswith(_PNG) or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """The size of a JPEG by its segments; None if it is none."""
    at = 2
    while data.startswith(_JPEG) and at + 9 <= len(data) and data[at] == 0xFF:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if kind in _SIZES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + max(length, 2)
    return None


def _need(sound: bool) -> None:
    if not sound:
        raise _unsound()


def _unsound() -> ReadError:
    return ReadError("damaged", "its pages cannot be drawn; save it anew", "save-anew")
