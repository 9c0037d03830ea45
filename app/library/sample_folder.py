"""The sample documents, which come with the program."""

from __future__ import annotations

from pathlib import Path

from app.checkout_files import beside


def samples() -> Path | None:
    """Return the folder of the sample documents, None where they are not here."""
    folder = beside() / "data" / "samples" / "docs"
    return folder if folder.is_dir() else None
