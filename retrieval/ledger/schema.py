"""The ledger's schema: the scripts that make it, and whether a ledger from elsewhere has it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from importlib import resources

_SCRIPT = re.compile(r"(\d{3})_\w+\.sql")
_COMMENT = re.compile(r"--[^\n]*")
_MOST = 200  # tables and indexes; schema 3 has 32
_LONGEST = 20_000  # characters of the statement that made one; the longest of ours has 1,100
# What ANALYZE makes: numbers that help SQLite to choose an index.
_STATISTICS = ("sqlite_stat1", "sqlite_stat4")


@cache
def scripts() -> tuple[tuple[int, str], ...]:
    """Return the migrations in order, each with the number of the schema that it makes."""
    folder = resources.files("retrieval.ledger") / "migrations"
    found = [
        (int(m[1]), f.read_text("utf-8"))
        for f in folder.iterdir()
        if (m := _SCRIPT.fullmatch(f.name))
    ]
    return tuple(sorted(found))


def newest_schema() -> int:
    """Return the number of the newest migration that this Zhiku knows."""
    return scripts()[-1][0]


def schema(db: sqlite3.Connection) -> int:
    """Return the number of the last migration that a ledger has seen."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, upto: int | None = None) -> None:
    """Bring a ledger from its schema to the newest, or to number `upto`; in your transaction."""
    version = schema(db)
    for number, script in scripts():
        if version < number <= (upto or number):
            for statement in _statements(script):
                db.execute(statement)
            db.execute(f"PRAGMA user_version={number}")


def foreign(db: sqlite3.Connection) -> str | None:
    """Return the first thing in which a ledger's schema is not ours of its number, or None.

    A trigger or a view in it would run with what we ask of the ledger, another table in place of
    ours could hold anything. So this is looked at before any row is believed.
    """
    size = db.execute(
        "SELECT count(*), max(length(name)), max(length(coalesce(sql, ''))) FROM sqlite_master"
    ).fetchone()
    if size[0] > _MOST or max(size[1] or 0, size[2] or 0) > _LONGEST:
        return "it has more tables than any of ours"
    found, ours = _entries(db), _ours(schema(db))
    if size[0] != len(found):
        return "it has two tables of the same name"
    for kind, name in sorted(found.keys() - ours.keys(), reverse=True):  # tables first
        if not (kind == "table" and name in _STATISTICS):
            return f"the {kind} {name!r} is not ours"
    for kind, name in sorted(ours.keys() - found.keys(), reverse=True):
        return f"the {kind} {name!r} is missing"
    for (kind, name), statement in ours.items():
        if found[kind, name] != statement:
            return f"the {kind} {name!r} is another than ours"
    return None


@cache
def _ours(number: int) -> dict[tuple[str, str], tuple[str, str]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db, number)
        return _entries(db)


def _entries(db: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, str]]:
    """Return, by kind and name, the table that each belongs to and what made it."""
    rows = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return {(str(r[0]), str(r[1])): (str(r[2]), _plain(r[3] or "")) for r in rows}


def _plain(statement: str) -> str:
    """Return a statement without comments and line breaks, which say nothing to SQLite."""
    return " ".join(_COMMENT.sub("", statement).split())


def _statements(script: str) -> Iterator[str]:
    """Split a script, as `executescript` would commit the transaction around it."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
    if pending.strip():
        yield pending
