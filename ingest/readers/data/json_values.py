"""JSON, and JSON line by line: names and values as people read them."""

from __future__ import annotations

import json
from typing import Any

from ingest.document import Given, PartWriter, Reading, shortened
from ingest.errors import ReadError
from ingest.readers.data.values import write_value
from ingest.readers.decoded_text import decoded_text
from ingest.text import collapsed, language

_MOST_BROKEN = 0.5  # of the lines: with more it is no JSON


def read(given: Given) -> Reading:
    """Read JSON. What is none is read as plain text. Raises ReadError (`too-large`, `not-text`)."""
    text, warnings = decoded_text(given.data)
    writer = PartWriter()
    try:
        value = _value(text, warnings)
        if value is None:
            writer.paragraph(text)
        else:
            write_value(value, writer)
    except RecursionError as error:
        raise ReadError("too-large", "it is nested too deeply; save it flatter", "deep") from error
    part = writer.part()
    title = value.get("title") if isinstance(value, dict) else None
    named = shortened(collapsed(title)) if isinstance(title, str) else ""
    return Reading(named or None, language(part.text), (part,), warnings)


def _value(text: str, warnings: list[str]) -> Any:
    """Return what a text of JSON holds, a list of lines for JSON by the line, None for neither."""
    try:
        return _parsed(text)
    except ValueError as error:
        broken = str(error)
    lines = [line for line in text.split("\n") if line.strip()]
    values, lost = [], 0
    for line in lines:
        try:
            values.append(_parsed(line))
        except ValueError:
            lost += 1
    if len(lines) < 2 or lost > _MOST_BROKEN * len(lines) or not _are_objects(values):
        warnings.append(f"it is no JSON ({broken[:100]}); read as plain text")
        return None
    if lost:
        warnings.append(f"{lost} of {len(lines)} lines left out: they are no JSON")
    return values


def _are_objects(values: list[Any]) -> bool:
    return sum(isinstance(one, (dict, list)) for one in values) * 2 > len(values)


def _parsed(text: str) -> Any:
    """Figures stay as they are written: 1.10 is a version or a price, and not 1.1."""
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
