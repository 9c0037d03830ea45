"""A line of text that was recognised in a picture."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.document import Box


@dataclass(frozen=True)
class RecognisedLine:
    """What a line says and where it is, in points.

    `box` is around it on the page as it is shown; `place` is the same on the page turned the
    right way up and made straight, where what stands in one line has one height. `confidence` is
    from 0 to 1.
    """

    text: str
    box: Box
    place: Box
    confidence: float

    @property
    def height(self) -> float:
        """How high the line is, in points."""
        return self.place.bottom - self.place.top

    @property
    def width(self) -> float:
        """How long the line is, in points."""
        return self.place.right - self.place.left
