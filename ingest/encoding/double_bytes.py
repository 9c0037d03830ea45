"""Where a text changes between two bytes a character and one: a log that two programs wrote to.

PowerShell's `>` writes UTF-16, and `>>` of another program adds ASCII or UTF-8 to it, or the other
way round. It is told line by line, as only a line's end is sure.
"""

import re
from functools import lru_cache

from ingest.encoding.guess import fit_cjk

_PIECE = 240  # bytes of a line that are weighed
_SHORT = 32  # bytes; a shorter line is weighed with what stands below it
_LOOK = 1024  # bytes in which a line of two bytes a character has to end
_NARROWER = 3.0  # how much more likely it must be one byte a character, as a logarithm
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")
_CONTROL_COST = 17.0


def byte_parts(data: bytes, codec: str, *, is_wide: bool) -> list[tuple[bool, bytes]]:
    """The text's parts in their order, and whether each is in `codec`, UTF-16 of a byte order.

    `is_wide` tells how the text begins; all parts but the last end with their newline.
    """
    newline = "\n".encode(codec)
    found: list[tuple[bool, int]] = []  # where each part begins
    at, switched = 0, False
    while at < len(data):
        end = data.find(b"\n", at) + 1 or len(data)
        if not switched and is_wide != _is_wide(data, at, end, codec, newline, is_wide):
            is_wide, switched = not is_wide, True
            continue
        switched = False
        if not found or found[-1][0] != is_wide:
            found.append((is_wide, at))
        at = _wide_end(data, at, newline) if is_wide else end
    ends = [start for _, start in found[1:]] + [len(data)] * bool(found)
    return [(wide, data[start:end]) for (wide, start), end in zip(found, ends, strict=True)]


def _wide_end(data: bytes, at: int, newline: bytes) -> int:
    """Where a line of two bytes a character ends, behind its newline."""
    end = data.find(newline, at)
    while end >= 0 and (end - at) % 2:
        end = data.find(newline, end + 1)
    return end + 2 if end >= 0 else len(data)


def _is_wide(data: bytes, at: int, end: int, codec: str, newline: bytes, before: bool) -> bool:
    """Whether the line that begins at `at` is in `codec`; `before` says it of the line above."""
    head = data[at : min(end, at + _PIECE)]
    if before:
        if b"\x00" in head or (data[end : end + 1] == b"\x00" and len(head) % 2):
            return True
        if _likelier_wide(head, codec) > -_NARROWER:
            return True
        # A few bytes may be a line of Chinese up to one whose byte is that of a newline.
        is_sure = len(head) >= _SHORT or data[end + 1 : end + 2] == b"\x00"
        return not is_sure and _likelier_wide(data[at : at + 2 * _SHORT], codec) > -_NARROWER
    if head.startswith("\ufeff".encode(codec)):
        return True
    stop = data.find(newline, at, at + _LOOK)
    if stop < 0 and end == len(data) and b"\x00" in head:
        stop = end
    if stop <= at or (stop - at) % 2:
        return False
    return _likelier_wide(data[at : min(stop, at + len(head))], codec) > 0.0


@lru_cache(maxsize=1024)
def _likelier_wide(piece: bytes, codec: str) -> float:
    """How much likelier a piece is in `codec` than in UTF-8 or GB18030, as a logarithm."""
    piece = piece[: len(piece) // 2 * 2]
    narrow = max(fit_cjk(piece, "utf-8"), fit_cjk(piece, "gb18030"))
    return fit_cjk(piece, codec) - narrow + _CONTROL_COST * len(_CONTROL.findall(piece))
