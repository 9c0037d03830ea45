"""What a backup is: a plain tar file with a manifest, the ledger and the bytes of the documents.

A file that is given as one is read without `TarFile`, which takes in all headers, of any size and
number, before one can look at the first.
"""

from __future__ import annotations

import json
import os
import re
import tarfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any, BinaryIO

from ingest.folders import is_sha256

FORMAT = 1
MANIFEST = "manifest.json"
LEDGER = "ledger.sqlite3"
_BLOB = re.compile(r"blobs/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_NO_MANIFEST = "its manifest is not that of a backup"
_MANIFEST_BYTES = 64 << 20  # 70 bytes for each lost blob, and a few hundred
_LARGEST = 1 << 53  # of a number in it


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
        # Ours has one object with one list of long strings; nothing else may grow in memory to
        # many times its size before it is looked at.
        if data.count(b"{") != 1 or data.count(b"[") > 1 or data.count(b",") > 16 + len(data) // 64:
            raise ValueError(_NO_MANIFEST)
        values: Any = json.loads(data)
        if isinstance(values, dict) and _is_number(values.get("format")):
            if values["format"] > FORMAT:
                raise ValueError("it was made by a newer Zhiku: update Zhiku")
            if set(values) == {f.name for f in fields(cls)} and _is_sound(values):
                return cls(**{**values, "missing": tuple(values["missing"])})
        raise ValueError(_NO_MANIFEST)


@dataclass(frozen=True)
class ArchiveReport:
    """What was written into a backup, or taken out of one.

    `bytes` is the size of the file; `missing` names documents whose own bytes are not in it;
    `sources` are the folders and files it mirrors, not read after a restore before they are named.
    """

    file: str
    data_dir: str
    bytes: int
    documents: int
    chunks: int
    blobs: int
    missing: list[str]
    sources: list[str]
    seconds: float


@dataclass(frozen=True)
class Member:
    """A file in a backup: its name, where its bytes begin and how many there are."""

    name: str
    start: int
    size: int


@dataclass(frozen=True)
class Layout:
    """The members of a backup: the manifest, which has been read, the ledger, then the blobs."""

    manifest: Manifest
    ledger: Member
    end: int  # of the ledger's bytes with their padding: there the first blob begins


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def _is_sound(values: dict[str, Any]) -> bool:
    numbers = ("schema", "documents", "chunks", "blobs")
    missing, created = values["missing"], values["created"]
    return (
        all(_is_number(values[name]) for name in numbers)
        and is_sha256(values["ledger_sha256"])
        and isinstance(created, str)
        and len(created) < 100
        and isinstance(missing, list)
        and all(map(is_sha256, missing))
    )


def layout(file: BinaryIO) -> Layout:
    """Read the headers of a backup, one after the other, and its manifest.

    Raises ValueError, with the reason, for what `kb backup` does not write: other members, another
    order, more blobs than the manifest says, links, holes, long names and extended headers.
    """
    walk = members(file)
    head, ledger = next(walk, None), next(walk, None)
    if head is None or ledger is None or (head.name, ledger.name) != (MANIFEST, LEDGER):
        raise ValueError("it is no backup, or it is cut short")
    if head.size > _MANIFEST_BYTES:
        raise ValueError(_NO_MANIFEST)
    file.seek(head.start)
    manifest = Manifest.from_json(file.read(head.size))
    blobs = 0
    for member in walk:
        if not blob_of(member.name):
            raise ValueError(f"{member.name!r} does not belong into a backup")
        blobs += 1
        if blobs > manifest.blobs:
            break
    if blobs != manifest.blobs:
        raise ValueError("it does not hold the files of its ledger; it may be cut short")
    return Layout(manifest, ledger, _padded(ledger.start + ledger.size))


def members(file: BinaryIO, at: int = 0) -> Iterator[Member]:
    """Yield the members from a place on, each when its header was read and found to be ours.

    Nothing is kept, so that a file of any size takes no memory. Raises ValueError with the reason.
    """
    size = file.seek(0, os.SEEK_END)
    while True:
        file.seek(at)
        header = file.read(tarfile.BLOCKSIZE)
        if header == bytes(tarfile.BLOCKSIZE):
            return
        try:
            found = tarfile.TarInfo.frombuf(header, "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError) as error:
            raise ValueError("it is no backup, or it is cut short or damaged") from error
        start = at + tarfile.BLOCKSIZE
        if not is_plain(found) or found.size < 0:
            raise ValueError(f"{found.name[:200]!r} does not belong into a backup")
        if start + found.size > size:
            raise ValueError("it is cut short")
        yield Member(found.name, start, found.size)
        at = _padded(start + found.size)


def _padded(end: int) -> int:
    """Return where the next header begins: members fill whole blocks."""
    return -(-end // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE


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
