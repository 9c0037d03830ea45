"""The bytes that a model file must have are those that llama.cpp itself counts for its tensors."""

import ctypes
import struct
from pathlib import Path

import llama_cpp
import pytest

from llm.errors import ModelError
from llm.models import check_complete

VALUES = 512  # whole blocks of every type


@pytest.fixture(scope="module")
def ggml() -> ctypes.CDLL:
    """The library below llama.cpp: it knows how many bytes a block of each type has."""
    (path, *_) = (Path(llama_cpp.__file__).parent / "lib").glob("*ggml-base.*")
    library = ctypes.CDLL(str(path))
    library.ggml_blck_size.restype = ctypes.c_int64
    library.ggml_type_size.restype = ctypes.c_size_t
    return library


def test_a_tensor_takes_as_many_bytes_as_llama_cpp_says(tmp_path: Path, ggml: ctypes.CDLL) -> None:
    path = tmp_path / "one.gguf"
    blocks = {kind: ggml.ggml_blck_size(kind) for kind in range(llama_cpp.GGML_TYPE_COUNT)}
    known = {kind: block for kind, block in blocks.items() if block}  # none: taken out of llama.cpp
    assert len(known) > 30
    for kind, block in known.items():
        data = with_tensor(kind, VALUES // block * ggml.ggml_type_size(kind))
        path.write_bytes(data)
        check_complete(path)
        path.write_bytes(data[:-1])
        with pytest.raises(ModelError, match=f"it has {len(data) - 1} of {len(data)} bytes"):
            check_complete(path)


def with_tensor(kind: int, size: int) -> bytes:
    """A file with one tensor of that type, which takes so many bytes."""
    tensor = struct.pack("<Q1sIQIQ", 1, b"t", 1, VALUES, kind, 0)
    header = struct.pack("<4sIQQ", b"GGUF", 3, 1, 0) + tensor
    return header + b"\0" * (-len(header) % 32 + size)
