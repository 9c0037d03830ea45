"""What a reader understood of a document, part by part, kept deflated."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_LARGEST = 512 << 20  # bytes of one text: a ledger from elsewhere may hold what swells


_MOST_PARTS = 1 << 40


@dataclass(frozen=True)
class StoredPart:
    """A page, slide or sheet, or a whole file: its text, and rows of what was understood of it.

    The rows are JSON: what they mean is the reader's affair.
    """

    head: Any
    text: str
    blocks: Sequence[Any] = ()
    lines: Sequence[Any] = ()


def write_parts(db: sqlite3.Connection, version: int, parts: Sequence[StoredPart]) -> None:
    """Write the parts of a version, inside a transaction."""
    db.executemany(
        "INSERT INTO parts (version, ordinal, head, text, blocks, lines) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (
                version,
                ordinal,
                json.dumps(part.head, ensure_ascii=False),
                _deflated(part.text),
                _deflated(json.dumps(part.blocks, ensure_ascii=False)),
                _deflated(json.dumps(part.lines)),
            )
            for ordinal, part in enumerate(parts)
        ),
    )


def read_parts(
    db: sqlite3.Connection, document: str, between: tuple[int, int] | None = None
) -> Iterator[StoredPart]:
    """Yield the parts of a document's visible version, all or the n-th to the m-th, from 1.

    Raises ValueError for what are none.
    """
    first, last = between or (1, _MOST_PARTS)
    for row in db.execute(
        "SELECT p.head, p.text, p.blocks, p.lines FROM parts p JOIN documents d"
        " ON d.version=p.version WHERE d.id=? AND p.ordinal BETWEEN ? AND ? ORDER BY p.ordinal",
        (document, first - 1, last - 1),
    ):
        try:
            head, blocks, lines = (json.loads(v) for v in (row[0], *map(_inflated, row[2:4])))
        except RecursionError as error:
            raise ValueError("it is nested too deep") from error
        if not (isinstance(blocks, list) and isinstance(lines, list)):
            raise ValueError("its blocks are no list")
        yield StoredPart(head, _inflated(row[1]), blocks, lines)


def read_part(db: sqlite3.Connection, document: str, number: int | None) -> StoredPart | None:
    """Return the part of this number, the first where parts have none; without blocks and lines.

    None if there is none. Raises ValueError for what is none.
    """
    rows = db.execute(
        "SELECT p.ordinal, p.head FROM parts p JOIN documents d ON d.version=p.version"
        " WHERE d.id=? ORDER BY p.ordinal",
        (document,),
    ).fetchall()
    for ordinal, stored in rows:
        head = json.loads(stored)
        if isinstance(head, list) and head[:1] == [number]:
            text = db.execute(
                "SELECT p.text FROM parts p JOIN documents d ON d.version=p.version"
                " WHERE d.id=? AND p.ordinal=?",
                (document, ordinal),
            ).fetchone()
            return StoredPart(head, _inflated(text[0]))
    return None


def _deflated(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "replace"), level=6)


def _inflated(stored: bytes) -> str:
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(stored, _LARGEST)
    except zlib.error as error:
        raise ValueError("it is not deflated") from error
    if inflater.unconsumed_tail or not inflater.eof:
        raise ValueError("it is cut short or too large")
    return text.decode()
