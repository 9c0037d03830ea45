"""The lines that a quoted span has something of, and what of each is quoted."""

from __future__ import annotations

from typing import NamedTuple

from ingest.document import Box, Part

LONGEST_PIECE = 20_000  # characters of a line; a table that is one has more
_MOST = 2000  # lines of a span


class Piece(NamedTuple):
    """A line, where it stands, and which of its characters are quoted.

    `box` is in points, None where the reader knows no places: then its words are looked for on
    the page.
    """

    text: str
    start: int
    end: int
    box: Box | None = None


def pieces_of(part: Part, start: int, end: int) -> list[Piece]:
    """Return the pieces of a span of a part's text, in order; words without a line have no box."""
    found: list[Piece] = []
    done = start
    for line in sorted(part.lines, key=lambda line: (line.start, line.end)):
        if line.end <= start or line.start >= end:
            continue
        if line.start > done:
            found += _unplaced(part.text[done : line.start])
        text = part.text[line.start : line.end][:LONGEST_PIECE]
        first, last = max(0, start - line.start), min(len(text), end - line.start)
        if first < last:
            found.append(Piece(text, first, last, line.box))
        done = max(done, line.end)
    if done < end:
        found += _unplaced(part.text[done:end])
    return found[:_MOST]


def _unplaced(text: str) -> list[Piece]:
    """Return what stands in no line, but for the marks of a table or a list."""
    lines = (line[:LONGEST_PIECE] for line in text.splitlines())
    return [Piece(line, 0, len(line)) for line in lines if any(map(str.isalnum, line))]
