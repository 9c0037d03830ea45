"""The bytes of an upload checked and kept, before they are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.settings import Settings
from ingest.errors import ReadError
from ingest.folders import open_file, safe_path, stage, stage_bytes
from ingest.limits import Limits
from ingest.readers import HEAD_BYTES, begins_as_known, has_suffix, is_supported
from retrieval.ledger import require_room


def kept_upload(
    name: str, given: bytes | Path, settings: Settings, limits: Limits
) -> tuple[str, str, int]:
    """Keep bytes, or those of a file; return the path, the SHA-256 and the size of the upload.

    Raises ReadError for what is not read, and LibraryError where there is no room.
    """
    path = safe_path(name)
    if isinstance(given, bytes):
        _require_known(path, lambda: given)
        require_room(settings.data_dir, 2 * len(given))
        return path, *stage_bytes(given, settings.blobs_dir, limits)
    with open_file(given, given) as file:
        _require_known(path, lambda: file.read(HEAD_BYTES))
        require_room(settings.data_dir, 2 * given.stat().st_size)
        return path, *stage(file, settings.blobs_dir, limits)


def _require_known(path: str, head: Callable[[], bytes]) -> None:
    if not is_supported(path) or not (has_suffix(path) or begins_as_known(head())):
        raise ReadError("unsupported", "files of this kind are not read")
