"""Whatever the bytes of a model's file are: its header is read, or refused in one line."""

import struct
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from hypothesis import event, example, given
from hypothesis import strategies as st

from llm.errors import ModelError
from llm.models import check_complete, context_length

NUMBERS = st.sampled_from([0, 1, 2, 8, 9, 64, 65, 255, 2**20, 2**31, 2**32, 2**63, 2**64 - 1])
U32 = NUMBERS.map(lambda n: struct.pack("<I", n & 0xFFFFFFFF))
U64 = NUMBERS.map(lambda n: struct.pack("<Q", n))
TEXT = st.binary(max_size=9).map(lambda data: struct.pack("<Q", len(data)) + data)
KEYS = st.sampled_from(
    [b"general.architecture", b"general.alignment", b"llama.context_length"]
).map(lambda data: struct.pack("<Q", len(data)) + data)
PARTS = st.lists(U32 | U64 | TEXT | KEYS | st.binary(max_size=9), max_size=40).map(b"".join)
HEADS = st.builds(
    lambda version, tensors, keys: b"GGUF" + version + tensors + keys,
    st.sampled_from([2, 3, 4]).map(lambda n: struct.pack("<I", n)),
    U64,
    U64,
)
STRINGS = struct.pack("<4sIQQ", b"GGUF", 3, 0, 1) + struct.pack("<Q", 1) + b"k"


@given(data=st.builds(bytes.__add__, HEADS, PARTS) | st.binary(max_size=60))
@example(data=STRINGS + struct.pack("<IIQ", 9, 8, 2**32) + b"\0" * 4096)
@example(data=STRINGS + struct.pack("<IIQ", 9, 0, 2**32))
def test_header(
    tmp_path: Path, watch: Callable[[], AbstractContextManager[None]], data: bytes
) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(data)
    refused = ""
    with watch():
        try:
            context_length(check_complete(path))
        except ModelError as error:
            refused = str(error)
    event("refused" if refused else "read")
    assert "\n" not in refused
