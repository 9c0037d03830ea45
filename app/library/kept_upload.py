"""The bytes of an upload checked and kept, before they are read."""

from __future__ import annotations

from app.settings import Settings
from ingest.errors import ReadError
from ingest.folders import safe_path, stage_bytes
from ingest.limits import Limits
from ingest.readers import begins_as_known, has_suffix, is_supported
from retrieval.ledger import require_room


def kept_upload(name: str, data: bytes, settings: Settings, limits: Limits) -> tuple[str, str, int]:
    """Keep bytes; return the path, the SHA-256 and the size of the upload.

    Raises ReadError for what is not read, and LibraryError where there is no room.
    """
    path = safe_path(name)
    require_room(settings.data_dir, 2 * len(data))
    if not is_supported(path) or not (has_suffix(path) or begins_as_known(data)):
        raise ReadError("unsupported", "files of this kind are not read")
    return path, *stage_bytes(data, settings.blobs_dir, limits)
