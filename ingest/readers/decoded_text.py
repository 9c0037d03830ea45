"""The text of a file of text, without the files that are written into it."""

from __future__ import annotations

from ingest.encoding import decode
from ingest.readers.embedded_files import without_embedded


def decoded_text(data: bytes) -> tuple[str, list[str]]:
    """Return bytes as text, without files that are written into it; the list has warnings."""
    decoded = decode(data)
    text, files = without_embedded(decoded.text)
    warnings = list(decoded.warnings)
    if files:
        what = "file" if files == 1 else "files"
        warnings.append(f"{files} embedded {what} (base64) left out")
    return text, warnings
