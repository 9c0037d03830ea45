"""Markdown: title and headings found by a CommonMark parser, tables and the properties above."""

from itertools import accumulate, pairwise

from markdown_it import MarkdownIt

from ingest.document import LONGEST_HEADING, Given, Heading, Reading
from ingest.readers.decoded_text import decoded_text
from ingest.readers.front_matter import front_matter
from ingest.readers.plain_text import text_part
from ingest.readers.table_marks import with_bars
from ingest.text import collapsed, language

# Blocks are enough to find headings; the words inside them are parsed for headings only. Tables
# stay off: their rows are never headings, and parsing them took four times as long.
_BLOCKS = MarkdownIt("commonmark").disable(["inline"])
_INLINE = MarkdownIt("commonmark")


def read(given: Given) -> Reading:
    """Read a Markdown file. Raises ReadError (`not-text`, `empty`)."""
    text, warnings = decoded_text(given.data)
    above = front_matter(text)
    text = with_bars(text[above.end :])
    if above.lines:
        text = f"{above.lines}\n\n{text.lstrip()}".rstrip() + "\n"
    headings = find_headings(text)
    title = above.title or next((top.words for top in headings if top.level == 1), None)
    part = text_part(text, headings)
    return Reading(title, language(text), (part,), warnings, properties=above.properties)


def find_headings(text: str) -> list[Heading]:
    """The headings of a Markdown text; lines in code or quotes are none."""
    tokens = _BLOCKS.parse(text)
    lines = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    found = []
    for opening, content in pairwise(tokens):
        if (
            opening.type == "heading_open"
            and opening.level == 0
            and opening.map
            and len(content.content) <= LONGEST_HEADING
        ):
            first, last = opening.map
            words = _words(content.content)
            if words:
                found.append(
                    Heading(int(opening.tag[1]), words, lines[first], min(lines[last], len(text)))
                )
    return found


def _words(markup: str) -> str:
    """The heading as one reads it: without emphasis, links, images and anchors."""
    inline = _INLINE.parseInline(_without_anchor(markup))[0].children or []
    parts = (" " if token.type == "softbreak" else token.content for token in inline)
    return collapsed("".join(parts))


def _without_anchor(markup: str) -> str:
    """The heading without the `{#name}` that some programs read at its end."""
    begin = markup.rfind("{#")
    is_anchor = begin >= 0 and markup.find("}", begin) == len(markup) - 1
    return markup[:begin].rstrip() if is_anchor else markup
