"""Text of the pages and pictures of one file, for the readers of the other kinds."""

from __future__ import annotations

import hashlib
import re

from PIL import Image

from ingest.document import Given, Part
from ingest.errors import ReadError
from ingest.ocr.opening import dpi_of, frames, open_picture
from ingest.ocr.part import ocr_part
from ingest.ocr.recognise import recognise

_LEAST_SIDE = 40  # pixels: icons and rules have less
_LEAST_PIXELS = 12_000
_MOST = 200  # pictures of a file beside its pages
_LEAST_SURE = 0.6  # of what a picture says: drawings are read as letters, too
_LEAST_CHARACTERS = 2
_NO_MEMORY = re.compile(r"bad_?\s?alloc|Failed to allocate|Insufficient memory", re.IGNORECASE)


class Pictures:
    """Recognises the text of one file's scanned pages, and of pictures that lie in it.

    Example:
        pictures = Pictures(given)
        part = pictures.page(picture, dpi=150, number=3)     # a scanned page
        part = pictures.within(data)                         # a picture in a document
        warnings += pictures.warnings()
    """

    def __init__(self, given: Given) -> None:
        """`given.ocr` says whether anything is recognised."""
        self._given = given
        self._seen: set[bytes] = set()
        self._over = 0
        self._broken = 0

    @property
    def is_on(self) -> bool:
        """Whether text is to be recognised."""
        return self._given.ocr

    def page(self, picture: Image.Image, dpi: float, number: int | None) -> Part:
        """Return a page's text with boxes; "" if it has none.

        `picture` is the page as it is shown, `dpi` of its pixels are an inch. Call it if `is_on`.
        Raises ReadError (`too-large`, `internal`) and MemoryError.
        """
        self._given.recognising()
        size = (picture.width * 72 / dpi, picture.height * 72 / dpi)
        try:
            lines = recognise(picture, dpi, self._given.limits)
        except Exception as error:
            if _NO_MEMORY.search(str(error)):  # as onnxruntime and OpenCV say it, in their words
                raise MemoryError from error
            raise
        return ocr_part(lines, number, size)

    def within(self, data: bytes) -> Part | None:
        """Return what a picture in a document says, None if it says nothing.

        Icons, pictures that came before, those beyond the 200th and those that are broken give
        None, too. Raises ReadError (`internal`) and MemoryError.
        """
        digest = hashlib.sha256(data).digest()
        if not self.is_on or digest in self._seen:
            return None
        self._seen.add(digest)
        try:
            opened = open_picture(data, self._given.limits)
            if min(opened.size) < _LEAST_SIDE or opened.width * opened.height < _LEAST_PIXELS:
                return None
            if len(self._seen) > _MOST:
                self._over += 1
                return None
            picture = next(frames(opened, self._given.limits))
        except ReadError as error:
            picture = error
        if isinstance(picture, ReadError):
            self._broken += 1
            return None
        part = self.page(picture, dpi_of(opened), None)
        if sum(map(str.isalnum, part.text)) < _LEAST_CHARACTERS:
            return None
        return part if (part.confidence or 0.0) >= _LEAST_SURE else None

    def warnings(self) -> list[str]:
        """Return a line for each sort of picture that was left out."""
        said = []
        if self._over:
            said.append(f"{self._over} pictures after the first {_MOST} were not read")
        if self._broken:
            what = "picture" if self._broken == 1 else "pictures"
            said.append(f"{self._broken} {what} could not be opened")
        return said
