"""What a folder holds now."""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import ReadError, os_error
from ingest.folders.names import is_hidden, is_text, kept_names, nfc, printable
from ingest.folders.open_file import Entry, list_folder, open_file
from ingest.readers import HEAD_BYTES, begins_as_known, has_suffix, is_supported


@dataclass(frozen=True)
class FoundFile:
    """A file to read.

    `path` is its path below the root, "/"-separated, each name as `kept_names` has it; `file` is
    where its bytes lie, links resolved; `size` is in bytes.
    """

    path: str
    file: Path
    size: int


@dataclass(frozen=True)
class Scan:
    """The files of a folder, sorted by path, with their paths below `root`.

    `part` is the path of what was looked at, "" for all. `skipped` has (path, reason) of what is
    not read by intent, `unreadable` of files that could not be looked at and `closed` of folders:
    nothing at or below these two may count as gone.
    """

    root: Path
    part: str = ""
    files: list[FoundFile] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    closed: list[tuple[str, str]] = field(default_factory=list)


def scan(root: Path, within: str = "") -> Scan:
    """List the files of a folder, or of the file or folder `within` it, or the file `root` is.

    Left out are hidden files and folders and lock files of Office ("~$…").
    Raises ReadError: `vanished`, `no-permission`, when what was asked for cannot be listed.
    """
    path = nfc(root.name)
    try:
        root = _resolved(root)
        seen = root.lstat()
    except OSError as error:
        raise os_error(error) from error
    if not stat.S_ISDIR(seen.st_mode):
        return _scan_file(FoundFile(path, root, seen.st_size), seen.st_mode)
    folder, part = root, ""
    steps = Path(within).parts
    for n, step in enumerate(steps):
        entry, kept = _entry(root, folder, step)
        place, part = folder / entry.name, f"{part}/{kept}".lstrip("/")
        if n == len(steps) - 1 and not stat.S_ISDIR(entry.mode):
            result = Scan(root, part)
            _look(result, place, part, entry)
            return _sorted(result)
        folder = place
    result = Scan(root, part)
    _scan_folder(result, folder, part)
    return _sorted(result)


def locate(root: Path, path: str) -> tuple[Path, Path]:
    """Return the root and the file that has a path of a scan, as `open_file` takes them.

    Raises ReadError: `vanished`, `no-permission`, `outside`.
    """
    found = scan(root, path)
    if found.files and (found.files[0].path == found.part or found.files[0].file == found.root):
        return found.root, found.files[0].file
    raise ReadError("vanished", "it is not there (any more); check the path and try again", "gone")


def _resolved(path: Path) -> Path:
    # Path.resolve would raise RuntimeError for links that lead to each other.
    return Path(os.path.realpath(path, strict=True))


def _scan_file(file: FoundFile, mode: int) -> Scan:
    result = Scan(file.file)
    if not stat.S_ISREG(mode) or not is_supported(file.path):
        result.skipped.append((file.path, "unsupported"))
    else:
        _add(result, file)
    return result


def _entry(root: Path, folder: Path, name: str) -> tuple[Entry, str]:
    """Return the entry of a folder with this name, else in another form, and its kept name."""
    entries = list_folder(root, folder)
    kept = kept_names(entry.name for entry in entries)
    same = [entry for entry in entries if entry.name == name]
    same += [entry for entry in entries if kept[entry.name] == nfc(name)]
    if not same:
        raise ReadError(
            "vanished", "it is not there (any more); check the path and try again", "gone"
        )
    return same[0], kept[same[0].name]


def _scan_folder(result: Scan, folder: Path, part: str) -> None:
    """Add what lies at and below a folder; the folder itself must be there to be listed."""
    waiting = [(folder, part)]  # no recursion: folders may be nested deeper than Python's stack
    while waiting:
        folder, part = waiting.pop()
        try:
            entries = list_folder(result.root, folder)
        except ReadError as error:
            if part == result.part:
                raise
            result.closed.append((printable(part), error.reason))
            continue
        kept = kept_names(entry.name for entry in entries)
        for entry in entries:
            if is_hidden(entry.name):
                continue
            place, path = folder / entry.name, f"{part}/{kept[entry.name]}".lstrip("/")
            if stat.S_ISDIR(entry.mode):
                waiting.append((place, path))
            else:
                _look(result, place, path, entry)


def _look(result: Scan, place: Path, path: str, entry: Entry) -> None:
    """Add one file, or say why it is not read."""
    supported, is_link = is_supported(path), stat.S_ISLNK(entry.mode)
    try:
        if entry.problem:
            raise entry.problem
        if is_link:
            place = _resolved(place)
            seen = place.lstat()
            entry = Entry(entry.name, seen.st_mode, seen.st_size)
        if stat.S_ISDIR(entry.mode):
            result.skipped.append((printable(path), "outside"))
        elif not supported or not stat.S_ISREG(entry.mode):
            result.skipped.append((printable(path), "unsupported"))
        elif not place.is_relative_to(result.root):
            result.skipped.append((printable(path), "outside"))
        elif not is_text(str(place)) or not is_text(path):
            result.unreadable.append((printable(path), "unsafe-name"))
        else:
            _add(result, FoundFile(path, place, entry.size))
    except (ReadError, OSError) as error:
        reason = error.reason if isinstance(error, ReadError) else os_error(error).reason
        if is_link and reason == "vanished" and not (supported and has_suffix(path)):
            result.skipped.append((printable(path), "unsupported"))  # it leads to nothing
        else:
            result.unreadable.append((printable(path), reason))


def _add(result: Scan, found: FoundFile) -> None:
    if has_suffix(found.path):
        result.files.append(found)
        return
    with open_file(result.root, found.file) as source:
        wanted = begins_as_known(source.read(HEAD_BYTES))
    if wanted:
        result.files.append(found)
    else:
        result.skipped.append((found.path, "unsupported"))


def _sorted(result: Scan) -> Scan:
    result.files.sort(key=lambda found: found.path)
    for rows in (result.skipped, result.unreadable, result.closed):
        rows.sort()
    return result
