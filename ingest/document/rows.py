"""Parts, blocks and lines as plain lists, and back: between processes, and in the ledger.

What comes back may have been written by somebody else, so its types and bounds are checked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, get_args

from ingest.document.blocks import Block, BlockKind, Box, Line, Part

Row = list[Any]

_KINDS = frozenset(get_args(BlockKind))
_MOST = 1 << 40  # of an offset or a number
_LONGEST_WORDS = 2000  # characters of a heading, a name, what stands above a table's rows
_LARGEST = 1e6  # points; the largest page of a PDF is 14,400 wide


def head_row(part: Part) -> Row:
    """Return what a part is, but for its text, blocks and lines."""
    return [part.number, part.name, list(part.size) if part.size else None, part.confidence]


def block_row(block: Block) -> Row:
    """Return a block."""
    b = block
    return [b.kind, b.start, b.end, b.level, b.words, b.header, b.body, b.confidence]


def line_row(line: Line) -> Row:
    """Return a line; its box is rounded to a tenth of a point."""
    return [line.start, line.end, *(round(value, 1) for value in line.box)]


def part_of(head: Any, text: str, blocks: Sequence[Any] = (), lines: Sequence[Any] = ()) -> Part:
    """Return a part from its rows. Raises ValueError if they are none."""
    match head:
        case [None | int() as number, str(name), size, confidence] if not isinstance(number, bool):
            pass
        case _:
            raise ValueError("no part")
    if number is not None:
        _offset(number)
    match size:
        case None:
            page = None
        case [width, height]:
            page = (_real(width), _real(height))
        case _:
            raise ValueError("no size of a page")
    return Part(
        text=text,
        blocks=tuple(_block(row, len(text)) for row in blocks),
        number=number,
        name=_words(name),
        size=page,
        lines=tuple(_line(row, len(text)) for row in lines),
        confidence=_confidence(confidence),
    )


def _block(row: Any, length: int) -> Block:
    match row:
        case [kind, start, end, level, str(words), str(header), body, *sure] if kind in _KINDS:
            _span(start, end, length)
            _offset(body)
            if not 0 <= _offset(level) <= 99:
                raise ValueError("no level")
            if len(sure) > 1:
                raise ValueError("no block")
            confidence = _confidence(sure[0]) if sure else None  # older ledgers have none
            return Block(kind, start, end, level, _words(words), _words(header), body, confidence)
    raise ValueError("no block")


def _line(row: Any, length: int) -> Line:
    match row:
        case [start, end, left, top, right, bottom]:
            _span(start, end, length)
            return Line(start, end, Box(*map(_real, (left, top, right, bottom))))
    raise ValueError("no line")


def _span(start: object, end: object, length: int) -> None:
    if not 0 <= _offset(start) <= _offset(end) <= length:
        raise ValueError("no span of the text")


def _offset(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise ValueError(f"{value!r} is no place")
    return int(value)


def _real(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value) or abs(value) > _LARGEST:
        raise ValueError(f"{value!r} is no length")
    return float(value)


def _confidence(value: Any) -> float | None:
    if value is not None and not 0 <= _real(value) <= 1:
        raise ValueError(f"{value!r} is no confidence")
    return None if value is None else float(value)


def _words(text: str) -> str:
    if len(text) > _LONGEST_WORDS:
        raise ValueError("too long a heading")
    return text
