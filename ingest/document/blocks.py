"""What a page of a document holds, block by block, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

BlockKind = Literal["heading", "paragraph", "item", "table", "code", "caption", "footnote", "note"]
"""`note` is what stands beside the text: a comment, a speaker's note, a form's field."""

Unit = Literal["page", "slide", "sheet"]
"""What the parts of a document are called where they are numbered."""


class Box(NamedTuple):
    """A rectangle in points (1/72 inch) from the upper left corner of a page as it is shown."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Block:
    """A span of a part's text, `text[start:end]`, and what it is.

    `level` is that of a heading, from 1, or of a list item, from 0. `words` are those of a heading
    as one reads them, without marks. A table stands as Markdown; `body` is where its rows begin,
    `header` what a row further down needs to be understood: its caption and its header row.
    `confidence`, 0 to 1, is that of text which was recognised in a picture, else None.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    words: str = ""
    header: str = ""
    body: int = 0
    confidence: float | None = None


@dataclass(frozen=True)
class Line:
    """Where a span of a part's text stands on its page."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True)
class Part:
    """A page, slide or sheet of a document, or all of it, as text.

    `number` counts from 1, None where the document has no parts. `name` is a sheet's. Pages have
    their size in points and their lines with boxes, as far as the reader knows them.
    `confidence`, 0 to 1, is that of a part all of which was recognised in a picture, else None.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    number: int | None = None
    name: str = ""
    size: tuple[float, float] | None = None
    lines: tuple[Line, ...] = ()
    confidence: float | None = None
