"""Texts that can be stored: without halves of characters, which a file may write as "\\ud800"."""

from __future__ import annotations

from dataclasses import replace

from ingest.document.blocks import Part
from ingest.document.reading import Reading
from ingest.text import HALF


def with_valid_text(reading: Reading) -> Reading:
    """Return a reading with `�` for each half of a character, so that all places stay."""
    said = reading.properties
    if not any(map(HALF.search, (reading.title or "", said.author, *reading.warnings))) and not any(
        HALF.search(text) for part in reading.parts for text in (part.text, part.name)
    ):
        return reading
    return replace(
        reading,
        title=None if reading.title is None else _valid(reading.title),
        parts=tuple(map(_part, reading.parts)),
        warnings=[_valid(warning) for warning in reading.warnings],
        properties=replace(said, author=_valid(said.author)),
    )


def _part(part: Part) -> Part:
    blocks = tuple(
        replace(block, words=_valid(block.words), header=_valid(block.header))
        for block in part.blocks
    )
    return replace(part, text=_valid(part.text), name=_valid(part.name), blocks=blocks)


def _valid(text: str) -> str:
    return HALF.sub("\ufffd", text)
