"""An answer as it is copied: clean text, and the same as HTML, for Word and mail."""

from __future__ import annotations

import html
from collections.abc import Sequence

from app.control_characters import line, lines
from app.web.pairs import tabled
from app.web.render import ANSWER_MARKDOWN


def copied_text(answer: str, title: str, sources: Sequence[str]) -> str:
    """Return an answer as plain text, its tables as Markdown, with its numbered sources below."""
    below = [title, *map(line, sources)] if sources else []
    return "\n".join([tabled(lines(answer)).strip(), *([""] if below else []), *below])


def copied_html(answer: str, title: str, sources: Sequence[str]) -> str:
    """Return the same as HTML without a class or style, links or images."""
    shown = ANSWER_MARKDOWN.render(tabled(lines(answer).strip()))
    # Word and mail draw no lines of a table that does not ask for them.
    shown = shown.replace("<table>", '<table border="1" cellspacing="0" cellpadding="4">')
    below = "<br>\n".join(html.escape(one) for one in (title, *map(line, sources)))
    return f"{shown}<p>{below}</p>\n" if sources else shown
