"""GGUF headers written here byte by byte, after the format's own description."""

import struct

import pytest

from llm.errors import ModelError
from llm.models import check_complete, context_length, read_metadata

F32, Q4_0 = 0, 2


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def entry(key, kind, value):
    return text(key) + struct.pack("<I", kind) + value


def array(kind, items):
    return struct.pack("<IQ", kind, len(items)) + b"".join(items)


def tensor(name, shape, kind, offset):
    dimensions = struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
    return text(name) + dimensions + struct.pack("<IQ", kind, offset)


def gguf(entries, tensors=(), version=3):
    head = struct.pack("<4sIQQ", b"GGUF", version, len(tensors), len(entries))
    header = head + b"".join(entries) + b"".join(tensors)
    return header + b"\0" * (-len(header) % 32)


ENTRIES = [
    entry("general.architecture", 8, text("llama")),
    entry("general.name", 8, text("小 model")),
    entry("llama.context_length", 4, struct.pack("<I", 2048)),
    entry("tokenizer.chat_template", 8, text("{{ messages }}")),
]
# 64 floats (256 bytes), then 64 values in two blocks of 18 bytes from byte 256: 292 in all.
TENSORS = [tensor("a", (8, 8), F32, 0), tensor("b", (64,), Q4_0, 256)]


@pytest.fixture
def write(tmp_path):
    def to(data):
        path = tmp_path / "tiny.gguf"
        path.write_bytes(data)
        return path

    return to


def test_metadata_and_context_are_read(write):
    path = write(gguf(ENTRIES, TENSORS) + b"\0" * 292)
    metadata = check_complete(path)
    assert metadata["general.name"] == "小 model"
    assert metadata["tokenizer.chat_template"] == "{{ messages }}"
    assert context_length(metadata) == 2048


def test_every_kind_of_value_is_read(write):
    kinds = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 7: "?", 10: "Q", 11: "q", 12: "d"}
    entries = [entry(str(kind), kind, struct.pack("<" + form, 1)) for kind, form in kinds.items()]
    entries.append(entry("6", 6, struct.pack("<f", 0.5)))
    entries.append(entry("short", 9, array(8, [text("x"), text("y")])))
    metadata = read_metadata(write(gguf(entries)))
    assert metadata == {**{str(kind): 1 for kind in kinds}, "6": 0.5, "short": ["x", "y"]}


def test_long_arrays_are_passed_over(write):
    words = entry("words", 9, array(8, [text(str(n)) for n in range(1000)]))
    scores = entry("scores", 9, array(6, [struct.pack("<f", n) for n in range(1000)]))
    metadata = read_metadata(write(gguf([words, scores, *ENTRIES])))
    assert set(metadata) == {
        *("general.architecture", "general.name", "llama.context_length"),
        "tokenizer.chat_template",
    }


def test_the_context_may_be_unknown(write):
    assert context_length(read_metadata(write(gguf(ENTRIES[:1])))) is None


def test_a_missing_byte_at_the_end_is_noticed(write):
    whole = gguf(ENTRIES, TENSORS) + b"\0" * 292
    with pytest.raises(ModelError, match=rf"has {len(whole) - 1} of {len(whole)} bytes"):
        check_complete(write(whole[:-1]))


def test_a_wider_alignment_moves_the_tensors(write):
    aligned = [*ENTRIES, entry("general.alignment", 4, struct.pack("<I", 4096))]
    with pytest.raises(ModelError, match=f"of {4096 + 292} bytes"):
        check_complete(write(gguf(aligned, TENSORS) + b"\0" * 292))


def test_a_tensor_type_of_the_future_counts_by_its_start(write):
    tensors = [tensor("a", (8,), F32, 0), tensor("b", (8,), 99, 32)]
    check_complete(write(gguf(ENTRIES, tensors) + b"\0" * 32))
    with pytest.raises(ModelError, match="cut short"):
        check_complete(write(gguf(ENTRIES, tensors) + b"\0" * 31))


@pytest.mark.parametrize("length", [4, 10, 24, 40, 100, 200])
def test_a_file_that_ends_in_its_header_is_noticed(write, length):
    with pytest.raises(ModelError, match="end within the header"):
        read_metadata(write(gguf(ENTRIES, TENSORS)[:length]))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is not a GGUF file"),
        (b"<html>log in</html>", "is not a GGUF file"),
        (gguf(ENTRIES, version=1), "has GGUF version 1"),
        (struct.pack("<4sIQQ", b"GGUF", 3, 1 << 60, 1), "is no GGUF file that can be read"),
        (gguf([entry("x", 77, b"")]), "is no GGUF file that can be read"),
        (gguf([struct.pack("<Q", 1 << 50)]), "is no GGUF file that can be read"),
        (gguf([entry("x", 9, array(9, [array(0, [])]))]), "is no GGUF file that can be read"),
        (
            gguf([entry("general.alignment", 4, struct.pack("<I", 0))]),
            "is no GGUF file that can be read",
        ),
        (gguf([], [text("t") + struct.pack("<I", 1 << 30)]), "is no GGUF file that can be read"),
    ],
)
def test_nonsense_is_one_line(write, data, words):
    with pytest.raises(ModelError, match=words) as error:
        check_complete(write(data))
    assert "\n" not in str(error.value)


def claims(kind: int, count: int) -> bytes:
    """The header of an array of so many items, with none of them."""
    return entry("words", 9, struct.pack("<IQ", kind, count))


@pytest.mark.parametrize("count", [1 << 21, 1 << 32, 1 << 33, (1 << 64) - 1])
@pytest.mark.parametrize("kind", [0, 4, 8, 10])
def test_what_a_header_claims_is_held_against_the_file(write, kind, count):
    path = write(gguf([claims(kind, count)]))
    with pytest.raises(ModelError, match=r"cut short|no GGUF file that can be read"):
        read_metadata(path)


@pytest.mark.parametrize(
    "header",
    [
        gguf([claims(8, 1 << 32)]),
        gguf([claims(8, 1 << 21), claims(8, 1 << 21)]),
        struct.pack("<4sIQQ", b"GGUF", 3, 1 << 17, 1 << 17),
        gguf([*[claims(8, 64)] * 99]),
    ],
)
def test_a_large_file_of_nothing_but_zeros_takes_no_minutes(write, header):
    """Zeros are texts without a letter: 8 bytes each, 2^30 of them in this file."""
    path = write(header)
    with path.open("r+b") as file:
        file.truncate(1 << 33)  # which takes no space
    with pytest.raises(ModelError, match="no GGUF file that can be read"):
        read_metadata(path)


def test_a_length_that_is_none_is_not_known(write):
    for length in (0, -1):
        entries = [*ENTRIES[:1], entry("llama.context_length", 5, struct.pack("<i", length))]
        assert context_length(read_metadata(write(gguf(entries)))) is None


def test_a_file_that_is_gone_is_one_line(tmp_path):
    with pytest.raises(ModelError, match=r"cannot read '.*gone\.gguf'"):
        read_metadata(tmp_path / "gone.gguf")
