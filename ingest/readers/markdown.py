"""Markdown: title and headings found by a CommonMark parser, and the front matter above them.

Of the front matter one line is wanted, the title, which needs no YAML. It is not found by
`mdit_py_plugins.front_matter` (0.7.0): that takes all that stands between two rules, "---", at the
beginning of a text, also paragraphs, which would be lost, and knows neither TOML nor "...". On 832
files of handbooks and laws it found what is found here.
"""

import re
from itertools import accumulate, pairwise

from markdown_it import MarkdownIt

from ingest.document import LONGEST_HEADING, Given, Heading, Reading, shortened
from ingest.readers.plain_text import decoded_text, text_part
from ingest.text import collapsed, language

# The first line must be a key or a comment, and no line empty: a rule "---" above ordinary text,
# or a front matter that nobody closed, must not swallow the text.
_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*+\n(?=#|[\w-]++[ \t]*+[:=]|\1)")
_FRONT_END = re.compile(r"^(?:(---|\+\+\+|\.\.\.)[ \t]*+)?(?:\n|\Z)", re.MULTILINE)
_TITLE = re.compile(r"^title[ \t]*+[:=](.*)$", re.MULTILINE)

# Blocks are enough to find headings; the words inside them are parsed for headings only. Tables
# stay off: their rows are never headings, and parsing them took four times as long.
_BLOCKS = MarkdownIt("commonmark").disable(["inline"])
_INLINE = MarkdownIt("commonmark")


def read(given: Given) -> Reading:
    """Read a Markdown file. Raises ReadError (`not-text`, `empty`)."""
    text, warnings = decoded_text(given.data)
    title, start = front_matter(text)
    text = text[start:]
    headings = find_headings(text)
    title = title or next((top.words for top in headings if top.level == 1), None)
    return Reading(title, language(text), (text_part(text, headings),), warnings)


def front_matter(text: str) -> tuple[str | None, int]:
    """The title in a YAML or TOML front matter, if any, and where the text after it begins."""
    opened = _FRONT_MATTER.match(text)
    if not opened:
        return None, 0
    marks = (opened[1], "...")
    ends = (end for end in _FRONT_END.finditer(text, opened.end()) if end[1] in (None, *marks))
    end = next(ends, None)
    if end is None or end[1] is None:
        return None, 0
    title = _TITLE.search(text, 0, end.start())
    words = title.group(1).strip().strip("\"'") if title else ""
    return shortened(words) or None, end.end()


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
