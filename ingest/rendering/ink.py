"""What is written on a picture of a page: a mark begins and ends between two words of it."""

from __future__ import annotations

from PIL import Image

from ingest.document import Box
from ingest.marking import Piece, clipped


class Ink:
    """A page as dark and light; `size` is that of the page in points."""

    def __init__(self, picture: Image.Image, size: tuple[float, float]) -> None:
        self._picture = picture
        self._size = size

    def fitted(self, piece: Piece) -> Box:
        """Return the piece of a line that is quoted, by the widths of its characters."""
        assert piece.box  # noqa: S101  # for mypy
        return clipped(piece.box, piece.text, piece.start, piece.end)
