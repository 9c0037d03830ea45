"""The best rows of the keyword index for some terms, without ranking all that hold one.

FTS5 takes some 10 µs for each row that it ranks: it keeps no places of words (`detail=none`), so
it cuts the row's text again. Which rows hold a term costs a thirtieth of that. From these the most
that a row can reach is known, and rows that cannot be among the best are not ranked. (MaxScore,
Turtle and Flood 1995, by row.) What is found is what ranking all of them finds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from heapq import nlargest
from math import log

# BM25 as FTS5 has it: a term brings less than its inverse document frequency times k1 + 1, whatever
# the length of the row. The last digit is for rounding.
_MOST = 2.2 * 1.000001
_LEAST = 1e-6  # FTS5's frequency of a term that more than half of the rows hold
_FIRST = 2  # times k rows are ranked first; the worst of their best k tells who else may be


def best_rows(
    db: sqlite3.Connection,
    wanted: Sequence[str],
    k: int,
    among: str = "",
    values: Sequence[object] = (),
) -> list[int]:
    """Return the numbers of the k rows that hold the most of some terms, by BM25, best first.

    Of equals the lower number comes first. `among` is SQL that a row must meet beside, begun by
    AND, with its `values`.
    """
    count = db.execute("SELECT count(*) FROM chunks").fetchone()[0]
    match = " OR ".join(map(_quoted, wanted))
    most: dict[int, float] = {}
    for term in wanted:
        rows = _holding(db, _quoted(term))
        reach = _MOST * max(_LEAST, log((count - len(rows) + 0.5) / (len(rows) + 0.5)))
        for row in rows:
            most[row] = most.get(row, 0.0) + reach
    if among:
        most = {row: most[row] for row in _holding(db, match, among, values) if row in most}
    first = nlargest(_FIRST * k, most, key=most.__getitem__)
    ranked = _ranked(db, match, first)
    if len(first) < len(most):
        worst = -sorted(ranked)[k - 1][0]
        seen = set(first)
        ranked += _ranked(db, match, [r for r, m in most.items() if m >= worst and r not in seen])
    return [row for _, row in sorted(ranked)[:k]]


def _holding(
    db: sqlite3.Connection, match: str, among: str = "", values: Sequence[object] = ()
) -> list[int]:
    """Return the numbers of the rows that fit; as one JSON text, a quarter of the time of rows."""
    found = db.execute(
        f"SELECT json_group_array(rowid) FROM keywords WHERE keywords MATCH ?{among}",  # noqa: S608
        (match, *values),
    ).fetchone()
    return [int(row) for row in json.loads(found[0])]


def _ranked(db: sqlite3.Connection, match: str, rows: Iterable[int]) -> list[tuple[float, int]]:
    """Return (rank, number) of some rows that fit; FTS5's ranks are negative, the best is least."""
    # By bm25() in place of `rank`: that one is ranked for all rows before any is left out.
    found = db.execute(
        "SELECT bm25(keywords), rowid FROM keywords WHERE keywords MATCH ?"
        " AND +rowid IN (SELECT value FROM json_each(?))",
        (match, json.dumps(list(rows))),
    )
    return [(row[0], row[1]) for row in found]


def _quoted(term: str) -> str:
    return f'"{term}"'
