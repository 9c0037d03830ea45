"""A backup to restore, its members taken out and put in again, and a place for it."""

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.library import backup
from app.service import KnowledgeBase
from app.settings import Settings


@pytest.fixture
def backup_file(kb: KnowledgeBase, tmp_path: Path) -> Path:
    """A backup of two uploads, one read; made without an index, which takes half a second."""
    kb.upload("dogs.md", b"Dogs may come on Fridays.")
    assert kb.work()
    kb.upload("waits.md", b"Not read yet.")
    backup(kb.settings, tmp_path / "b.tar")
    return tmp_path / "b.tar"


@pytest.fixture
def empty(make_settings: Callable[..., Settings], tmp_path: Path) -> Settings:
    """The settings of a library that is not there yet."""
    return make_settings(data_dir=tmp_path / "new")


@pytest.fixture
def unpacked() -> Callable[[Path], dict[str, bytes]]:
    """Return the members of a tar file by name."""

    def make(file: Path) -> dict[str, bytes]:
        with tarfile.open(file, "r:") as tar:
            return {m.name: stream.read() for m in tar if (stream := tar.extractfile(m))}

    return make


@pytest.fixture
def packed() -> Callable[[Path, dict[str, bytes]], Path]:
    """Write a tar file of these members, in this order."""

    def make(file: Path, members: dict[str, bytes]) -> Path:
        with tarfile.open(file, "w") as tar:
            for name, data in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
        return file

    return make
