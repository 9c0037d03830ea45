"""What lies in the data folder for the bytes of a document goes when no document has them."""

from __future__ import annotations

import time
from collections.abc import Iterable

from app.settings import Settings
from ingest.folders import drop_blob, sweep

_FRESH_SECONDS = 60.0


def drop_files(settings: Settings, hashes: Iterable[str]) -> None:
    """Delete the bytes with these hashes, and the PDFs that were made of them."""
    for sha256 in hashes:
        # Bytes stored a moment ago may be those of a document that comes now.
        drop_blob(settings.blobs_dir, sha256, time.time() - _FRESH_SECONDS)
        drop_blob(settings.page_files_dir, sha256, time.time())


def sweep_files(settings: Settings, kept: set[str]) -> None:
    """Delete the bytes and the PDFs of all hashes that are not kept, once they are old."""
    sweep(settings.blobs_dir, kept)
    sweep(settings.page_files_dir, kept)
