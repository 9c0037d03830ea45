"""The bytes of the documents held against their hashes, and fetched again where they are lost."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from ingest.errors import ReadError
from ingest.folders import blob_path, hash_open, is_whole, locate, open_file, stage
from ingest.limits import Limits
from retrieval.library import Library, Record, Source

_NAMED = 5  # documents that a message names; `kb list` shows the rest
_FRESH_SECONDS = 3600.0  # a younger leftover may belong to a file that is just being put in
_TRY = "`kb doctor --repair` fetches those whose file is still where it came from"
_TRY_MORE = "put the same file back where it came from and repair again, or ingest a newer one"


def is_sound(blobs: Path, sha256: str) -> bool:
    """Tell whether the bytes with this hash are there, can be read and have it."""
    try:
        return is_whole(blob_path(blobs, sha256), sha256)
    except ReadError:
        return False


def check_blobs(library: Library, blobs: Path, limits: Limits, *, repair: bool) -> tuple[bool, str]:
    """Hash every document's bytes, fetch damaged ones from their source; return a verdict.

    The verdict is whether all is well now, and one line.
    """
    needed = _needed(library)
    bad = {sha for sha in needed if not is_sound(blobs, sha)}
    bad &= set(_needed(library))  # without those of documents that were removed meanwhile
    words = [f"{len(needed)} files"]
    if repair and bad:
        sources = {source.id: source for source in library.sources()}
        fetched = {sha for sha in bad if _fetch(needed[sha], sources, sha, blobs, limits)}
        bad -= fetched
        words += [f"fetched again: {_names(needed, fetched)}"] if fetched else []
    if bad:
        words.append(f"missing or damaged: {_names(needed, bad)}")
        words.append(_TRY_MORE if repair else _TRY)
    left = _leftovers(blobs, library.blobs())  # what is in the trash needs its bytes too
    words += [f"{left} that nothing needs go with the next `kb ingest`"] if left else []
    return not bad, "; ".join(words)


def _needed(library: Library) -> dict[str, list[Record]]:
    """Return the documents that need bytes, by the SHA-256 of those."""
    needed: dict[str, list[Record]] = {}
    for record in library.records():
        for sha in {record.sha256, record.staged} - {None}:
            needed.setdefault(str(sha), []).append(record)
    return needed


def _names(needed: Mapping[str, list[Record]], shas: set[str]) -> str:
    names = sorted({repr(record.path) for sha in shas for record in needed[sha]})
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _fetch(
    records: list[Record], sources: Mapping[int, Source], sha256: str, blobs: Path, limits: Limits
) -> bool:
    """Copy the bytes from a file that a document came from, if it still holds the same."""
    for record in records:
        source = sources[record.source]
        try:
            if source.kind == "upload":
                continue
            with open_file(*locate(Path(source.root), record.path)) as file:
                if hash_open(file, limits)[0] == sha256:
                    return stage(file, blobs, limits)[0] == sha256
        except ReadError:  # gone, or no longer to be read: the message will name the document
            continue
    return False


def _leftovers(blobs: Path, needed: set[str]) -> int:
    oldest = time.time() - _FRESH_SECONDS
    return sum(_is_old(file, oldest) for file in blobs.rglob("*") if file.name not in needed)


def _is_old(file: Path, oldest: float) -> bool:
    try:
        return file.is_file() and file.stat().st_mtime < oldest
    except FileNotFoundError:  # it was in hand, and has its place now
        return False
