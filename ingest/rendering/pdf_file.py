"""A PDF whose pages are drawn; words are found by the places of its characters."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

import pypdfium2
from PIL import Image

from ingest.document import Box, Given
from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.marking import Letters, Piece, aligned, find_quote, merged, outside
from ingest.pdf import Characters, open_pdf, page_characters
from ingest.rendering.ink import Ink
from ingest.rendering.pictures import scale_for

_SPARE = 1.0  # points around a line's box, in which the middle of its characters lies
_INK_WIDTH = 1400  # pixels of a page whose words are known by their looks
_KEPT = 8  # pages whose characters are kept
_FAR = 200.0  # points from a row to the cell that is merged over it, or to the caption
_MOST_PLACES = 100
_AROUND = 1  # pages before and after the one where a quote is looked for first


class PdfFile:
    """Pages of a PDF. Raises ReadError (`encrypted`, `damaged`, `too-large`) and MemoryError."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._document = open_pdf(Given(data, name, limits))
        self.pages = len(self._document)
        with contextlib.suppress(pypdfium2.PdfiumError):
            self._document.init_forms()
        self._characters: dict[int, Characters] = {}

    def drawn(self, page: int, width: int) -> Image.Image:
        """Draw a page as it is shown, with its forms filled in."""
        loaded = self._page(page)
        try:
            across, down = loaded.get_size()
            if not (across > 0 and down > 0):
                raise ReadError("damaged", "this page has no size", "broken-page")
            bitmap = loaded.render(scale=scale_for(across, down, width), may_draw_forms=True)
            picture: Image.Image = bitmap.to_pil().convert("RGB")
            return picture
        except pypdfium2.PdfiumError as error:
            raise ReadError("damaged", "this page cannot be drawn", "broken-page") from error
        finally:
            loaded.close()

    def places(
        self, page: int, pieces: Sequence[Piece], size: tuple[float, float] | None
    ) -> list[Box]:
        """Return where pieces stand: by the file's characters, else by the look of the page."""
        found = self._of(page)
        wide, high = size or found.size
        if not (wide > 0 and high > 0):
            return []
        boxes: list[Box] = []
        ink: Ink | None = None
        for piece in pieces:
            own = _by_characters(piece, found)
            if own is None:
                ink = ink or Ink(self.drawn(page, _INK_WIDTH), (wide, high))
                own = [ink.fitted(piece)]
            boxes += own
        return [_fraction(box, wide, high) for box in merged(boxes)]

    def search(self, pieces: Sequence[Piece], near: int) -> list[tuple[int, Box]]:
        """Return where words stand of which no place is known, on the page nearest to `near`."""
        quote = "\n".join(piece.text[piece.start : piece.end] for piece in pieces)
        for first, last in self._stretches(near):
            pages = [self._of(number) for number in range(first, last + 1)]
            spans = find_quote([page.text for page in pages], _without_bars(quote))
            if spans:
                return [
                    (first + at, _fraction(box, *pages[at].size))
                    for at in sorted({span.part for span in spans})
                    for box in merged(
                        box
                        for span in spans
                        if span.part == at
                        for box in pages[at].boxes[span.start : span.end]
                    )
                ]
        return []

    def close(self) -> None:
        """Let go of it."""
        self._document.close()

    def _stretches(self, near: int) -> list[tuple[int, int]]:
        """Pages on which to look, the nearest first; two, so that a quote may run over both."""
        near = min(max(near, 1), self.pages)
        order = sorted(range(1, self.pages + 1), key=lambda number: abs(number - near))
        return [(number, min(number + _AROUND, self.pages)) for number in order]

    def _page(self, number: int) -> Any:
        try:
            return self._document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise ReadError("damaged", "this page of it is damaged", "broken-page") from error

    def _of(self, number: int) -> Characters:
        if number not in self._characters:
            page = self._page(number)
            try:
                found = page_characters(page)
            except pypdfium2.PdfiumError as error:
                raise ReadError("damaged", "this page of it is damaged", "broken-page") from error
            finally:
                page.close()
            if len(self._characters) >= _KEPT:
                self._characters.pop(next(iter(self._characters)))
            self._characters[number] = found
        return self._characters[number]


def _by_characters(piece: Piece, page: Characters) -> list[Box] | None:
    """The boxes of a piece's characters; None where the file has other ones there, or none."""
    line = piece.box
    assert line  # noqa: S101  # for mypy: pieces without one are searched
    inside = [
        n
        for n, box in enumerate(page.boxes)
        if line.left - _SPARE <= (box.left + box.right) / 2 <= line.right + _SPARE
        and line.top - _SPARE <= (box.top + box.bottom) / 2 <= line.bottom + _SPARE
    ]
    text = "".join(page.text[n] for n in inside)
    if not Letters(text).folded:
        return None
    spans = aligned(piece.text, piece.start, piece.end, text)
    if spans is None:
        across = sorted(inside, key=lambda n: page.boxes[n].left)
        text = "".join(page.text[n] for n in across)
        spans, inside = aligned(piece.text, piece.start, piece.end, text), across
    if spans is None:
        return None
    boxes = [page.boxes[n] for begin, end in spans for n in inside[begin:end]]
    others = outside(piece.text, piece.start, piece.end, text)
    near = [box for other in others for box in _nearest(other, page, line)]
    return [*(_inside(box, line) for box in boxes), *near]


def _nearest(words: str, page: Characters, line: Box) -> list[Box]:
    """The characters of words where they stand nearest to a line of the page, if they are near."""
    shown, wanted = Letters(page.text), Letters(words).folded
    found: list[tuple[float, tuple[int, int]]] = []
    at = shown.folded.find(wanted)
    while at >= 0 and len(found) < _MOST_PLACES:
        span = shown.span(at, at + len(wanted))
        box = page.boxes[span[0]]
        found.append((max(line.top - box.bottom, box.top - line.bottom, 0.0), span))
        at = shown.folded.find(wanted, at + 1)
    if not found:
        return []
    far, (begin, end) = min(found)
    return page.boxes[begin:end] if far <= _FAR else []


def _inside(box: Box, line: Box) -> Box:
    """A character's box without what goes out of its line, as some fonts say it does."""
    return Box(box.left, max(box.top, line.top), box.right, min(box.bottom, line.bottom))


def _fraction(box: Box, wide: float, high: float) -> Box:
    return Box(box.left / wide, box.top / high, box.right / wide, box.bottom / high)


def _without_bars(quote: str) -> str:
    return quote.replace("\\|", " ").replace("|", " ")
