"""Tables in Markdown that are written in another way become such as chunks are cut from.

HTML tables become rows between bars, tables without outer bars get them, and `<br>` in a cell is
";". All else of a text stays as it is, so that its chunks do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from markdown_it import MarkdownIt

from ingest.document import PartWriter
from ingest.readers.html import write_html
from ingest.text import count_columns, is_rule

_TABLE = re.compile(r"<(/?)table\b[^<>]{0,2000}>", re.IGNORECASE)
_BREAK = re.compile(r"[ \t]{0,8}<br\s{0,8}/?>[ \t]{0,8}", re.IGNORECASE)
# Markdown in a cell: an empty line, or one that begins an item.
_BLOCK_GAP = re.compile(r"\n[ \t]*+\n\s*+(?:[-*+] )?|\n[ \t]*+[-*+] ")
_ENDS = (";", "；", ",", "，", "、", ":", "：", ".", "。", "|")
_LOOK_BACK = 1000  # characters
_CODE = MarkdownIt("commonmark").disable(["inline"])


def with_bars(text: str) -> str:
    """Return a text with its tables as rows between bars."""
    has_html = "<table" in text.lower()
    has_breaks = "<br" in text.lower() and "|" in text
    if not (has_html or has_breaks or any(map(_may_be_rule, text.split("\n")))):
        return text
    if has_html:
        text = _without_html_tables(text)
    lines = text.split("\n")
    code = _code_lines(text)
    _add_bars(lines, code)
    if has_breaks:
        for n, line in enumerate(lines):
            if n not in code and line.lstrip().startswith("|"):
                lines[n] = _BREAK.sub(_gap, line)
    return "\n".join(lines)


def _may_be_rule(line: str) -> bool:
    return "|" in line and not line.lstrip().startswith("|") and is_rule(line)


def _gap(found: re.Match[str]) -> str:
    before = found.string[: found.start()].rstrip()[-1:]
    after = found.string[found.end() : found.end() + 1]
    return " " if before in _ENDS or after == "|" else "; "


def _without_html_tables(text: str) -> str:
    code = _code_lines(text)
    starts = [*accumulate((len(line) + 1 for line in text.split("\n")), initial=0)]
    kept, done = [], 0
    for start, end in _spans(text, code, starts):
        html = text[start:end]
        if "<tr" not in html.lower() or "```" in html:
            continue
        writer = PartWriter()
        write_html(_BLOCK_GAP.sub("<br>", html), writer)
        kept += [text[done:start].strip("\n").rstrip(), writer.part().text]
        done = end
    pieces = (*kept, text[done:].strip("\n") + "\n")
    return "\n\n".join(piece for piece in pieces if piece) if kept else text


def _spans(text: str, code: set[int], starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where the tables of HTML stand that lie in no other one, and in no code."""
    line, depth, begun = 0, 0, 0
    comments = [*_comments(text)]
    for found in _TABLE.finditer(text):
        while line + 1 < len(starts) and starts[line + 1] <= found.start():
            line += 1
        if depth == 0 and (found[1] or line in code or _is_quoted(text, found.start())):
            continue
        n = bisect_right(comments, (found.start(), 0)) - 1
        if n >= 0 and found.start() < comments[n][1]:
            continue
        if depth == 0:
            begun = found.start()
        depth += -1 if found[1] else 1
        if depth == 0:
            yield begun, found.end()


def _comments(text: str) -> Iterator[tuple[int, int]]:
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (end := text.find("-->", start) + 3) > 2:
        yield start, end


def _is_quoted(text: str, at: int) -> bool:
    """Whether a place stands between backticks in its line."""
    before = text[max(0, at - _LOOK_BACK) : at]
    return before[before.rfind("\n") + 1 :].count("`") % 2 == 1


def _code_lines(text: str) -> set[int]:
    return {
        line
        for token in _CODE.parse(text)
        if token.type in ("fence", "code_block") and token.map
        for line in range(*token.map)
    }


def _add_bars(lines: list[str], code: set[int]) -> None:
    """Put bars around the rows of tables that have them only between their cells."""
    n = 1
    while n < len(lines):
        head = lines[n - 1]
        is_table = (
            n not in code
            and _may_be_rule(lines[n])
            and _is_row(head)
            and count_columns(head) == count_columns(lines[n])
        )
        if not is_table:
            n += 1
            continue
        at = n - 1
        while at < len(lines) and _is_row(lines[at]):
            lines[at] = f"| {lines[at].strip().removesuffix('|').rstrip()} |"
            at += 1
        n = at + 1


def _is_row(line: str) -> bool:
    return "|" in line and bool(line.strip()) and not line.lstrip().startswith(("|", ">", "#"))
