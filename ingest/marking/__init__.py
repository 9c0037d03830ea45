"""Where on its page a quote stands, and what is asked of a process that draws pages."""

from ingest.marking.aligning import aligned, outside
from ingest.marking.clipping import clipped
from ingest.marking.finding import Quoted, find_quote
from ingest.marking.letters import Letters
from ingest.marking.merging import merged
from ingest.marking.pieces import Piece, pieces_of
from ingest.marking.requests import (
    LARGEST_SIDE,
    MOST_BYTES,
    Drawn,
    DrawRequest,
    LocateRequest,
    Mark,
)

__all__ = [
    "LARGEST_SIDE",
    "MOST_BYTES",
    "DrawRequest",
    "Drawn",
    "Letters",
    "LocateRequest",
    "Mark",
    "Piece",
    "Quoted",
    "aligned",
    "clipped",
    "find_quote",
    "merged",
    "outside",
    "pieces_of",
]
