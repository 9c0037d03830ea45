"""What was read of a document as HTML, block by block."""

from __future__ import annotations

import html
from collections.abc import Sequence

from app.control_characters import line, lines
from app.results import ShownBlock
from app.texts import Words
from app.web import passage_html, text_html

_LONGEST = 20_000  # characters of one block


def blocks_html(path: str, blocks: Sequence[ShownBlock], words: Words) -> str:
    """Return blocks as HTML, each as what it is: headings, items, tables, notes."""
    return "".join(_block(path, block, words) for block in blocks)


def _block(path: str, block: ShownBlock, words: Words) -> str:
    text = block.text[:_LONGEST] + ("…" if len(block.text) > _LONGEST else "")
    match block.kind:
        case "heading":
            return f'<p class="kb-block-heading">{html.escape(line(text.lstrip("# ")))}</p>'
        case "table":
            # What a reader of any file writes down as a list instead stands as Markdown.
            return passage_html(path if text.startswith("|") else "table.md", text)
        case "code":
            return f"<pre>{html.escape(lines(text))}</pre>"
        case "item":
            indent = 1.2 * min(block.level, 8)
            inner = passage_html(path, text.strip())
            return f'<div class="kb-block-item" style="padding-left:{indent:.1f}rem">{inner}</div>'
        case "caption" | "footnote" | "note":
            kind = html.escape(words(f"block_{block.kind}"))
            return f'<div class="kb-block-aside"><b>{kind}</b>{text_html(text)}</div>'
    return passage_html(path, text)
