"""Microsoft's compound files made to hurt: mails, books and workbooks whose chains lead back."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from made.archives import GOOD

Storage: TypeAlias = "Mapping[str, bytes | Storage]"
_SECTOR, _FREE, _END, _TABLE = 512, 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD


@dataclass
class Entry:
    """An entry of the directory."""

    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = 0
    size: int = 0


class Compound:
    """A compound file that can be changed before it is written."""

    def __init__(self, root: Storage) -> None:
        self.entries: list[Entry] = []
        self.chains: list[int] = []
        self.more_tables = _END  # the sector with further sectors of chains
        self._sectors: list[bytes] = []
        self._enter("Root Entry", root)

    def named(self, name: str) -> Entry:
        """The first entry of a name."""
        return next(entry for entry in self.entries if entry.name == name)

    def written(self) -> bytes:
        """The bytes of the file."""
        directory = b"".join(
            struct.pack(
                "<64sHBBIII16sIQQIQ", f"{e.name}\0".encode("utf-16-le"), 2 * len(e.name) + 2,
                e.kind, 1, e.left, e.right, e.child, b"", 0, 0, 0,
                _END if e.kind == 5 else e.start, e.size,
            )
            for e in self.entries
        )  # fmt: skip
        directory_at = self._add(directory)
        at, count = len(self._sectors), 1
        while count * 128 < len(self._sectors) + count:
            count += 1
        chains = [*self.chains, *[_TABLE] * count]
        chains += [_FREE] * (count * 128 - len(chains))
        tables = [at + n for n in range(count)] + [_FREE] * (109 - count)
        head = struct.pack(
            "<8s16sHHHHH6sIIIIIIIII109I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE,
            9, 6, b"", 0, count, directory_at, 0, 0x1000, _END, 0,
            self.more_tables, 1 << 20 if self.more_tables != _END else 0, *tables,
        )  # fmt: skip
        packed = [struct.pack("<128I", *chains[n * 128 : n * 128 + 128]) for n in range(count)]
        return head + b"".join((*self._sectors, *packed))

    def _add(self, data: bytes) -> int:
        first, count = len(self._sectors), max(1, -(-len(data) // _SECTOR))
        for n in range(count):
            self._sectors.append(data[n * _SECTOR : (n + 1) * _SECTOR].ljust(_SECTOR, b"\0"))
            self.chains.append(first + n + 1 if n + 1 < count else _END)
        return first

    def _enter(self, name: str, content: bytes | Storage) -> int:
        at = len(self.entries)
        if isinstance(content, bytes):
            padded = content.ljust(4096, b"\n" if name.endswith("0102") else b"\0")
            self.entries.append(Entry(name, 2, start=self._add(padded), size=len(padded)))
            return at
        self.entries.append(Entry(name, 1 if at else 5))
        last = _FREE
        for inner in sorted(content, key=lambda one: (len(one), one.upper()), reverse=True):
            here = self._enter(inner, content[inner])
            self.entries[here].right, last = last, here
        self.entries[at].child = last
        return at


def _message(subject: str, attached: Storage | None = None) -> Storage:
    said = {0x0037: subject, 0x1000: GOOD, 0x0C1A: "Ute Brandl"}
    parts: dict[str, bytes | Storage] = {
        f"__substg1.0_{one:04X}001F": text.encode("utf-16-le") for one, text in said.items()
    }
    parts["__properties_version1.0"] = b"\0" * 32
    if attached is not None:
        parts["__attach_version1.0_#00000000"] = {
            "__properties_version1.0": b"\0" * 8,
            "__substg1.0_3701000D": attached,
        }
    return parts


def msg_deep() -> bytes:
    """A mail in a mail in a mail, 60 deep."""
    message = _message("last")
    for n in range(60):
        message = _message(f"level {n}", message)
    return Compound(message).written()


def msg_loop() -> bytes:
    """A mail whose attachment is the mail itself."""
    file = Compound(_message("Loop", _message("Inner")))
    file.named("__substg1.0_3701000D").child = file.entries[0].child
    return file.written()


def msg_many() -> bytes:
    """A mail whose thousands of attachments are one and the same bytes."""
    attached: dict[str, bytes | Storage] = {
        f"__attach_version1.0_#{n:08X}": {
            "__properties_version1.0": b"\0" * 8, "__substg1.0_37010102": b""
        }
        for n in range(400)
    }  # fmt: skip
    text = {"text": b"many words " * 150_000}
    file = Compound({**_message("Many"), **attached, **text})
    long = file.named("text")
    for entry in file.entries:
        if entry.name == "__substg1.0_37010102":
            entry.start, entry.size = long.start, long.size
    return file.written()


def ole_chain_loop() -> bytes:
    """A document whose stream comes back to its first sector."""
    file = Compound({"WordDocument": b"x" * 40_000, "1Table": b"y" * 4096})
    entry = file.named("WordDocument")
    file.chains[entry.start + 5] = entry.start
    entry.size = 0x7FFF_FFFF
    return file.written()


def ole_tree_loop() -> bytes:
    """A document whose list of streams leads in a ring."""
    file = Compound({"WordDocument": b"x" * 4096, "1Table": b"y" * 4096, "Data": b"z" * 4096})
    names = ("WordDocument", "1Table", "Data")
    for at, name in enumerate(names):
        ring = file.entries.index(file.named(names[(at + 1) % 3]))
        file.named(name).left = file.named(name).right = file.named(name).child = ring
    return file.written()


def ole_table_loop() -> bytes:
    """A document whose list of chains goes on in itself."""
    file = Compound({"WordDocument": b"\0" * 40_000})
    file.more_tables = file.named("WordDocument").start
    return file.written()


def doc_lying() -> bytes:
    """A Word document whose head tells of sizes and places that there are not."""
    head = struct.pack("<HHHHH", 0xA5EC, 193, 0, 0, 0) + b"\0\2" + b"\xff" * 4000
    return Compound(
        {"WordDocument": head, "0Table": b"\xff" * 8192, "1Table": b"\xff" * 8192}
    ).written()


def ppt_lying() -> bytes:
    """Slides in slides, whose records tell of sizes that there are not."""
    records = struct.pack("<HHI", 0x0F, 1000, 0xFFFF_FFF0) * 5000
    user = struct.pack("<HHIIIII", 0, 0xFF6, 20, 20, 0xE391_C05F, 0, 0xFFFF_FFFF)
    return Compound({"PowerPoint Document": records, "Current User": user}).written()


def xls_lying() -> bytes:
    """A workbook that tells of two thousand million strings and rows; one cell is true."""
    sheet = (
        _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
        + _record(0x200, struct.pack("<IIHHH", 0, 0xFFFF_FFFF, 0, 0xFFFF, 0))
        + _record(0x208, struct.pack("<HHHHHHI", 65_535, 0, 0xFFFF, 255, 0, 0, 0))
        + _record(0x204, struct.pack("<HHHHB", 0, 0, 0, len(GOOD), 0) + GOOD.encode())
        + _record(0x203, struct.pack("<HHHd", 65_535, 255, 0, 1.0))
        + _record(0xE5, struct.pack("<H", 1000) + struct.pack("<HHHH", 0, 65_535, 0, 255) * 1000)
        + _record(0x0A, b"")
    )
    name = b"Prices"

    def book(at: int) -> bytes:
        return (
            _record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 6))
            + _record(0x42, struct.pack("<H", 1200))
            + _record(0x85, struct.pack("<IHBB", at, 0, len(name), 0) + name)
            + _record(
                0xFC, struct.pack("<II", 0x7FFF_FFFF, 0x7FFF_FFFF) + b"\xff\x7f\0" + b"x" * 99
            )
            + _record(0x0A, b"")
        )

    return Compound({"Workbook": book(len(book(0))) + sheet}).written()


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
