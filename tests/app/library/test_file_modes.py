"""What lies in a library is for its owner alone, whatever the umask and however old it is."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.library import backup, close_to_others, restore
from app.service import build
from app.settings import Settings

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights otherwise")


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """A umask that takes nothing away."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def settings(make_settings: Any) -> Settings:
    found: Settings = make_settings()
    return found


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def readable(folder: Path) -> list[Path]:
    """What another user could read: open itself, and below folders that he may enter."""
    if not mode(folder) & 0o077:
        return []
    return [
        path
        for path in folder.iterdir()
        if mode(path) & 0o077 and not (path.is_dir() and not readable(path))
    ]


def test_a_new_library_is_closed(settings: Settings) -> None:
    kb = build(settings)
    kb.upload("a.md", b"Some text.")
    kb.own()
    assert mode(settings.data_dir) == 0o700
    for name in ("ledger.sqlite3", "ledger.sqlite3-wal", "ledger.sqlite3-shm", "owner.lock"):
        assert mode(settings.data_dir / name) == 0o600, name
    assert mode(settings.blobs_dir) == 0o700
    blobs = [path for path in settings.blobs_dir.rglob("*") if path.is_file()]
    assert [mode(path) for path in blobs] == [0o600]
    kb.close()
    assert readable(settings.data_dir) == []


def test_an_older_one_is_closed_when_it_is_opened(settings: Settings) -> None:
    build(settings).close()
    settings.index_dir.mkdir()
    (settings.data_dir / "settings.env").write_text("KB_LLM_API_KEY=secret\n")
    settings.data_dir.chmod(0o755)
    assert readable(settings.data_dir)
    build(settings).close()
    assert mode(settings.data_dir) == 0o700
    assert readable(settings.data_dir) == []


@pytest.mark.parametrize("shared", [0o1777, 0o777, 0o755])
def test_in_a_folder_with_other_things_only_what_is_ours_is_closed(
    settings: Settings, shared: int
) -> None:
    settings.data_dir.mkdir()
    (settings.data_dir / "somebody.txt").write_text("else's")
    settings.data_dir.chmod(shared)
    kb = build(settings)
    kb.upload("a.md", b"Some text.")
    kb.close()
    settings.index_dir.mkdir()
    (settings.data_dir / "settings.env").write_text("KB_LLM_API_KEY=secret\n")
    settings.blobs_dir.chmod(0o755)
    build(settings).close()
    assert mode(settings.data_dir) == shared
    assert mode(settings.data_dir / "somebody.txt") == 0o666
    assert [path.name for path in readable(settings.data_dir)] == ["somebody.txt"]


def test_a_link_is_left_alone(settings: Settings, tmp_path: Path) -> None:
    settings.data_dir.mkdir()
    (settings.data_dir / "more").touch()  # so that each thing is looked at by itself
    elsewhere = tmp_path / "settings of all"
    elsewhere.write_text("KB_PORT=8600\n")
    elsewhere.chmod(0o644)
    (settings.data_dir / "settings.env").symlink_to(elsewhere)
    close_to_others(settings)
    assert mode(elsewhere) == 0o644


def test_what_is_open_is_told(cli: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli("list")
    data_dir = tmp_path / "library"
    data_dir.chmod(0o755)
    check = next(c for c in cli.json("doctor")["checks"] if c["name"] == "access")
    assert not check["ok"]
    assert repr(str(data_dir)) in check["message"]
    assert "chmod go=" in check["message"]
    assert run(["status"]) == 0  # as the command really opens it
    capsys.readouterr()
    check = next(c for c in cli.json("doctor")["checks"] if c["name"] == "access")
    assert check["ok"]


def test_a_backup_and_what_is_made_of_it_are_closed(settings: Settings, tmp_path: Path) -> None:
    kb = build(settings)
    kb.upload("a.md", b"Some text.")
    (tmp_path / "b.tar").touch()
    backup(settings, tmp_path / "b.tar", force=True)
    kb.close()
    assert mode(tmp_path / "b.tar") == 0o600
    new = settings.model_copy(update={"data_dir": tmp_path / "new"})
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "more").touch()  # so that the folder itself stays open
    restore(new, tmp_path / "b.tar")
    assert [path.name for path in readable(tmp_path / "new")] == ["more"]


def test_the_folder_of_the_models_is_shared(settings: Settings) -> None:
    before = mode(settings.models_dir)
    assert before & 0o055
    build(settings).close()
    assert mode(settings.models_dir) == before
