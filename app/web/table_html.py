"""A text as HTML in which lines of cells between bars are tables, every character escaped.

Readers write the tables of PDFs, sheets and Word files so. Nothing else in such a text is Markdown:
an asterisk in a cell is an asterisk.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import groupby

from ingest.text import is_rule

# Where a quote begins and ends: characters that stand for nothing and go through all that makes
# HTML of a text, with the words beside them.
BEGIN, END = "\ufdd0", "\ufdd1"
BOUNDS = str.maketrans("", "", BEGIN + END)
_BAR = re.compile(r"(?<!\\)\|")
_EDGE = re.compile(rf"^[ \t{BEGIN}{END}]+|[ \t{BEGIN}{END}]+$")  # of a cell
_ROW = re.compile(r"[ \t]*\|.*(?<!\\)\|[ \t]*", re.DOTALL)


def has_table(text: str, *, ruled: bool) -> bool:
    """Tell whether some lines of a text are a table; `ruled` asks for a rule below a header."""
    return any(
        is_row and (not ruled or _rule(rows) >= 0) for is_row, rows in _runs(text.translate(BOUNDS))
    )


def tables_html(text: str, *, ruled: bool) -> str:
    """Return a text with its tables as such and all else as it stands; BEGIN and END stay in it."""
    shown = ""
    for is_row, lines in _runs(text):
        if is_row and (not ruled or _rule(lines) >= 0):
            shown += _table(lines)
        elif said := "\n".join(lines).strip("\n"):
            shown += f'<div class="kb-text">{html.escape(said)}</div>'
    return shown


def _runs(text: str) -> list[tuple[bool, list[str]]]:
    return [(is_row, list(some)) for is_row, some in groupby(text.split("\n"), _is_row)]


def _is_row(line: str) -> bool:
    return bool(_ROW.fullmatch(line.translate(BOUNDS)))


def _rule(lines: Sequence[str]) -> int:
    """Return the number of the line below the header, -1 without one."""
    return 1 if len(lines) > 1 and is_rule(lines[1].translate(BOUNDS)) else -1


def _table(lines: Sequence[str]) -> str:
    at = _rule(lines)
    head = f"<thead>{_row(lines[0], 'th')}</thead>" if at > 0 else ""
    body = "".join(_row(line, "td") for line in lines[at + 1 :])
    # A quote may begin or end in the rule itself.
    between = _bounds_of(lines[1]) if at > 0 else ""
    return f"<table>{head}{between}<tbody>{body}</tbody></table>"


def _row(line: str, cell: str) -> str:
    if is_rule(line.translate(BOUNDS)):
        return _bounds_of(line)
    before, *cells, behind = _BAR.split(line)
    bare = (_EDGE.sub(lambda edge: _bounds_of(edge[0]), one) for one in cells)
    said = (html.escape(one.replace("\\|", "|")) for one in bare)
    inner = "".join(f"<{cell}>{one}</{cell}>" for one in said)
    return f"{_bounds_of(before)}<tr>{inner}</tr>{_bounds_of(behind)}"


def _bounds_of(text: str) -> str:
    return "".join(one for one in text if one in (BEGIN, END))
