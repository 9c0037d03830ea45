"""The records of a PowerPoint file from before 2007, and the slides among them.

After [MS-PPT] and [MS-ODRAW], Microsoft's descriptions of the format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_DEEPEST = 40
_MOST_EDITS = 1000  # times that a file was saved without being written anew

DOCUMENT, SLIDE, NOTES, LIST, PERSIST = 0x03E8, 0x03EE, 0x03F0, 0x0FF0, 0x03F3
NOTES_ATOM, SLIDE_INFO = 0x03F1, 0x03F9
TEXT_HEADER, TEXT_WIDE, TEXT_NARROW, TEXT_STYLE, OUTLINE_TEXT = (
    0x0F9F,
    0x0FA0,
    0x0FA8,
    0x0FA1,
    0x0F9E,
)
TAGS, TAG_DATA, NUMBERS = 0x1388, 0x138B, 0x0FAC  # what PowerPoint 2000 and later add
PLACEHOLDER, COMMENT, CSTRING = 0x0BC3, 0x2EE0, 0x0FBA
GROUP, SHAPE, TEXT_BOX, CLIENT_ANCHOR, CHILD_ANCHOR = 0xF003, 0xF004, 0xF00D, 0xF010, 0xF00F
MORE_OPTIONS, PICTURE_OPTIONS = 0xF122, 0xF00B
_EDIT, _DIRECTORY = 0x0FF5, 0x1772


@dataclass(frozen=True)
class Record:
    """A record: its kind, its instance (a number with a meaning by kind), what it holds."""

    kind: int
    instance: int
    is_container: bool
    data: bytes

    def inner(self) -> Iterator[Record]:
        """Give the records in a container."""
        yield from records(self.data) if self.is_container or self.kind == TAG_DATA else ()

    def first(self, *path: int) -> Record | None:
        """Return the first record by a path of kinds."""
        found: Record | None = self
        for kind in path:
            if found is None:
                return None
            found = next((one for one in found.inner() if one.kind == kind), None)
        return found

    def every(self, *kinds: int, depth: int = 0) -> Iterator[Record]:
        """Give the records of some kinds anywhere below, in order."""
        for one in self.inner() if depth < _DEEPEST else ():
            if one.kind in kinds:
                yield one
            yield from one.every(*kinds, depth=depth + 1)


def records(data: bytes, at: int = 0) -> Iterator[Record]:
    """Give the records from a place on, as far as they are whole."""
    while at + 8 <= len(data):
        head, kind, size = struct.unpack_from("<HHI", data, at)
        if at + 8 + size > len(data):
            return
        yield Record(kind, head >> 4, head & 0xF == 0xF, data[at + 8 : at + 8 + size])
        at += 8 + size


class Persisted:
    """The objects of a file by their numbers, each as it was saved last."""

    def __init__(self, data: bytes, newest_edit: int) -> None:
        self._data = data
        self._places: dict[int, int] = {}
        self.document = 0  # its number
        at = newest_edit
        for _ in range(_MOST_EDITS):
            edit = next(records(data, at), None)
            if edit is None or edit.kind != _EDIT or len(edit.data) < 20:
                break
            before, directory, document = struct.unpack_from("<3I", edit.data, 8)
            self.document = self.document or document
            self._read(next(records(data, directory), None))
            if not before or before >= at:
                break
            at = before

    def get(self, number: int) -> Record | None:
        """Return an object, None if it is not there."""
        at = self._places.get(number)
        return None if at is None else next(records(self._data, at), None)

    def __len__(self) -> int:
        return len(self._places)

    def _read(self, directory: Record | None) -> None:
        if directory is None or directory.kind != _DIRECTORY:
            return
        data, at = directory.data, 0
        while at + 4 <= len(data):
            entry = struct.unpack_from("<I", data, at)[0]
            first, count = entry & 0xFFFFF, entry >> 20
            at += 4
            for n in range(count):
                if at + 4 > len(data):
                    return
                self._places.setdefault(first + n, struct.unpack_from("<I", data, at)[0])
                at += 4
