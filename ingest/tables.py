"""Markdown tables: the header that a row further down needs to be understood."""

from __future__ import annotations

import re

_RULE = re.compile(r"\s*\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?\s*")  # | --- | :---: |


def header_above(text: str, start: int) -> str:
    """Return the header row of the table that a place in a text is a later row of, or ""."""
    begin = text.rfind("\n", 0, start) + 1
    if not _is_row(text[begin:].partition("\n")[0]):
        return ""
    above = text[:begin].splitlines()
    rows = 0
    while rows < len(above) and _is_row(above[-1 - rows]):
        rows += 1
    table = above[len(above) - rows :]
    return table[0].strip() if len(table) > 1 and _RULE.fullmatch(table[1]) else ""


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")
