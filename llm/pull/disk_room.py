"""See before a download that the disk can hold it."""

import shutil
from pathlib import Path

from llm.errors import ModelError


def require_download_room(folder: Path, needed: int) -> None:
    """Raise ModelError unless `needed` bytes fit, with what an earlier try left in `folder`."""
    present = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    free = shutil.disk_usage(folder).free
    if present + free < needed:
        raise ModelError(
            f"{needed / 1e9:.1f} GB are needed in {str(folder)!r}, {free / 1e9:.1f} GB are free",
            "download-room",
            folder=str(folder),
            needed=needed / 1e9,
            free=free / 1e9,
        )
