"""What is asked of a process that draws pages, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.document import Box
from ingest.limits import Limits
from ingest.marking.pieces import Piece

LARGEST_SIDE = 2000  # pixels of the longer side of a page that is drawn
MOST_BYTES = 3 * 1024 * 1024  # of a picture; a page of text has 0.1 to 0.5 million


@dataclass(frozen=True)
class DrawRequest:
    """A page to draw, `width` pixels wide, so long as neither side is over `LARGEST_SIDE`.

    `path` is a PDF or a picture, `name` the one it was put in under. `marks` are drawn into it;
    they are fractions of the page's width and height.
    """

    path: str
    name: str
    page: int
    width: int
    marks: tuple[Box, ...] = ()
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class LocateRequest:
    """Where pieces of lines stand: of each the number of its page, from 1, and the piece.

    Pieces without a box are looked for on all pages; the page with them is the nearest to their
    number. `sizes` are those of the pages in points, as the reader noted them.
    """

    path: str
    name: str
    pieces: tuple[tuple[int, Piece], ...]
    sizes: tuple[tuple[int, float, float], ...] = ()
    limits: Limits = field(default_factory=Limits)


class Mark(NamedTuple):
    """A place on a page, from 1; the sides of the box are fractions of its width and height."""

    page: int
    box: Box


@dataclass(frozen=True)
class Drawn:
    """A page as a picture, PNG or JPEG; `pages` is how many the file has."""

    data: bytes
    mime: str
    width: int
    height: int
    page: int
    pages: int
