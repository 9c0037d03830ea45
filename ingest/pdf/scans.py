"""Which pages have no text that can be read, and their pictures, for text recognition."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ingest.document import Box, Given
from ingest.pdf.frame import Corners
from ingest.pdf.words import Item, TextLine

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200  # of the picture that is recognised: small print needs as many
_POINTS = 72  # an inch
_COVERED = 0.5  # of the page, by pictures: of a scan
_FEW = 60  # characters on a scan that its program put there: a stamp, a number
_DRAWN = 12  # paths: words may be drawn as shapes


class Recognised(Protocol):
    """A line of text that was found in a picture."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def box(self) -> Box:
        """Where it stands, in points."""

    @property
    def confidence(self) -> float:
        """How sure that is, 0 to 1."""


Recognise = Callable[["Image", int], Sequence[Recognised]]
"""Finds the lines of a picture of so many pixels an inch, in reading order."""


def recogniser(given: Given) -> Recognise | None:
    """Return what recognises text, if there is one."""
    return getattr(given, "ocr", None)


def is_scan(
    characters: int, pictures: Sequence[Corners], paths: int, size: tuple[float, float]
) -> bool:
    """Whether a page is a picture of text, with no more text than a stamp or a number on it."""
    if characters > _FEW:
        return False
    if not characters and (paths >= _DRAWN):
        return True
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


def recognised_items(recognise: Recognise, page: Any, max_pixels: int) -> tuple[list[Item], float]:
    """Return the lines that are recognised on a page, and how sure they are as a whole."""
    image, dpi = picture(page, max_pixels)
    lines = [line for line in recognise(image, dpi) if line.text.strip()]
    items: list[Item] = []
    sure = length = 0.0
    for line in lines:
        height = line.box.bottom - line.box.top
        size = height * 0.8
        items.append(
            TextLine(
                text=line.text,
                box=line.box,
                base=line.box.bottom - 0.2 * size,
                size=size,
                column=(line.box.left, line.box.right),
            )
        )
        sure += line.confidence * len(line.text)
        length += len(line.text)
    return items, sure / length if length else 0.0
