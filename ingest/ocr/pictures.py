"""Text of the pages and pictures of one file, for the readers of the other kinds."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import Image

from ingest.document import Given, Part
from ingest.errors import ReadError
from ingest.ocr.drawing_files import is_drawing
from ingest.ocr.opening import dpi_of, frames, open_picture
from ingest.ocr.part import ocr_part
from ingest.ocr.recognise import recognise
from ingest.ocr.recognised_line import RecognisedLine
from ingest.ocr.sense import sensible

_LEAST_SIDE = 40  # pixels: icons and rules have less
_LEAST_PIXELS = 12_000
# Of a file and the files in it, beside its pages: then it has cost enough.
_MOST, _MOST_SECONDS = 300, 600.0
_REPEATED = 2.0  # times that a table with merged cells says what it says
_NO_MEMORY = re.compile(r"bad_?\s?alloc|Failed to allocate|Insufficient memory", re.IGNORECASE)


class Pictures:
    """Recognises the text of one file's scanned pages, and of pictures that lie in it.

    Example:
        pictures = Pictures(given)
        part = pictures.page(picture, dpi=150, number=3)     # a scanned page
        part = pictures.within(data)                         # a picture in a document
        warnings += pictures.warnings()
    """

    def __init__(self, given: Given, clock: Callable[[], float] = time.monotonic) -> None:
        """`given.ocr` says whether anything is recognised; `clock` tells seconds."""
        self._given = given
        self._clock = clock
        self._seen: set[bytes] = set()
        self._said: set[str] = set()
        self._over = 0
        self._broken = 0
        self._drawings = 0

    @property
    def is_on(self) -> bool:
        """Whether text is to be recognised."""
        return self._given.ocr

    def page(self, picture: Image.Image, dpi: float, number: int | None) -> Part:
        """Return a page's text with boxes; "" if it has none.

        `picture` is the page as it is shown, `dpi` of its pixels are an inch. Call it if `is_on`.
        Raises ReadError (`too-large`, `internal`) and MemoryError.
        """
        return ocr_part(self._lines(picture, dpi), number, _points(picture, dpi))

    def within(self, data: bytes) -> Part | None:
        """Return what a picture in a document says, None if it says nothing.

        Icons, pictures that came before, those beyond what a file may cost and those that are
        broken give None, too. Raises ReadError (`internal`) and MemoryError.
        """
        if not self.is_on or self._is_known(hashlib.sha256(data).digest()):
            return None
        if is_drawing(data):
            self._drawings += 1
            return None
        try:
            opened = open_picture(data, self._given.limits)
            if not _is_large(opened):
                return None
            picture = next(frames(opened, self._given.limits))
        except ReadError as error:
            picture = error
        if isinstance(picture, ReadError):
            self._broken += 1
            return None
        return self._within(picture, dpi_of(opened))

    def within_page(self, picture: Image.Image, dpi: float) -> Part | None:
        """Return what a picture on a page says, as `within` does."""
        if not self.is_on or not _is_large(picture):
            return None
        if self._is_known(hashlib.sha256(picture.tobytes()).digest()):
            return None
        return self._within(picture, dpi)

    def warnings(self) -> list[str]:
        """Return a line for each sort of picture that was left out."""
        said = []
        if self._over:
            said.append(f"{_count(self._over, 'more picture')} not read: there are too many")
        if self._broken:
            said.append(f"{_count(self._broken, 'picture')} could not be opened")
        if self._drawings:
            said.append(f"{_count(self._drawings, 'drawing')} (EMF, WMF, SVG) not read")
        return said

    def _is_known(self, digest: bytes) -> bool:
        known = digest in self._seen
        self._seen.add(digest)
        return known

    def _within(self, picture: Image.Image, dpi: float) -> Part | None:
        cost = self._given.unpacked
        if cost.pictures >= _MOST or cost.seconds >= _MOST_SECONDS:
            self._over += 1
            return None
        cost.pictures += 1
        began = self._clock()
        lines = sensible(self._lines(picture, dpi))
        cost.seconds += self._clock() - began
        part = _without_grids(lines, _points(picture, dpi))
        is_new = part.text not in self._said  # a logo, of another size or cut out of another page
        self._said.add(part.text)
        return part if lines and is_new else None

    def _lines(self, picture: Image.Image, dpi: float) -> list[RecognisedLine]:
        self._given.recognising()
        try:
            return recognise(picture, dpi, self._given.limits)
        except Exception as error:
            if _NO_MEMORY.search(str(error)):  # as onnxruntime and OpenCV say it, in their words
                raise MemoryError from error
            raise


def _without_grids(lines: Sequence[RecognisedLine], size: tuple[float, float]) -> Part:
    """Return the lines as a part; a chart's grid is no table, whose labels would fill its cells."""
    part = ocr_part(lines, None, size)
    told, written = (sum(map(str.isalnum, text)) for text in (_joined(lines), part.text))
    if written <= _REPEATED * told:
        return part
    return ocr_part([replace(line, cell=None) for line in lines], None, size)


def _joined(lines: Sequence[RecognisedLine]) -> str:
    return "".join(line.text for line in lines)


def _is_large(picture: Image.Image) -> bool:
    return min(picture.size) >= _LEAST_SIDE and picture.width * picture.height >= _LEAST_PIXELS


def _points(picture: Image.Image, dpi: float) -> tuple[float, float]:
    return picture.width * 72 / dpi, picture.height * 72 / dpi


def _count(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
