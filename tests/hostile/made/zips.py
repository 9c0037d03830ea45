"""ZIP archives written by hand: with members that are never unpacked here, lie, or overlap."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True)
class Member:
    """A member as the archive holds it; `says` is the size that it claims."""

    name: str
    packed: bytes
    crc: int
    size: int
    mode: int = stat.S_IFREG | 0o644
    says: int | None = None


def plain(name: str, content: bytes | str, mode: int = stat.S_IFREG | 0o644) -> Member:
    """A member whose content is at hand."""
    data = content.encode() if isinstance(content, str) else content
    return repeated(name, b"", 0, data, mode=mode)


def repeated(
    name: str,
    block: bytes,
    times: int,
    before: bytes = b"",
    after: bytes = b"",
    mode: int = stat.S_IFREG | 0o644,
    says: int | None = None,
) -> Member:
    """A member that holds a block many times between two texts; it is never made unpacked."""
    crc = zlib.crc32(before)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    pieces = [flushed(before), flushed(block) * times, ended(after)]
    size = len(before) + len(block) * times + len(after)
    return Member(name, b"".join(pieces), zlib.crc32(after, crc), size, mode, says)


def zipped(*members: Member) -> bytes:
    """An archive of members."""
    body, places = bytearray(), []
    for one in members:
        places.append(len(body))
        body += _local(one) + one.name.encode() + one.packed
    return bytes(body) + _directory(members, places, len(body))


def files(*contents: tuple[str, bytes | str]) -> bytes:
    """An archive of plain files."""
    return zipped(*(plain(name, content) for name, content in contents))


def overlapping(count: int, unpacked: int) -> bytes:
    """An archive whose members are one and the same bytes."""
    one = repeated("0.txt", b"word " * 1000, unpacked // 5000)
    body = _local(one) + one.name.encode() + one.packed
    names = [Member(f"{n}.txt", one.packed, one.crc, one.size) for n in range(count)]
    return body + _directory(names, [0] * count, len(body))


def nested(levels: int, wide: int) -> bytes:
    """Archives in archives: `wide` to the power of `levels` texts of 1 MiB."""
    data = zipped(*(repeated(f"{n}.txt", b"word " * 1024, 205) for n in range(wide)))
    for _ in range(levels - 1):
        data = files(*((f"{n}.zip", data) for n in range(wide)))
    return data


def flushed(data: bytes) -> bytes:
    """A piece of a stream that can be repeated and followed by others."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH) if data else b""


def ended(data: bytes) -> bytes:
    """The last piece of a stream."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _size(one: Member) -> int:
    return one.size if one.says is None else one.says


def _local(one: Member) -> bytes:
    return struct.pack(
        "<4sHHHHHIIIHH", b"PK\3\4", 20, 0x800, 8, 0, 33, one.crc, len(one.packed), _size(one),
        len(one.name.encode()), 0,
    )  # fmt: skip


def _directory(members: Sequence[Member], places: Sequence[int], at: int) -> bytes:
    entries = b"".join(
        struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\1\2", (3 << 8) | 20, 20, 0x800, 8, 0, 33, one.crc,
            len(one.packed), _size(one), len(one.name.encode()), 0, 0, 0, 0, one.mode << 16, place,
        )
        + one.name.encode()
        for one, place in zip(members, places, strict=True)
    )  # fmt: skip
    count = min(len(members), 0xFFFF)
    return entries + struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(entries), at, 0
    )  # fmt: skip
