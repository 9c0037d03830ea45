"""Documents named by people: by id, its beginning, or a path in any Unicode form."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import PurePosixPath

from retrieval.errors import LibraryError

_SHORTEST = 4  # characters of the beginning of an id
_FORM = " (Unicode form {})"


def shown(path: str) -> str:
    """Return a path as people are shown it.

    Paths are kept in NFC, but for one that another of its folder looks like: it has the form of its
    name on the disk, and that is said behind it.
    """
    if unicodedata.is_normalized("NFC", path):
        return path
    return path + _FORM.format("NFD" if unicodedata.is_normalized("NFD", path) else "mixed")


def numbered(path: str) -> Iterator[str]:
    """Yield a path, and then the same with a number that grows: "a.txt", "a (2).txt", ….

    It never ends.
    """
    yield path
    pure = PurePosixPath(path)
    for number in count(2):
        yield str(pure.with_name(f"{pure.stem} ({number}){pure.suffix}"))


def find_document(db: sqlite3.Connection, name: str, collection: str | None) -> str:
    """Return the id of the document that a name means, of a collection or of all.

    The name is an id, the beginning of one, or a path: as it is kept, else in another Unicode form,
    or as it is shown. Raises LibraryError when none or more than one fits.
    """
    is_text = not any("\ud800" <= char <= "\udfff" for char in name)  # SQLite takes no mere bytes
    found = _exact(db, name, collection) if is_text else []
    if not found:
        rows = _rows(db, collection)
        plain = _nfc(name)
        # A name in another form than all that are kept means the document in NFC first.
        found = (
            [i for i, path in rows if path == plain]
            or [i for i, path in rows if plain in (_nfc(path), _nfc(shown(path)))]
            or [i for i, _ in rows if len(name) >= _SHORTEST and i.startswith(name)]
        )
    if not found:
        raise LibraryError(
            f"no document {name!r} in the library; `kb list` shows them", "no-document"
        )
    if len(found) > 1:
        ids = ", ".join(found[:5])
        raise LibraryError(
            f"{name!r} names {len(found)} documents; choose by id: {ids}",
            "several-documents",
            name=name,
            n=len(found),
        )
    return found[0]


_DOCUMENTS = (
    "SELECT d.id, d.path FROM documents d JOIN sources s ON s.id=d.source"
    " WHERE (?1 IS NULL OR s.collection=?1) AND d.id NOT IN (SELECT document FROM trash)"
)


def _exact(db: sqlite3.Connection, name: str, collection: str | None) -> list[str]:
    rows = db.execute(_DOCUMENTS + " AND (d.id=?2 OR d.path=?2)", (collection, name))
    return [str(row[0]) for row in rows]


def _rows(db: sqlite3.Connection, collection: str | None) -> list[tuple[str, str]]:
    return [(str(row[0]), str(row[1])) for row in db.execute(_DOCUMENTS, (collection,))]


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)
