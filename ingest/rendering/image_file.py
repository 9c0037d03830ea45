"""A picture file, or a TIFF with its pages, as the reader of pictures sees it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from PIL import Image

from ingest.document import Box
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.marking import Piece, merged
from ingest.ocr import count_frames, dpi_of, frames, open_picture
from ingest.rendering.ink import Ink
from ingest.rendering.pictures import fitted


class ImageFile:
    """Pages of a picture. Raises ReadError (`damaged`, `too-large`) and MemoryError."""

    def __init__(self, data: bytes, _name: str, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self.pages = count_frames(open_picture(data, limits))
        self._frame: tuple[int, Image.Image, float] | None = None

    def drawn(self, page: int, width: int) -> Image.Image:
        """Draw a page, as the camera noted its way up."""
        return fitted(self._page(page)[0], width)

    def places(
        self, page: int, pieces: Sequence[Piece], size: tuple[float, float] | None
    ) -> list[Box]:
        """Return where pieces stand on a page, by the widths of their characters."""
        picture, dpi = self._page(page)
        wide, high = size or (picture.width * 72 / dpi, picture.height * 72 / dpi)
        ink = Ink(picture, (wide, high))
        boxes = [ink.fitted(p) for p in pieces if p.box]
        return [Box(b.left / wide, b.top / high, b.right / wide, b.bottom / high)
                for b in merged(boxes)]  # fmt: skip

    def search(self, pieces: Sequence[Piece], near: int) -> list[tuple[int, Box]]:
        """Return nothing: a picture's words are known by their places only."""
        return []

    def close(self) -> None:
        """Let go of it."""
        self._frame = None

    def _page(self, page: int) -> tuple[Image.Image, float]:
        if self._frame is None or self._frame[0] != page:
            opened = open_picture(self._data, self._limits)
            picture = next(islice(frames(opened, self._limits), page - 1, None), None)
            if not isinstance(picture, Image.Image):
                raise picture or ReadError("damaged", "this page of it is damaged", "broken-page")
            self._frame = (page, picture, dpi_of(opened))
        return self._frame[1:]
