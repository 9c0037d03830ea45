"""What a folder holds now."""

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import os_error
from ingest.kinds import is_supported


@dataclass(frozen=True)
class Found:
    """A file to read: its path below the root ("/"-separated, NFC), and where it lies."""

    path: str
    file: Path


@dataclass(frozen=True)
class Scan:
    """The files of a folder, sorted by path.

    `skipped` has (path, reason) of what is not read by intent, `unreadable` of folders and files
    that could not be looked at: nothing at or below them may count as gone.
    """

    files: list[Found] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)


def scan(root: Path) -> Scan:
    """List the files of a folder, or the one file that `root` is.

    Left out are hidden files and folders and lock files of Office ("~$…").
    Raises ReadError: `vanished`, `no-permission`, when the root itself cannot be listed.
    """
    try:
        if not stat.S_ISDIR(root.stat().st_mode):
            return _scan_file(root.absolute())
        root = root.resolve()
        os.scandir(root).close()
    except OSError as error:
        raise os_error(error) from error
    failures: list[OSError] = []
    result = _scan_files(root, _walk(root, failures))
    for failure in failures:
        place = Path(os.fsdecode(failure.filename))
        if place == root:
            raise os_error(failure) from failure
        result.unreadable.append((_path(root, place), os_error(failure).reason))
    result.unreadable.sort()
    return result


def _scan_file(file: Path) -> Scan:
    path = unicodedata.normalize("NFC", file.name)
    if not is_supported(path):
        return Scan(skipped=[(path, "unsupported")])
    return Scan(files=[Found(path, file)])


def _walk(root: Path, failures: list[OSError]) -> Iterator[Path]:
    for folder, folders, names in os.walk(root, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        linked = (name for name in folders if Path(folder, name).is_symlink())
        yield from (Path(folder, name) for name in (*names, *linked) if not _is_hidden(name))


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _scan_files(root: Path, files: Iterable[Path]) -> Scan:
    result = Scan()
    seen: set[str] = set()
    for file in sorted(files):
        path = _path(root, file)
        try:
            reason = _skip_reason(root, file)
        except OSError as error:
            result.unreadable.append((path, os_error(error).reason))
            continue
        if reason:
            result.skipped.append((path, reason))
        elif path in seen or not _is_unicode(file):
            result.unreadable.append((path, "unsafe-name"))
        else:
            seen.add(path)
            result.files.append(Found(path, file))
    result.files.sort(key=lambda found: found.path)
    result.skipped.sort()
    return result


def _skip_reason(root: Path, file: Path) -> str | None:
    if file.is_dir():
        return "outside"
    if not is_supported(file.name) or not stat.S_ISREG(file.stat().st_mode):
        return "unsupported"
    return "outside" if file.is_symlink() and not file.resolve().is_relative_to(root) else None


def _is_unicode(file: Path) -> bool:
    """Whether the path is no mere bytes: neither JSON nor SQLite could hold those."""
    return not any("\ud800" <= char <= "\udfff" for char in str(file))


def _path(root: Path, file: Path) -> str:
    path = unicodedata.normalize("NFC", file.relative_to(root).as_posix())
    return path.encode(errors="backslashreplace").decode()
