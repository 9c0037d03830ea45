"""Where an upload goes beside the documents that are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from retrieval.library import Record, numbered


@dataclass(frozen=True)
class Place:
    """Where an upload goes, and whether something is there.

    `new`: nothing that would be lost; `same`: the same bytes; `other`: other bytes, which may be
    replaced only if somebody says so.
    """

    kind: Literal["new", "same", "other"]
    path: str


def place(path: str, sha256: str, there: Mapping[str, Record], drop: Mapping[str, str]) -> Place:
    """Return where an upload goes beside the uploads of its collection, by path.

    `drop` are the SHA-256 of the files that come with it, by the path that each has got: one of
    them is never written over, the next of its name gets a number.
    """
    for taken in numbered(path):
        record = there.get(taken)
        if taken in drop:
            if drop[taken] == sha256:
                return Place("same", taken)
        elif record is None:
            break
        elif _newest(record) == sha256:
            return Place("new" if record.error else "same", taken)
    if path in drop:
        return Place("new", free(path, there, drop))
    record = there.get(path)
    return Place("new" if record is None or not _holds(record) else "other", path)


def free(path: str, there: Mapping[str, Record], drop: Mapping[str, str]) -> str:
    """Return the path with the first number that nothing has: "a (2).txt"."""
    return next(p for p in numbered(path) if p not in there and p not in drop)


def _newest(record: Record) -> str | None:
    return record.staged or record.sha256


def _holds(record: Record) -> bool:
    """Whether something would be lost by other bytes: text that can be searched, or will be."""
    return bool(record.chunks) or not record.error
