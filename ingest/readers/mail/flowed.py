"""Lines that a mail program broke, and marked so that they can be joined (RFC 3676)."""

from __future__ import annotations

import re

_QUOTES = re.compile(r">{0,200}")
_SIGNATURE = "-- "


def joined(text: str, *, without_space: bool) -> str:
    """Return a text in `format=flowed` with its paragraphs in one line each.

    A line that ends with a space goes on in the next of the same depth of quotes. `without_space`:
    the space only marks this (`DelSp=yes`), as in Chinese.
    """
    lines: list[list[str]] = []  # by the pieces that each is joined from
    open_at = -1  # the depth of the line that goes on, -1 if none does
    for line in text.splitlines():
        found = _QUOTES.match(line)
        depth = found.end() if found else 0
        said = line[depth:].removeprefix(" ")
        goes_on = said.endswith(" ") and said != _SIGNATURE
        piece = said[:-1] if goes_on and without_space else said
        if open_at == depth and said != _SIGNATURE:
            lines[-1].append(piece)
        else:
            lines.append([f"{'>' * depth} " if depth else "", piece])
        open_at = depth if goes_on else -1
    return "\n".join("".join(pieces).rstrip() for pieces in lines)
