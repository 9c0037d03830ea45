"""Where on its page a quote stands: its lines, and the piece of each that is quoted."""

from ingest.marking.aligning import aligned
from ingest.marking.clipping import clipped
from ingest.marking.finding import Quoted, find_quote
from ingest.marking.letters import Letters
from ingest.marking.merging import merged
from ingest.marking.pieces import LONGEST_PIECE, Piece, pieces_of

__all__ = [
    "LONGEST_PIECE",
    "Letters",
    "Piece",
    "Quoted",
    "aligned",
    "clipped",
    "find_quote",
    "merged",
    "pieces_of",
]
