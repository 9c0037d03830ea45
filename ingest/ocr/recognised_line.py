"""A line of text that was recognised in a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ingest.document import Box


class Cell(NamedTuple):
    """A cell of a table with rules: the number of the table, and the rows and columns it covers.

    `bottom` and `right` are those behind the last ones.
    """

    table: int
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class RecognisedLine:
    """What a line says and where it is, in points.

    `box` is around it on the page as it is shown; `place` is the same on the page turned the
    right way up and made straight, where what stands in one line has one height. `confidence` is
    from 0 to 1. `cell` is where it stands in a table with rules.
    """

    text: str
    box: Box
    place: Box
    confidence: float
    cell: Cell | None = None

    @property
    def height(self) -> float:
        """How high the line is, in points."""
        return self.place.bottom - self.place.top

    @property
    def width(self) -> float:
        """How long the line is, in points."""
        return self.place.right - self.place.left
