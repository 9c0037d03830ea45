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
    lines: list[str] = []
    open_at = -1  # the depth of the line that goes on, -1 if none does
    for line in text.splitlines():
        found = _QUOTES.match(line)
        depth = found.end() if found else 0
        said = line[depth:].removeprefix(" ")
        is_signature = said == _SIGNATURE
        if open_at == depth and not is_signature:
            lines[-1] += said
        else:
            lines.append(f"{'>' * depth} {said}" if depth else said)
        open_at = depth if said.endswith(" ") and not is_signature else -1
        if open_at >= 0 and without_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(line.rstrip() for line in lines)
