"""Put a fetched file in its place: whole, checked, and never half-written under its real name."""

import os
from pathlib import Path, PurePosixPath

from llm.errors import ModelError
from llm.models import Model, ModelFile, known_sha256, remember, sha256_of
from llm.pull.progress import Teller

SAFE_SUFFIXES = (".gguf", ".safetensors", ".json")


def missing_files(model: Model, folder: Path) -> list[ModelFile]:
    """The model's files that are not yet in `folder` as they should be."""
    return [file for file in model.files if not _is_right(folder, file)]


def part_path(folder: Path, name: str) -> Path:
    """Where the file is written until it is whole and checked.

    Raises ModelError for a kind of file that is not fetched: a pickle (.bin, .pt) can run code.
    """
    if PurePosixPath(name).suffix not in SAFE_SUFFIXES:
        raise ModelError(
            f"{name!r} is not fetched: only {', '.join(SAFE_SUFFIXES)} are safe",
            "download-unsafe",
            file=name,
        )
    part = folder / f"{name}.part"
    part.parent.mkdir(parents=True, exist_ok=True)
    return part


def place(folder: Path, file: ModelFile, sha256: str, tell: Teller) -> None:
    """Check the `.part` of the file, flush it to disk and give it its name.

    A part that is not what it should be is deleted, so that the next try starts anew, and
    raises ModelError.
    """
    part = part_path(folder, file.name)
    size = part.stat().st_size
    if file.bytes is not None and size != file.bytes:
        part.unlink()
        raise ModelError(
            f"{file.name} has {size} bytes where {file.bytes} are right",
            "download-other-size",
            file=file.name,
            size=size,
            right=file.bytes,
        )
    found = sha256_of(part, lambda done: tell("checking", file.name, done, size))
    if found != sha256:
        part.unlink()
        raise ModelError(
            f"{file.name} has SHA-256 {found[:12]}… where {sha256[:12]}… is right",
            "download-other-bytes",
            file=file.name,
        )
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(folder / file.name)
    remember(folder, file.name, found)


def _is_right(folder: Path, file: ModelFile) -> bool:
    path = folder / file.name
    if file.sha256 is None or not path.is_file():
        return False
    if file.bytes is not None and path.stat().st_size != file.bytes:
        return False
    return known_sha256(folder, file.name) == file.sha256
