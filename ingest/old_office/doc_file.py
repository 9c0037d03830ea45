"""A Word file from before 2007: its text, and the properties of its characters and paragraphs.

After [MS-DOC], Microsoft's description of the format. Places in the text are counted in characters
(`cp`), those in the file in bytes (`fc`).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.errors import ReadError
from ingest.office import Compound
from ingest.text import collapsed, subscript, superscript

_MAGIC, _OLD_MAGIC = 0xA5EC, 0xA5DC
_PAGE = 512  # bytes of a page of properties
_GONE = "\0"  # stands for a character that is hidden or deleted
_MARKS = "\r\x07\x0c"  # ends of paragraphs and cells, which stay
_HIDDEN, _DELETED, _SHIFTED = 0x083C, 0x0800, 0x2A48  # properties of characters
_COMMENTS, _AUTHORS, _ANCHORS, _BOXES = 0xBA, 0x1BA, 0x1DA, 0x25A  # of the header's entries
_MOST_AUTHORS = 10_000
_STORIES = ("text", "footnotes", "heads", "macros", "comments", "endnotes", "boxes", "head_boxes")


@dataclass(frozen=True)
class Properties:
    """The properties of a paragraph: its style, and what is set beside it, by code."""

    style: int = 0
    set: dict[int, bytes] = field(default_factory=dict)

    def flag(self, code: int) -> bool:
        """Whether a property that is on or off is on."""
        return self.set.get(code, b"\0")[:1] == b"\1"

    def number(self, code: int, default: int = 0) -> int:
        """Return a property that is a number."""
        raw = self.set.get(code)
        return int.from_bytes(raw[:2], "little") if raw else default


def is_locked(compound: Compound) -> bool:
    """Whether a file is behind a password."""
    data = compound.stream("WordDocument") or b""
    return _u16(data, 0) == _MAGIC and bool(_u16(data, 0x0A) & 0x0100)


class DocFile:
    """The parts of a file that are needed. Raises ReadError (`damaged`, `unsupported`)."""

    def __init__(self, compound: Compound) -> None:
        self._data = compound.stream("WordDocument") or b""
        if len(self._data) < 0x300:
            raise _damaged()
        magic, flags = _u16(self._data, 0), _u16(self._data, 0x0A)
        if magic == _OLD_MAGIC:
            message = "it was written by Word 95 or before; save it as DOCX"
            raise ReadError("unsupported", message)
        if magic != _MAGIC:
            raise _damaged()
        names = ("1Table", "0Table") if flags & 0x0200 else ("0Table", "1Table")
        self._table = compound.stream(*names) or b""
        counts = struct.unpack_from("<8i", self._data, 0x4C)
        self._spans: dict[str, tuple[int, int]] = {}
        at = 0
        for name, count in zip(_STORIES, counts, strict=True):
            self._spans[name] = at, at + max(0, count)
            at += max(0, count)
        self._pieces: list[tuple[int, int, int, int]] = []  # cp from, cp to, fc, bytes of each
        self.text = self._read_text()
        self._hide()
        self._paragraphs = sorted(self._paragraph_runs(), key=lambda run: run[0])
        self._starts = [run[0] for run in self._paragraphs]

    def table(self, place: int) -> bytes:
        """Return a structure of the table stream, by the place of its entry in the header."""
        begin, size = struct.unpack_from("<2I", self._data, place)
        return self._table[begin : begin + size] if size else b""

    def table_from(self, place: int) -> bytes:
        """Return the table stream from a structure on."""
        begin, size = struct.unpack_from("<2I", self._data, place)
        return self._table[begin:] if size else b""

    def span(self, story: str) -> tuple[int, int]:
        """Return from where to where a part of the text goes: "text", "footnotes", …"""
        begin, end = self._spans[story]
        return min(begin, len(self.text)), min(end, len(self.text))

    def properties(self, cp: int) -> Properties:
        """Return the properties of the paragraph that a character belongs to."""
        fc = self._fc(cp)
        at = bisect_right(self._starts, fc) - 1
        if fc < 0 or at < 0 or fc >= self._paragraphs[at][1]:
            return Properties()
        return self._paragraphs[at][2]

    def places(self, place: int, size: int) -> list[tuple[int, bytes]]:
        """Return a list of places with what belongs to each, of so many bytes."""
        data = self.table(place)
        count = (len(data) - 4) // (4 + size) if len(data) > 4 else 0
        begin = 4 * (count + 1)
        return [
            (_i32(data, 4 * n), data[begin + n * size : begin + (n + 1) * size])
            for n in range(count)
        ]

    def ends(self, place: int) -> list[int]:
        """Return the places of a list that has nothing but places."""
        data = self.table(place)
        return [_i32(data, n) for n in range(0, len(data) - 3, 4)]

    def authors(self) -> dict[int, str]:
        """Return who wrote the comments, by the place of each comment's mark."""
        data, at = self.table(_AUTHORS), 0
        names: list[str] = []
        while at + 2 <= len(data) and len(names) < _MOST_AUTHORS:
            size = 2 * _u16(data, at)
            names.append(collapsed(data[at + 2 : at + 2 + size].decode("utf-16-le", "replace")))
            at += 2 + size
        said = ((place, _u16(held, 20)) for place, held in self.places(_COMMENTS, 30))
        return {place: names[number] for place, number in said if number < len(names)}

    def boxes(self) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Give the anchors of text boxes, each with where the texts of its boxes begin and end."""
        begin, end = self.span("boxes")
        texts: dict[bytes, list[tuple[int, int]]] = {}
        starts = self.ends_of(_BOXES, 22)
        for n, (start, held) in enumerate(self.places(_BOXES, 22)):
            stop = starts[n + 1] if n + 1 < len(starts) else start
            span = begin + max(0, start), min(begin + max(0, stop), end)
            if span[0] < span[1]:
                texts.setdefault(held[14:18], []).append(span)
        for place, held in self.places(_ANCHORS, 26):
            if found := texts.pop(held[:4], None):
                yield place, found

    def ends_of(self, place: int, size: int) -> list[int]:
        """Return the places of a list, with the end of the last."""
        data = self.table(place)
        count = (len(data) - 4) // (4 + size) if len(data) > 4 else -1
        return [_i32(data, 4 * n) for n in range(count + 1)]

    def _read_text(self) -> str:
        clx = self.table(0x1A2)
        at = 0
        while at + 3 <= len(clx) and clx[at] == 1:
            at += 3 + _u16(clx, at + 1)
        if at + 5 > len(clx) or clx[at] != 2:
            raise _damaged()
        table = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
        count = (len(table) - 4) // 12
        texts = []
        for n in range(count):
            begin, end = _i32(table, 4 * n), _i32(table, 4 * n + 4)
            raw = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * n + 2)[0]
            wide = 1 if raw & 0x40000000 else 2
            fc = (raw & 0x3FFFFFFF) // (2 if wide == 1 else 1)
            if not 0 <= end - begin <= len(self._data):
                raise _damaged()
            data = self._data[fc : fc + (end - begin) * wide]
            text = data.decode("cp1252" if wide == 1 else "utf-16-le", "replace")
            texts.append(_level(text, end - begin))
            self._pieces.append((begin, end, fc, wide))
        return "".join(texts)

    def _fc(self, cp: int) -> int:
        at = bisect_right(self._pieces, cp, key=lambda piece: piece[0]) - 1
        if at < 0 or cp >= self._pieces[at][1]:
            return -1
        begin, _, fc, wide = self._pieces[at]
        return fc + (cp - begin) * wide

    def _hide(self) -> None:
        """Take hidden and deleted characters out; write raised figures as such."""
        signs = list(self.text)
        for begin, end, set_ in self._character_runs():
            gone = set_.get(_HIDDEN, b"\0")[0] & 1 or set_.get(_DELETED, b"\0")[0] & 1
            shifted = set_.get(_SHIFTED, b"\0")[0]
            if not gone and shifted not in (1, 2):
                continue
            change = superscript if shifted == 1 else subscript
            for first, last, fc, wide in self._pieces:
                start = max(first, first + (begin - fc) // wide)
                stop = min(last, first + (end - fc + wide - 1) // wide)
                for cp in range(start, stop):
                    if gone and signs[cp] not in _MARKS:
                        signs[cp] = _GONE
                    elif not gone:
                        signs[cp] = change(signs[cp])
        self.text = "".join(signs)

    def _character_runs(self) -> Iterator[tuple[int, int, dict[int, bytes]]]:
        for page, count, begins in self._pages(0xFA, 1):
            for n in range(count):
                at = page[4 * (count + 1) + n] * 2
                if at:
                    yield begins[n], begins[n + 1], modifiers(page[at + 1 : at + 1 + page[at]])

    def _paragraph_runs(self) -> Iterator[tuple[int, int, Properties]]:
        for page, count, begins in self._pages(0x102, 13):
            for n in range(count):
                at = page[4 * (count + 1) + 13 * n] * 2
                if not at or at + 2 > len(page):
                    continue
                size, start = page[at] * 2 - 1, at + 1
                if not page[at]:
                    size, start = page[at + 1] * 2, at + 2
                held = page[start : start + max(0, size)]
                if len(held) >= 2:
                    found = Properties(_u16(held, 0), modifiers(held[2:]))
                    yield begins[n], begins[n + 1], found

    def _pages(self, place: int, size: int) -> Iterator[tuple[bytes, int, list[int]]]:
        """The pages that hold properties, how many runs each has, and where these begin."""
        for _, raw in self.places(place, 4):
            begin = (struct.unpack("<I", raw)[0] & 0x3FFFFF) * _PAGE if len(raw) == 4 else 0
            page = self._data[begin : begin + _PAGE]
            if len(page) == _PAGE and page[-1] * (4 + size) + 4 < _PAGE:
                count = page[-1]
                yield page, count, list(struct.unpack_from(f"<{count + 1}I", page, 0))


def modifiers(data: bytes) -> dict[int, bytes]:
    """Return properties by their codes (`sprm`)."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 3 <= len(data):
        code = _u16(data, at)
        at += 2
        if code == 0xD608:  # the shape of a table's row: two bytes of length, one too many
            size = 2 + max(0, _u16(data, at) - 1) if at + 2 <= len(data) else 2
        else:
            size = (1, 1, 2, 4, 2, 2, 1 + data[at], 3)[code >> 13]
        if at + size <= len(data):
            found[code] = data[at : at + size]
        at += size
    return found


def _level(text: str, count: int) -> str:
    """A text with one sign for each character of the file, also for those of two."""
    if len(text) == count:
        return text
    signs = [text[n : n + 1] for n in range(len(text))]
    whole = "".join(sign if ord(sign) < 0x10000 else sign + _GONE for sign in signs)
    return whole[:count].ljust(count, _GONE)


def _u16(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")


def _i32(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little", signed=True)


def _damaged() -> ReadError:
    return ReadError(
        "damaged", "its text cannot be read; open it in Word and save it as DOCX", "save-docx"
    )
