"""Whether the disk that a folder lies on is there."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import ReadError
from ingest.folders import Scan
from retrieval.library import Library, Source


def check_mounted(library: Library, source: Source, root: Path, found: Scan) -> None:
    """Raise ReadError for an empty folder on another disk than before: it is not mounted."""
    empty = not (found.files or found.skipped or found.unreadable or found.closed)
    device = str(root.stat().st_dev)
    if empty and source.device not in (None, device):
        raise ReadError(
            "vanished",
            "the folder is empty and on another disk than before; is it mounted?",
            "folder-empty",
        )
    if not empty and source.id > 0 and source.device != device:
        library.set_device(source, device)
