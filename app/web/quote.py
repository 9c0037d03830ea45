"""A passage of a document as HTML, as its kind of file is read, with a quote marked in it."""

from __future__ import annotations

import re

from app.control_characters import line, lines
from app.web.render import block, plain_markdown, text_html
from ingest.readers import kind_of
from ingest.text import count_columns, is_rule

_MARKDOWN = plain_markdown()
# Where the quote begins and ends: characters that stand for nothing, which Markdown takes for
# letters, so that they go through it with the words beside them.
_BEGIN, _END = "\ufdd0", "\ufdd1"
_BOUNDS = str.maketrans("", "", _BEGIN + _END)
_PIECE = re.compile(f"(<[^>]*>|[{_BEGIN}{_END}])")
# What makes an item, a heading, a row or bold text of the words behind or before it; a bound
# outside of that would undo it.
_LEAD = re.compile(r"(?:[\s>|#*_`]|[-+]\s|\d{1,9}[.)]\s)*")
_TRAIL = " \t\n|#*_`"


def passage_html(path: str, text: str, quote: str = "", header: str = "") -> str:
    """Return a passage as HTML without links, images or its own HTML, its quote marked.

    Of a Markdown file lists, tables and headings are shown as such. `header` is what stands above
    the rows of a table that the passage begins with.
    """
    text, quote, header = lines(text), lines(quote), lines(header)
    if kind_of(path) != "markdown":
        return text_html(text, quote)
    bounded = _bounded(text, quote)
    pieces = _PIECE.split(_MARKDOWN.render(_headed(bounded, header)))
    if _BEGIN in bounded and not {_BEGIN, _END} <= set(pieces):
        return text_html(text, quote)  # of words that Markdown does not show
    return block("kb-markdown", _marked(pieces), text)


def _bounded(text: str, quote: str) -> str:
    """Return the text with _BEGIN and _END around the words of the quote, if it has them."""
    text, quote = text.translate(_BOUNDS), quote.translate(_BOUNDS)
    lead = _LEAD.match(quote)
    words = quote[lead.end() if lead else 0 :].rstrip(_TRAIL)
    at = text.find(quote)
    if not words or at < 0:
        return text
    at = text.index(words, at)
    return text[:at] + _BEGIN + words + _END + text[at + len(words) :]


def _headed(text: str, header: str) -> str:
    """Return a text that begins with rows of a table with what makes a table of them."""
    first, second, *_ = [*text.split("\n", 2), ""]
    if not first.startswith("|") or is_rule(second):
        return text
    # Above it a header may have the table's caption, and below it the label of a group of rows.
    rows = [line(row) for row in header.split("\n") if row.startswith("|")]
    columns = count_columns(rows[0] if rows else first)
    head = rows[0] if rows else "|" * (columns + 1)
    return "\n".join((head, "|---" * columns + "|", *rows[1:], text))


def _marked(pieces: list[str]) -> str:
    """Return pieces of HTML, tags and the text between them, with what the bounds hold marked."""
    shown, inside = "", False
    for piece in pieces:
        if piece in (_BEGIN, _END):
            inside = piece == _BEGIN
        elif inside and piece.strip() and not piece.startswith("<"):
            shown += f"<mark>{piece}</mark>"
        else:
            shown += piece
    return shown
