"""The files of a model from a file or folder that the user has."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from llm.errors import ModelError
from llm.models import Model, ModelFile
from llm.pull.disk_room import require_download_room
from llm.pull.place import missing_files, part_path, place
from llm.pull.progress import Teller

COPY_BYTES = 1 << 24


def fetch_local(model: Model, folder: Path, local: Path | None, tell: Teller) -> None:
    """Copy the model's files into `folder`; ModelError when they are not at `local`.

    `local` may be the file itself, under any name, or a folder. There files are looked for by
    name: directly in it, in a folder named after the model, and in the cache that the Hugging Face
    libraries keep (`models--ORG--NAME/snapshots/…`).
    """
    if local is None:
        raise ModelError("no file or folder given", "source-none-given")
    if not local.exists():
        raise ModelError(f"no file or folder {str(local)!r}", "source-no-place", place=str(local))
    require_download_room(folder, model.bytes or 0)
    for file in missing_files(model, folder):
        if file.sha256 is None:
            raise ModelError(
                f"no SHA-256 is known to check {file.name} with",
                "download-unchecked",
                file=file.name,
            )
        found = _find(model, file, local)
        _copy(found, part_path(folder, file.name), file, tell)
        place(folder, file, file.sha256, tell)


def has_local(model: Model, local: Path | None) -> bool:
    """Tell whether all files of the model are at `local`, by their names and sizes."""
    if local is None or not local.exists():
        return False
    try:
        return all(_find(model, file, local) for file in model.files)
    except ModelError:
        return False


def _find(model: Model, file: ModelFile, local: Path) -> Path:
    found = [path for path in _candidates(model, file, local) if path.is_file()]
    if not found:
        raise ModelError(
            f"no {file.name} in {str(local)!r}", "source-no-file", file=file.name, place=str(local)
        )
    for path in found:
        if file.bytes is None or path.stat().st_size == file.bytes:
            return path
    size = found[0].stat().st_size
    raise ModelError(
        f"{str(found[0])!r} has {size} bytes where {file.bytes} are right",
        "download-other-size",
        file=str(found[0]),
        size=size,
        right=file.bytes,
    )


def _candidates(model: Model, file: ModelFile, local: Path) -> Iterator[Path]:
    """Where the file may lie."""
    name = PurePosixPath(file.name).name
    if not local.is_dir():
        if local.suffix == PurePosixPath(name).suffix:
            yield local
        return
    yield from (local / file.name, local / name, local / model.id / file.name)
    for repository in (model.hub, model.modelscope):
        if repository:
            cached = "models--" + repository.repo.replace("/", "--")
            for cache in (local, local / "hub"):
                yield from sorted(cache.glob(f"{cached}/snapshots/*/{file.name}"))


def _copy(source: Path, part: Path, file: ModelFile, tell: Teller) -> None:
    with source.open("rb") as read, part.open("wb") as write:
        while chunk := read.read(COPY_BYTES):
            write.write(chunk)
            tell("downloading", file.name, write.tell(), file.bytes)
