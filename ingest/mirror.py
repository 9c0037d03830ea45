"""A folder is mirrored: list its files, hash them, plan what to do."""

import hashlib
from pathlib import Path

from ingest.errors import os_error
from ingest.plan import Known, Plan, Present, plan
from ingest.scan import Found, Scan, scan

__all__ = ["Found", "Known", "Plan", "Present", "Scan", "hash_file", "plan", "scan"]

_BLOCK = 1024 * 1024


def hash_file(path: Path) -> tuple[str, int]:
    """The SHA-256 and the size in bytes of a file.

    Raises ReadError: `vanished`, `no-permission`.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise os_error(error) from error
    return digest.hexdigest(), size
