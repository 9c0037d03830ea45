"""Lines of "name: value · name: value" in an answer become a table.

Small models write the rows of a table so when they are asked for what stands in it.
"""

from __future__ import annotations

import re
from itertools import groupby

_BETWEEN = re.compile(r"(?<![ \t])[ \t]++[·•|][ \t]++")  # from the first space on: linear
_PAIR = re.compile(r"\*{0,2}([^\s:：*|][^:：*|\n]{0,38})\*{0,2}[:：](?!//)\*{0,2}[ \t]*([^\n]+)")
_MARKER = re.compile(r"[ \t]*(?:[-*+•][ \t]+|\d{1,3}[.)、][ \t]*)?")
_FEWEST = 2  # pairs of a line, and lines of a table


def tabled(text: str) -> str:
    """Return Markdown in which neighbouring lines of the same names are rows of a table."""
    out: list[str] = []
    for names, group in groupby(map(_pairs, text.split("\n")), key=lambda found: found[1]):
        lines = list(group)
        if not names or len(lines) < _FEWEST:
            out += [line for line, *_ in lines]
            continue
        rows = [names, ["---"] * len(names), *(values for *_, values in lines)]
        above = [""] if out and out[-1].strip() else []
        out += [*above, *(f"| {' | '.join(row)} |" for row in rows), ""]
    return "\n".join(out)


def _pairs(line: str) -> tuple[str, list[str], list[str]]:
    """Return a line with its names and values, no names if it is anything else."""
    marker = _MARKER.match(line)
    parts = _BETWEEN.split(line[marker.end() if marker else 0 :].strip())
    found = [_PAIR.fullmatch(part) for part in parts] if len(parts) >= _FEWEST else []
    if not found or line.lstrip().startswith("|"):
        return line, [], []
    pairs = [match for match in found if match]
    if len(pairs) < len(found):
        return line, [], []
    names = [match[1].strip() for match in pairs]
    return line, names, [match[2].strip().replace("|", "\\|") for match in pairs]
