"""Recognised text is kept where it is text: photos and drawings give letters, too."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.ocr.recognised_line import RecognisedLine

_LEAST_SURE, _SURE = 0.65, 0.85
_FEW = 4  # letters and figures: so few are a sign in a photo, or a label if that is sure


def sensible(lines: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """Return the lines of a picture in a document that are text; none if all is noise."""
    kept = [line for line in lines if line.confidence >= _LEAST_SURE]
    characters = sum(len(line.text) for line in kept)
    said = sum(char.isalnum() for line in kept for char in line.text)
    sure = sum(line.confidence * len(line.text) for line in kept)
    return kept if said > 1 and (said >= _FEW or sure >= _SURE * characters) else []
