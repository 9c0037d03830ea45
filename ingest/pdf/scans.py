"""Which pages have no text that can be read, and their pictures, for text recognition."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ingest.document import Box, Given, Part
from ingest.pdf.clean_pages import page_numbers
from ingest.pdf.frame import Corners
from ingest.pdf.hidden_layers import HiddenLayers
from ingest.pdf.shown_pictures import Shown
from ingest.pdf.words import Item
from ingest.pictures import Pictures

if TYPE_CHECKING:
    from PIL.Image import Image

    from ingest import ocr

DPI = 200  # of the picture that is recognised: small print needs as many
_POINTS = 72  # an inch
_COVERED = 0.5  # of the page, by pictures: of a scan
_FEW = 60  # characters on a scan that its program put there: a stamp, a number
_SURE = 0.8  # mean confidence of a strip that is believed more than unseen text
_DRAWN = 12  # paths: words may be drawn as shapes


def is_scan(
    characters: int, pictures: Sequence[Corners], paths: int, size: tuple[float, float]
) -> bool:
    """Whether a page is a picture of text, with no more text than a stamp or a number on it."""
    if characters > _FEW:
        return False
    if not characters and (paths >= _DRAWN):
        return True
    return is_covered(pictures, size)


def is_covered(pictures: Sequence[Corners], size: tuple[float, float]) -> bool:
    """Whether pictures cover a page as a scan does."""
    area = size[0] * size[1]
    covered = sum((box[2] - box[0]) * (box[3] - box[1]) for box in pictures)
    return area > 0 and covered >= _COVERED * area


def picture(page: Any, max_pixels: int) -> tuple[Image, int]:
    """Return a page as it is shown, as a picture, and how many pixels an inch that has.

    These are fewer for a page so large that it would have more than `max_pixels`.
    """
    width, height = page.get_size()
    pixels = width * height * (DPI / _POINTS) ** 2
    dpi = DPI if pixels <= max_pixels else max(1, math.floor(DPI * math.sqrt(max_pixels / pixels)))
    bitmap = page.render(scale=dpi / _POINTS, may_draw_forms=True)
    return bitmap.to_pil().convert("RGB"), dpi


def _cut(page: Any, box: Box) -> Image:
    """Return a piece of a page as it is shown, as a picture."""
    width, height = page.get_size()
    around = (box.left, height - box.bottom, width - box.right, box.top)
    return page.render(scale=DPI / _POINTS, crop=around).to_pil().convert("RGB")  # type: ignore[no-any-return]


def _within(box: Box, page: Any) -> Box:
    return Box(box.left, box.top, box.right, min(box.bottom, page.get_height()))


class Scans:
    """Recognises the text of a file's scanned pages, if that is switched on."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._pictures: ocr.Pictures | None = None
        self._within = Pictures(given)
        self._layers = HiddenLayers()
        self._wrong: list[int] = []

    def recognised(self, page: Any, number: int) -> Part | None:
        """Return a page as it was recognised, None if it says nothing or that is switched off."""
        if not self._given.ocr:
            self._given.unpacked.unread += 1
            return None
        part = self._recogniser().page(*picture(page, self._given.limits.max_pixels), number)
        return part if part.text.strip() else None

    def disagrees(self, page: Any, number: int, items: Sequence[Item]) -> bool:
        """Whether the unseen text of a scanned page is another than what the page shows.

        That is known of the pages that are compared, and only if pictures are recognised.
        """
        if not self._given.ocr:
            return False
        strip = self._layers.strip(items, page.get_width())
        if strip is None:
            return False
        seen = self._recogniser().page(_cut(page, _within(strip, page)), DPI, None)
        is_sure = (seen.confidence or 0.0) >= _SURE
        is_wrong = is_sure and self._layers.is_wrong(items, seen.text)
        if is_wrong:
            self._wrong.append(number)
        return is_wrong

    def shown(self, page: Any, boxes: Sequence[Box]) -> list[Shown]:
        """Return what pictures on a page say, each with its place."""
        most = self._given.limits.max_pixels * (_POINTS / DPI) ** 2
        found = []
        for box in boxes:
            if (box.right - box.left) * (box.bottom - box.top) <= most:
                picture_ = _cut(page, box) if self._within.is_on else None
                part = self._within.said(picture_, DPI)
                if part:
                    found.append(Shown(part, box))
        return found

    def warnings(self) -> list[str]:
        """Return what is to be told of it."""
        said = self._within.warnings()
        if self._wrong:
            pages = page_numbers(self._wrong)
            said.append(f"unseen text on {pages} was another than one sees; recognised anew")
        return said

    def _recogniser(self) -> ocr.Pictures:
        if self._pictures is None:
            from ingest.ocr import Pictures as Recogniser  # it takes a second to import

            self._pictures = Recogniser(self._given)
        return self._pictures
