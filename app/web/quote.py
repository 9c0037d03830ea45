"""A passage of a document as HTML, as its kind of file is read, with a quote marked in it."""

from __future__ import annotations

import re

from app.control_characters import line, lines
from app.web.render import block, plain_markdown, text_html
from app.web.table_html import BEGIN, BOUNDS, END, has_table, tables_html
from ingest.readers import kind_of
from ingest.text import count_columns, is_rule

_MARKDOWN = plain_markdown()
_PIECE = re.compile(f"(<[^>]*>|[{BEGIN}{END}])")
# What makes an item, a heading, a row or bold text of the words behind or before it in Markdown,
# which takes a bound for a letter: outside of that it would undo it.
_LEAD = re.compile(r"(?:[\s>|#*_`]|[-+]\s|\d{1,9}[.)]\s)*")
_TRAIL = " \t\n|#*_`"


def passage_html(path: str, text: str, quote: str = "", header: str = "") -> str:
    """Return a passage as HTML without links, images or its own HTML, its quote marked.

    Of a Markdown file lists, tables and headings are shown as such, of others the tables, as
    readers write them. `header` is what stands above the rows of a table that the passage begins
    with.
    """
    text, quote, header = (one.translate(BOUNDS) for one in map(lines, (text, quote, header)))
    kind = kind_of(path)
    if kind == "markdown":
        bounded = _bounded(text, quote)
        pieces = _PIECE.split(_MARKDOWN.render(_headed(bounded, header, empty=True)))
        if BEGIN in bounded and not {BEGIN, END} <= set(pieces):
            return text_html(text, quote)  # of words that Markdown does not show
        return block("kb-markdown", _marked(pieces), text)
    headed = _headed(text, header, empty=False)
    ruled = kind in (None, "text")  # nobody wrote that but its author: bars alone are no table
    if not has_table(headed, ruled=ruled):
        return text_html(text, quote)
    above = headed.removesuffix(text)
    at = text.find(quote) if quote else -1
    if at >= 0:
        text = text[:at] + BEGIN + quote + END + text[at + len(quote) :]
    return block("kb-tables", _marked(_PIECE.split(tables_html(above + text, ruled=ruled))), text)


def _bounded(text: str, quote: str) -> str:
    """Return the text with BEGIN and END around the words of the quote, if it has them."""
    lead = _LEAD.match(quote)
    words = quote[lead.end() if lead else 0 :].rstrip(_TRAIL)
    at = text.find(quote)
    if not words or at < 0:
        return text
    at = text.index(words, at)
    return text[:at] + BEGIN + words + END + text[at + len(words) :]


def _headed(text: str, header: str, *, empty: bool) -> str:
    """Return a text that begins with rows of a table with what makes a table of them.

    Without a header that is an empty one, or nothing unless `empty`.
    """
    first, second, *_ = [*text.split("\n", 2), ""]
    if not first.startswith("|") or is_rule(second):
        return text
    # Above it a header may have the table's caption, and below it the label of a group of rows.
    rows = [line(row) for row in header.split("\n") if row.startswith("|")]
    if not rows and not empty:
        return text
    columns = count_columns(rows[0] if rows else first)
    head = rows[0] if rows else "|" * (columns + 1)
    return "\n".join((head, "|---" * columns + "|", *rows[1:], text))


def _marked(pieces: list[str]) -> str:
    """Return pieces of HTML, tags and the text between them, with what the bounds hold marked."""
    shown, inside = "", False
    for piece in pieces:
        if piece in (BEGIN, END):
            inside = piece == BEGIN
        elif inside and piece.strip() and not piece.startswith("<"):
            shown += f"<mark>{piece}</mark>"
        else:
            shown += piece
    return shown
