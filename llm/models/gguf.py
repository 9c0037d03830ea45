"""Read the header of a GGUF file: its metadata, and whether all its tensors are there.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (little-endian, versions 2 and 3).

Not the `GGUFReader` of `gguf` 0.19.0: it makes an array of NumPy for each of the 300,000 texts of a
vocabulary (25 s and 490 MB for a model of 0.5B, here 0.6 s), and believes the counts in a header.
One of 32 MB of zeros that claims two million texts took it two minutes and 3.3 GB, and of a file
that is cut short it says "size must be a divisor". It also brings PyYAML and requests.
"""

import struct
from math import prod
from pathlib import Path
from typing import BinaryIO

from llm.errors import ModelError
from llm.models.ggml_blocks import BLOCKS

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
KEPT_ITEMS = 64  # longer arrays are vocabularies of 50,000 words and more: skipped
# What a header may hold. The largest have 262,000 words, 515,000 merges of words, some thousands of
# tensors, and 20 MB in all; what is beyond would keep one waiting for minutes.
MOST_TEXTS = 1 << 21
MOST_ENTRIES = 1 << 17
LONGEST_TEXT = 1 << 24  # bytes
MOST_BYTES = 1 << 27


def read_metadata(path: Path) -> dict[str, Value]:
    """The file's metadata by key, such as `general.architecture`, without its long arrays.

    Raises ModelError when the file is not a GGUF file or ends within its header. Neither the time
    nor the memory that this takes grows with what the header claims, only with what is there.
    """
    return _read(path)[0]


def check_complete(path: Path) -> dict[str, Value]:
    """The file's metadata, as `read_metadata`; ModelError when tensors are missing at its end."""
    metadata, needed = _read(path)
    size = path.stat().st_size
    if size < needed:
        raise ModelError(
            f"{str(path)!r} is cut short: it has {size} of {needed} bytes; get it again",
            "model-cut-short",
            file=str(path),
            size=size,
        )
    return metadata


def context_length(metadata: dict[str, Value]) -> int | None:
    """The longest prompt in tokens that the model was trained for, None where not stated."""
    value = metadata.get(f"{metadata.get('general.architecture')}.context_length")
    return value if isinstance(value, int) and value > 0 else None


def _read(path: Path) -> tuple[dict[str, Value], int]:
    """The metadata, and the bytes that the file must have to hold all its tensors."""
    try:
        with path.open("rb") as stream:
            return _Reader(stream, path).header()
    except OSError as error:
        raise ModelError(
            f"cannot read {str(path)!r}: {error.strerror}",
            "model-unreadable",
            file=str(path),
            why=str(error.strerror),
        ) from None


class _Reader:
    def __init__(self, stream: BinaryIO, path: Path) -> None:
        self.stream = stream
        self.path = path
        self.size = path.stat().st_size
        self.texts, self.taken = 0, 0  # so far

    def header(self) -> tuple[dict[str, Value], int]:
        if self.stream.read(4) != b"GGUF":
            raise ModelError(
                f"{str(self.path)!r} is not a GGUF file; give one that ends in .gguf",
                "model-no-gguf",
                file=str(self.path),
            )
        version = self.number(UINT32)
        if version not in (2, 3):
            raise ModelError(
                f"{str(self.path)!r} has GGUF version {version}; 2 and 3 are read",
                "model-gguf-version",
                file=str(self.path),
                version=version,
            )
        tensors, keys = int(self.number(UINT64)), int(self.number(UINT64))
        if tensors + keys > MOST_ENTRIES:
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
        self.taken += count
        if self.taken > MOST_BYTES:
            raise self.damaged()
        data = self.stream.read(count)
        if len(data) < count:
            raise self.cut_short()
        return data

    def skip(self, count: int) -> None:
        if count > self.size - self.stream.tell():
            raise self.cut_short()
        self.stream.seek(count, 1)

    def number(self, kind: int) -> int | float | bool:
        layout = NUMBERS[kind]
        found: int | float | bool = layout.unpack(self.take(layout.size))[0]
        return found

    def text(self) -> str:
        length = int(self.number(UINT64))
        self.texts += 1
        if length > LONGEST_TEXT or self.texts > MOST_TEXTS:
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
        if inner == ARRAY:  # arrays of arrays are written by nobody
            raise self.damaged()
        if count > KEPT_ITEMS and inner in NUMBERS:
            self.skip(NUMBERS[inner].size * count)
            return None
        if inner == STRING and count > MOST_TEXTS:
            raise self.damaged()
        if inner == STRING and NUMBERS[UINT64].size * count > self.size:
            raise self.cut_short()
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

    def cut_short(self) -> ModelError:
        return ModelError(
            f"{str(self.path)!r} is cut short: its {self.size} bytes end within the header;"
            " get it again",
            "model-cut-short",
            file=str(self.path),
            size=self.size,
        )

    def damaged(self) -> ModelError:
        return ModelError(
            f"{str(self.path)!r} is no GGUF file that can be read: its header makes no sense;"
            " get it again",
            "model-no-gguf",
            file=str(self.path),
        )
