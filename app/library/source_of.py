"""Which source a path belongs to."""

from __future__ import annotations

import os
from pathlib import Path

from ingest.errors import ReadError
from ingest.folders import is_hidden, nfc
from retrieval.library import Library, Source

NEW = -1  # the id of a source that a dry run does not make


def source_of(library: Library, root: Path, collection: str, dry_run: bool) -> tuple[Source, str]:
    """Return the source for a path, and the part of it that the path is ("" for all).

    A path inside a folder that is a source is a part of that source; a folder that contains
    sources takes them in, so that no file is in the library twice. Where a path lies is told by
    the folders that links on it lead to: a linked folder may lie in no source, or in another. What
    a source leaves out because it is hidden is no part of it. A source that came with a backup is
    taken for wanted once it is named.
    """
    known = [s for s in library.sources(collection) if s.kind != "upload"]
    for source in known:
        if source.root == str(root):
            return _named(library, source, "", dry_run)
    place = _place(root)
    for source in known:
        within = _below(place, _place(Path(source.root)))
        if within is not None:
            return _named(library, source, within, dry_run)
    kind = "folder" if root.is_dir() else "file"
    if dry_run:
        return Source(NEW, collection, kind, str(root)), ""
    outer = library.source(collection, kind, str(root))
    for inner, prefix in sources_below(library, root, collection):
        library.absorb(inner, outer, prefix)
    return outer, ""


def _named(library: Library, source: Source, within: str, dry_run: bool) -> tuple[Source, str]:
    """Return a source and the part of it that was named; note that a restored one is wanted."""
    if source.restored and not within and not dry_run:
        library.confirm(source)
    return source, within


def sources_below(library: Library, root: Path, collection: str) -> list[tuple[Source, str]]:
    """Return the sources inside a folder that is none yet, each with its path below it."""
    found = []
    for inner in library.sources(collection):
        if inner.kind != "upload" and inner.root != str(root):
            place = _place(Path(inner.root))
            place = place.parent if inner.kind == "file" else place
            below = _below(place, _place(root))
            hidden = inner.kind == "file" and is_hidden(Path(inner.root).name)
            if below is not None and not hidden:
                found.append((inner, f"{nfc(below)}/" if below else ""))
    return found


def _below(place: Path, around: Path) -> str | None:
    """Return the path of a place below a folder, "" for itself; None if a scan never gets there."""
    if not place.is_relative_to(around):
        return None
    below = place.relative_to(around)
    return None if any(map(is_hidden, below.parts)) else "/".join(below.parts)


def _place(path: Path) -> Path:
    """Return where a folder lies, links resolved; of a file, where the folder of it lies."""
    if path.is_dir():
        return Path(os.path.realpath(path))
    return Path(os.path.realpath(path.parent), path.name)


def there(path: Path) -> Path | None:
    """Return the absolute path of what is there; None if nothing is, or it cannot be looked at."""
    try:
        root = path.expanduser().absolute()
        return root if root.exists() else None
    except (OSError, RuntimeError):  # a name too long, a closed folder above it, ~nobody
        return None


def require_there(path: Path) -> Path:
    """Return the absolute path of what is there. Raises ReadError if nothing is."""
    if (root := there(path)) is None:
        raise ReadError("vanished", "there is no such file or folder; check the path", "gone")
    return root
