"""A page is turned so that its text reads from left to right, and places are turned back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.document import Box

Corners = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Frame:
    """A page for text of one direction.

    `box` is what is shown of the page, in the coordinates of PDF: left, bottom, right, top.
    `rotation` is how the page is turned when it is shown, clockwise, `angle` how the text is turned
    on it, counterclockwise; both are 0, 90, 180 or 270.
    """

    box: Corners
    rotation: int
    angle: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as it is shown."""
        left, bottom, right, top = self.box
        if self.rotation % 180:
            return top - bottom, right - left
        return right - left, top - bottom

    def reading(self) -> Callable[[float, float, float, float], Corners]:
        """Return what turns left, bottom, right, top of PDF into a box in reading direction."""
        x0, y0, x1, y1 = self.box
        if self.angle == 90:
            return lambda left, low, right, top: (low - y0, left - x0, top - y0, right - x0)
        if self.angle == 180:
            return lambda left, low, right, top: (x1 - right, low - y0, x1 - left, top - y0)
        if self.angle == 270:
            return lambda left, low, right, top: (y1 - top, x1 - right, y1 - low, x1 - left)
        return lambda left, low, right, top: (left - x0, y1 - top, right - x0, y1 - low)

    def shown(self, box: Corners) -> Box:
        """Return a box of the reading direction as it is on the page that is shown."""
        left, top, right, bottom = box
        width, height = self.size
        turn = (self.angle - self.rotation) % 360
        if turn == 90:
            return Box(top, height - right, bottom, height - left)
        if turn == 180:
            return Box(width - right, height - bottom, width - left, height - top)
        if turn == 270:
            return Box(width - bottom, left, width - top, right)
        return Box(left, top, right, bottom)
