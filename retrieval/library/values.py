"""What a ledger holds, looked at as if somebody else had written it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

# What our own code never writes; each query gives the path or the name of the first that is so.
_QUERIES: Mapping[str, str] = {
    "is no SHA-256": "SELECT path FROM documents WHERE staged IS NOT NULL AND"
    " (length(CAST(staged AS BLOB))<>64 OR staged GLOB '*[^0-9a-f]*') UNION ALL"
    " SELECT d.path FROM versions v JOIN documents d ON d.id=v.document"
    " WHERE length(CAST(v.sha256 AS BLOB))<>64 OR v.sha256 GLOB '*[^0-9a-f]*'",
    "has warnings that are no list of lines": "SELECT d.path FROM versions v JOIN documents d"
    " ON d.id=v.document WHERE NOT json_valid(v.warnings) OR json_type(v.warnings)<>'array'"
    " OR EXISTS (SELECT 1 FROM json_each(v.warnings) WHERE type<>'text')",
    # SQLite gives no number after the largest, and says that the disk is full.
    "has a number that leaves no room for more": "SELECT 'versions' FROM versions WHERE id>{most}"
    " UNION ALL SELECT 'sources' FROM sources WHERE id>{most}"
    " UNION ALL SELECT 'chunks' FROM chunks WHERE rowid>{most}",
    "has an id that is too long": "SELECT path FROM documents WHERE length(id)>{id}"
    " UNION ALL SELECT substr(id, 1, {id}) FROM chunks WHERE length(id)>{id}",
}
# The same of tables that a ledger of an older schema does not have.
_LATER: Mapping[str, Mapping[str, str]] = {
    "conversations": {
        "is no id of a conversation": "SELECT id FROM conversations WHERE length(id)<>16"
        " OR id GLOB '*[^0-9a-f]*'",
        "has a number that leaves no room for more": "SELECT 'exchanges' FROM exchanges"
        " WHERE id>{most}",
    },
}
_MOST, _ID = 1 << 48, 64
_TABLES = (
    "sources", "documents", "versions", "chunks", "parts", "vectors", "conversations",
    "exchanges", "exchange_passages", "exchange_sources",
    "collections", "assistants", "assistant_collections", "assistant_examples", "verdicts",
    "test_questions", "test_sources", "quality_runs", "quality_results", "suggestions",
    "switched_off",
)  # fmt: skip
_LONGEST_PATH = 16_384  # characters; Linux takes 4,096 bytes
_LONGEST_NAME = 1_024  # characters of a collection's name, sixteen times what can be given
_LARGEST = 64 << 20  # bytes of one text or vector; a chunk has some hundreds
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def distrust(db: sqlite3.Connection) -> None:
    """Have a connection do nothing that a ledger from elsewhere asks for, and read no huge value.

    A value of more than 64 MB is an error then.
    """
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON"):
        db.execute(f"PRAGMA {pragma}")
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)


def strange(db: sqlite3.Connection) -> str | None:
    """Return the first value in a ledger that our own code never writes, None if there is none.

    Looked for is what could do harm: hashes and paths from which names of files are made, texts
    that are none, JSON of another form. The schema must have been looked at before.
    """
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    later = [pair for table, some in _LATER.items() if table in tables for pair in some.items()]
    for wrong, query in (*_QUERIES.items(), *later):
        row = db.execute(query.format(most=_MOST, id=_ID)).fetchone()
        if row:
            return f"{str(row[0])[:80]!r} {wrong}"
    for row in db.execute("SELECT path FROM documents"):
        if not _is_relative(str(row[0])):
            return f"{str(row[0])[:80]!r} is no path in a source"
    for row in db.execute("SELECT collection, kind, root FROM sources"):
        if not row[0] or len(row[0]) > _LONGEST_NAME or _CONTROL.search(row[0]):
            return f"{str(row[0])[:80]!r} is no name of a collection"
        if "\0" in row[2] or len(row[2]) > _LONGEST_PATH or (row[1] == "upload") != (not row[2]):
            return f"{str(row[2])[:80]!r} is no path of a source"
    return _undecoded(db, [table for table in _TABLES if table in tables])


def _is_relative(path: str) -> bool:
    """Tell whether a path stays in its source, wherever that lies."""
    if not path or len(path) > _LONGEST_PATH or "\0" in path:
        return False
    native = Path(path)
    return not native.anchor and ".." not in native.parts


def _undecoded(db: sqlite3.Connection, tables: Iterable[str]) -> str | None:
    """Read every text; SQLite keeps bytes that are no UTF-8, and Python cannot read them."""
    for table in tables:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[2] == "TEXT"]
        if not columns:  # it came with a later schema
            continue
        try:
            for _ in db.execute(f"SELECT {', '.join(columns)} FROM {table}"):  # noqa: S608
                continue
        except sqlite3.OperationalError as error:
            if "decode" not in str(error).lower():
                raise
            return f"a text in {table!r} is no valid Unicode"
    return None
