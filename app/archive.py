"""What a backup is: a plain tar file with a manifest, the ledger and the bytes of the documents."""

from __future__ import annotations

import json
import os
import re
import tarfile
import time
from dataclasses import asdict, dataclass, fields
from typing import Any, BinaryIO

FORMAT = 1
MANIFEST = "manifest.json"
LEDGER = "ledger.sqlite3"
_BLOB = re.compile(r"blobs/([0-9a-f]{2})/(\1[0-9a-f]{62})")


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; `missing` are blobs that were lost or damaged before it."""

    format: int
    created: str  # UTC, ISO 8601
    schema: int
    documents: int
    chunks: int
    ledger_sha256: str
    blobs: int
    missing: tuple[str, ...]

    def to_json(self) -> bytes:
        """Return what stands in the file."""
        return (json.dumps(asdict(self), indent=1) + "\n").encode()

    @classmethod
    def from_json(cls, data: bytes) -> Manifest:
        """Return the manifest of a file. Raises ValueError, with the reason, when it is none."""
        try:
            values: Any = json.loads(data)
        except RecursionError as error:
            raise ValueError("its manifest is not that of a backup") from error
        if isinstance(values, dict) and _is_number(values.get("format")):
            if values["format"] > FORMAT:
                raise ValueError("it was made by a newer Zhiku: update Zhiku")
            proper = set(values) == {f.name for f in fields(cls)}
            if proper and _is_number(values["schema"]) and isinstance(values["missing"], list):
                return cls(**{**values, "missing": tuple(map(str, values["missing"]))})
        raise ValueError("its manifest is not that of a backup")


@dataclass(frozen=True)
class ArchiveReport:
    """What was written into a backup, or taken out of one.

    `bytes` is the size of the file; `missing` names documents whose own bytes are not in it.
    """

    file: str
    data_dir: str
    bytes: int
    documents: int
    chunks: int
    blobs: int
    missing: list[str]
    seconds: float


def _is_number(value: object) -> bool:
    return type(value) is int


def blob_name(sha256: str) -> str:
    """Return the name in a backup of the bytes with this hash."""
    return f"blobs/{sha256[:2]}/{sha256}"


def blob_of(member: str) -> str | None:
    """Return the SHA-256 in the name of a blob, None for any other name."""
    match = _BLOB.fullmatch(member)
    return match[2] if match else None


def is_plain(member: tarfile.TarInfo) -> bool:
    """Tell whether a member is an ordinary file: no link, no folder, no device, no holes."""
    return member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and member.sparse is None


def add(tar: tarfile.TarFile, name: str, data: BinaryIO) -> None:
    """Add a member with these bytes, which only its owner may read, whoever unpacks it."""
    member = tarfile.TarInfo(name)
    member.size = data.seek(0, os.SEEK_END)
    member.mode, member.mtime = 0o600, int(time.time())
    data.seek(0)
    tar.addfile(member, data)
