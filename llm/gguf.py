"""Read the header of a GGUF file: its metadata, and whether all its tensors are there.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (little-endian, versions 2 and 3).
"""

import struct
from math import prod
from pathlib import Path
from typing import BinaryIO

from llm.errors import ModelError
from llm.ggml_blocks import BLOCKS

Scalar = str | int | float | bool
Value = Scalar | list[Scalar]

UINT32, UINT64, STRING, ARRAY = 4, 10, 8, 9
NUMBERS = {
    0: struct.Struct("<B"),
    1: struct.Struct("<b"),
    2: struct.Struct("<H"),
    3: struct.Struct("<h"),
    4: struct.Struct("<I"),
    5: struct.Struct("<i"),
    6: struct.Struct("<f"),
    7: struct.Struct("<?"),
    10: struct.Struct("<Q"),
    11: struct.Struct("<q"),
    12: struct.Struct("<d"),
}
MOST_ITEMS = 1 << 32
KEPT_ITEMS = 64  # longer arrays are vocabularies of 50,000 words and more: skipped
MOST_ENTRIES = 1 << 20  # the largest models have some thousands of tensors
LONGEST_TEXT = 1 << 24  # a length beyond 16 MB is damage, not text


def read_metadata(path: Path) -> dict[str, Value]:
    """The file's metadata by key, such as `general.architecture`, without its long arrays.

    Raises ModelError when the file is not a GGUF file or ends within its header.
    """
    return _read(path)[0]


def check_complete(path: Path) -> dict[str, Value]:
    """The file's metadata, as `read_metadata`; ModelError when tensors are missing at its end."""
    metadata, needed = _read(path)
    size = path.stat().st_size
    if size < needed:
        raise ModelError(
            f"{str(path)!r} is cut short: it has {size} of {needed} bytes; get it again"
        )
    return metadata


def context_length(metadata: dict[str, Value]) -> int | None:
    """The longest prompt in tokens that the model was trained for, None where not stated."""
    value = metadata.get(f"{metadata.get('general.architecture')}.context_length")
    return value if isinstance(value, int) else None


def _read(path: Path) -> tuple[dict[str, Value], int]:
    """The metadata, and the bytes that the file must have to hold all its tensors."""
    try:
        with path.open("rb") as stream:
            return _Reader(stream, path).header()
    except OSError as error:
        raise ModelError(f"cannot read {str(path)!r}: {error.strerror}") from None


class _Reader:
    def __init__(self, stream: BinaryIO, path: Path) -> None:
        self.stream = stream
        self.path = path

    def header(self) -> tuple[dict[str, Value], int]:
        if self.stream.read(4) != b"GGUF":
            raise ModelError(f"{str(self.path)!r} is not a GGUF file; give one that ends in .gguf")
        version = self.number(UINT32)
        if version not in (2, 3):
            raise ModelError(f"{str(self.path)!r} has GGUF version {version}; 2 and 3 are read")
        tensors, keys = int(self.number(UINT64)), int(self.number(UINT64))
        if max(tensors, keys) > MOST_ENTRIES:
            raise self.damaged()
        metadata: dict[str, Value] = {}
        for _ in range(keys):
            key = self.text()
            value = self.value(int(self.number(UINT32)))
            if value is not None:
                metadata[key] = value
        ends = [self.tensor_end() for _ in range(tensors)]
        alignment = metadata.get("general.alignment", 32)
        if not isinstance(alignment, int) or alignment < 1:
            raise self.damaged()
        start = -(-self.stream.tell() // alignment) * alignment
        return metadata, start + max(ends, default=0)

    def take(self, count: int) -> bytes:
        data = self.stream.read(count)
        if len(data) < count:
            size = self.path.stat().st_size
            raise ModelError(
                f"{str(self.path)!r} is cut short: its {size} bytes end within the header;"
                " get it again"
            )
        return data

    def number(self, kind: int) -> int | float | bool:
        layout = NUMBERS[kind]
        found: int | float | bool = layout.unpack(self.take(layout.size))[0]
        return found

    def text(self) -> str:
        length = int(self.number(UINT64))
        if length > LONGEST_TEXT:
            raise self.damaged()
        return self.take(length).decode("utf-8", "replace")

    def value(self, kind: int) -> Value | None:
        """The next value; None for an array that is too long to keep."""
        if kind == STRING:
            return self.text()
        if kind != ARRAY:
            if kind not in NUMBERS:
                raise self.damaged()
            return self.number(kind)
        inner, count = int(self.number(UINT32)), int(self.number(UINT64))
        if inner == ARRAY or count > MOST_ITEMS:  # arrays of arrays are written by nobody
            raise self.damaged()
        if count > KEPT_ITEMS and inner in NUMBERS:
            self.stream.seek(NUMBERS[inner].size * count, 1)
            return None
        items: list[Scalar] = []
        for _ in range(count):
            item = self.value(inner)
            if len(items) < KEPT_ITEMS and item is not None and not isinstance(item, list):
                items.append(item)
        return items if count <= KEPT_ITEMS else None

    def tensor_end(self) -> int:
        """The byte after the next tensor, counted from the start of the tensors."""
        self.text()
        dimensions = int(self.number(UINT32))
        if dimensions > 8:
            raise self.damaged()
        elements = prod(int(self.number(UINT64)) for _ in range(dimensions))
        kind, offset = int(self.number(UINT32)), int(self.number(UINT64))
        values, size = BLOCKS.get(kind, (1, 0))  # a type newer than this table: its start counts
        return offset + elements // values * size

    def damaged(self) -> ModelError:
        return ModelError(f"{str(self.path)!r} is damaged: its header makes no sense; get it again")
