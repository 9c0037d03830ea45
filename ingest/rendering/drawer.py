"""Draws pages and finds places on them; keeps the last file open, as people turn its pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PIL import Image

from ingest.document import Box
from ingest.errors import ReadError, os_error
from ingest.limits import Limits, too_large
from ingest.marking import Drawn, DrawRequest, LocateRequest, Mark, Piece
from ingest.rendering.image_file import ImageFile
from ingest.rendering.pdf_file import PdfFile
from ingest.rendering.pictures import encoded, marked

_PDF = b"%PDF-"
_HEAD = 1024  # bytes in which a PDF says that it is one


class PagesFile(Protocol):
    """A file whose pages can be drawn."""

    @property
    def pages(self) -> int:
        """How many it has."""
        ...

    def drawn(self, page: int, width: int) -> Image.Image:
        """Draw a page, from 1."""
        ...

    def places(
        self, page: int, pieces: Sequence[Piece], size: tuple[float, float] | None
    ) -> list[Box]:
        """Return where pieces stand on a page, in fractions of it."""
        ...

    def search(self, pieces: Sequence[Piece], near: int) -> list[tuple[int, Box]]:
        """Return where words stand of which no place is known."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Drawer:
    """Draws pages of one file after the other.

    Its methods raise ReadError (`encrypted`, `damaged`, `too-large`, `vanished`) and MemoryError.
    """

    def __init__(self) -> None:
        self._key: tuple[str, int] | None = None
        self._file: PagesFile | None = None

    def draw(self, request: DrawRequest) -> Drawn | int:
        """Return a page; how many pages there are, if it is none of them."""
        file = self._opened(request.path, request.name, request.limits)
        if not 1 <= request.page <= file.pages:
            return file.pages
        picture = marked(file.drawn(request.page, request.width), request.marks)
        data, mime = encoded(picture)
        return Drawn(data, mime, picture.width, picture.height, request.page, file.pages)

    def locate(self, request: LocateRequest) -> list[Mark]:
        """Return where the pieces stand, page by page."""
        file = self._opened(request.path, request.name, request.limits)
        sizes = {page: (width, height) for page, width, height in request.sizes}
        by_page: dict[int, list[Piece]] = {}
        unplaced: dict[int, list[Piece]] = {}
        for page, piece in request.pieces:
            (by_page if piece.box else unplaced).setdefault(page, []).append(piece)
        found = [
            Mark(page, box)
            for page, pieces in by_page.items()
            if 1 <= page <= file.pages
            for box in file.places(page, pieces, sizes.get(page))
        ]
        for page, pieces in unplaced.items():
            found += [Mark(at, box) for at, box in file.search(pieces, page)]
        return sorted(found, key=lambda mark: mark.page)

    def close(self) -> None:
        """Let go of the file that was opened last."""
        if self._file is not None:
            self._file.close()
        self._key = self._file = None

    def _opened(self, path: str, name: str, limits: Limits) -> PagesFile:
        try:
            state = Path(path).stat()
            key = (path, state.st_mtime_ns)
            if self._file is not None and key == self._key:
                return self._file
            self.close()
            if state.st_size > limits.max_bytes:
                raise too_large(limits)
            data = Path(path).read_bytes()
        except OSError as error:
            raise os_error(error) from error
        if not data:
            raise ReadError("empty", "the file is empty")
        kind = PdfFile if _PDF in data[:_HEAD] else ImageFile
        self._file, self._key = kind(data, name, limits), key
        return self._file
