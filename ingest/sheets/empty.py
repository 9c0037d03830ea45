"""A workbook whose sheets have names and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.document import Part
from ingest.errors import ReadError
from ingest.office import NamedPictures


def refuse_if_empty(parts: Sequence[Part], pictures: NamedPictures | None = None) -> None:
    """Raise ReadError (`empty`, `needs-ocr`) where no sheet holds anything."""
    if any(block.kind != "heading" for part in parts for block in part.blocks):
        return
    if pictures is not None:
        pictures.refuse_if_alone(has_words=False)
    raise ReadError("empty", "its sheets are empty; fill them or leave it out")
