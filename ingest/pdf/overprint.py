"""Bold that a program printed by drawing the same words four times is read once.

In the benchmarks one PDF of forty has it, on its cover. Four equal cells of a table look the same,
so a page must show it beyond doubt: in a line of three and more different pieces, each four times.
"""

import re
from collections.abc import Sequence

_FOUR_TIMES = re.compile(r"(.{1,60}?)\1{3}")
_MIN_PIECES = 3
_SHORTEST = 5  # characters of a line's one piece: shorter ones may be cells


def once(lines: Sequence[str]) -> list[str]:
    """The lines of a page, with those that were drawn four times as they are read."""
    pieces = [_pieces(line.strip()) for line in lines]
    if not any(map(_is_sure, pieces)):
        return list(lines)
    return [
        _FOUR_TIMES.sub(r"\1", line)
        if len(parts) >= _MIN_PIECES or sum(map(len, parts)) >= _SHORTEST
        else line
        for line, parts in zip(lines, pieces, strict=True)
    ]


def _pieces(line: str) -> list[str]:
    """What the line consists of, if all of it stands there four times, else nothing."""
    pieces, place = [], 0
    while place < len(line):
        found = _FOUR_TIMES.match(line, place)
        if not found:
            if not line[place].isspace():
                return []
            place += 1
            continue
        pieces.append(found[1])
        place = found.end()
    return [piece for piece in pieces if piece.strip()]


def _is_sure(pieces: Sequence[str]) -> bool:
    return len(set(pieces)) >= _MIN_PIECES and any(
        sum(map(str.isalpha, piece)) > 1 for piece in pieces
    )
