"""A model converted for OpenVINO, in a folder beside the models: made once, checked each time."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from retrieval import child_process as child
from retrieval.embedding.recipe import NotConvertible, recipe, settings_hash
from retrieval.embedding.runtime import openvino_version
from retrieval.errors import LibraryError

log = logging.getLogger(__name__)

XML, BIN, ABOUT = "model.xml", "model.bin", "about.json"
LEAST_COSINE = 0.999  # to the vector that torch makes of the same text, of each text of the probe
_SECONDS = 900.0  # 30 s on two busy cores
_OLD_SECONDS = 3600.0  # after which what a killed conversion left is deleted


@dataclass(frozen=True)
class About:
    """What a converted model was made from, and how near it comes; or why it is not used.

    `settings` is the hash of the model's small files, `files` the SHA-256 of each of its own.
    """

    fingerprint: str
    settings: str
    openvino: str
    cosine: float
    files: dict[str, str]
    refused: str = ""


def about(folder: Path, converted: Path) -> About | None:
    """Return what is known of a model's conversion; None where it has to be made (again).

    `folder` is that of the model, `converted` the place for it, named by the model's fingerprint.
    Reads no weights: whether they are whole is seen when they are loaded.
    """
    try:
        said = json.loads((converted / ABOUT).read_text("utf-8"))
        found = About(**said)
        fits = (found.fingerprint, found.settings, found.openvino) == (
            converted.name,
            settings_hash(folder),
            openvino_version(),
        )
    except (OSError, ValueError, TypeError):
        return None
    return found if fits else None


def is_whole(converted: Path, found: About) -> bool:
    """Tell whether the files of a converted model are those that were written."""
    try:
        return set(found.files) == {XML, BIN} and all(
            sha256(converted / name) == wanted for name, wanted in found.files.items()
        )
    except OSError:
        return False


def make(folder: Path, converted: Path) -> About:
    """Convert a model into its place, in a process of its own; return what is known of it.

    Its torch, and the memory that it takes, are gone afterwards. What cannot be converted is noted
    there too, so that it is tried once and not at each start. Raises NotConvertible when nothing
    can be written, or the process ends without a word.
    """
    recipe(folder)  # raises where it is plain beforehand
    log.warning("converting the embedding model for this processor, once: half a minute")
    try:
        converted.parent.mkdir(parents=True, exist_ok=True)
        _tidy(converted.parent)
        made = Path(tempfile.mkdtemp(dir=converted.parent, prefix=f".{converted.name}-"))
    except OSError as error:
        raise NotConvertible(f"it cannot be kept: {error}") from error
    try:
        said = json.loads(child.run("retrieval.embedding.convert", folder, made, seconds=_SECONDS))
        found = About(
            fingerprint=converted.name,
            settings=settings_hash(folder),
            openvino=openvino_version() or "",
            **said,
        )
        made.chmod(0o755)  # as the other models, which several people may share
        (made / ABOUT).write_text(json.dumps(asdict(found), indent=2) + "\n", "utf-8")
        _put(made, converted)
    except (LibraryError, OSError, ValueError, TypeError) as error:
        raise NotConvertible(f"its conversion failed: {error}") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return found


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _put(made: Path, converted: Path) -> None:
    """Put a folder in its place; what another process put there meanwhile is as good."""
    if converted.exists():
        gone = made.with_name(made.name + "-old")
        converted.replace(gone)
        shutil.rmtree(gone, ignore_errors=True)
    try:
        made.replace(converted)
    except OSError:
        if not (converted / ABOUT).is_file():
            raise


def _tidy(parent: Path) -> None:
    """Delete what killed conversions left."""
    for left in parent.glob(".*-*"):
        if time.time() - left.stat().st_mtime > _OLD_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
