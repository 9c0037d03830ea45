"""What a reader is given, and what it makes of it: text in parts, block by block, with headings."""

from ingest.document.blocks import Block, BlockKind, Box, Line, Part, Unit
from ingest.document.given import Given
from ingest.document.part_writer import PartWriter
from ingest.document.reading import READER_VERSION, Properties, Reading
from ingest.document.rows import Row, block_row, head_row, line_row, part_of
from ingest.document.sections import (
    LONGEST_HEADING,
    SEPARATOR,
    Heading,
    Outline,
    cut_parts,
    has_words,
    shortened,
)
from ingest.document.title import real_title
from ingest.document.valid_text import with_valid_text

__all__ = [
    "LONGEST_HEADING",
    "READER_VERSION",
    "SEPARATOR",
    "Block",
    "BlockKind",
    "Box",
    "Given",
    "Heading",
    "Line",
    "Outline",
    "Part",
    "PartWriter",
    "Properties",
    "Reading",
    "Row",
    "Unit",
    "block_row",
    "cut_parts",
    "has_words",
    "head_row",
    "line_row",
    "part_of",
    "real_title",
    "shortened",
    "with_valid_text",
]
