"""The sample documents, where this program lies in a checkout."""

from __future__ import annotations

from pathlib import Path

_SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples" / "docs"


def samples() -> Path | None:
    """Return the folder of the sample documents, None where they are not here."""
    return _SAMPLES if _SAMPLES.is_dir() else None
