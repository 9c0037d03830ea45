"""The keyword index: an FTS5 table of the ledger, written in the transaction of each document."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from retrieval.keywords.best_rows import best_rows
from retrieval.keywords.terms import TERMS, terms
from retrieval.ledger import Ledger, steps

_FILL = 200  # chunks in one transaction when many are put in again; others may write in between
_COLUMNS = (
    "SELECT c.number, coalesce(v.title, '') AS title, c.heading || char(10) || c.header AS heading,"
    " c.text FROM chunks c"
    " JOIN versions v ON v.id=c.version WHERE "
)
# Rows that are ranked for a question; 1,000 take about 1 ms. The common words of a question, which
# tell next to nothing, are not looked for when they would make more of it; they still count in the
# score of what the others find.
_ROWS = 8_000


@dataclass(frozen=True)
class ChunkWords:
    """The terms of a chunk: those of its document's title, and how often each stands in it."""

    title: frozenset[str]
    once: frozenset[str]  # of title and headings, which count once
    body: Sequence[str]

    @property
    def length(self) -> int:
        """How many terms it has."""
        return len(self.body) + len(self.once)

    @property
    def all(self) -> frozenset[str]:
        """Each of its terms."""
        return self.once.union(self.body)

    def count(self, term: str) -> int:
        """How often a term stands in it."""
        return self.body.count(term) + (term in self.once)


def write_keywords(db: sqlite3.Connection, version: int) -> None:
    """Put the words of a version's chunks into the index."""
    _put(db, db.execute(_COLUMNS + "v.id=?", (version,)).fetchall())


def delete_keywords(db: sqlite3.Connection, version: int) -> None:
    """Take the words of a version's chunks out of the index; called before the chunks go."""
    db.execute(
        "DELETE FROM keywords WHERE rowid IN (SELECT number FROM chunks WHERE version=? AND keyed)",
        (version,),
    )


def empty_keywords(db: sqlite3.Connection) -> None:
    """Empty the index, whatever is wrong with it, so that `fill_keywords` makes it anew."""
    # A plain DELETE looks each word up in the index, which fails where that is damaged.
    db.execute("DELETE FROM keywords_content")
    db.execute("INSERT INTO keywords (keywords) VALUES ('rebuild')")  # of nothing: empty
    db.execute("UPDATE chunks SET keyed=0")
    db.execute("UPDATE keyword_state SET terms=?", (TERMS,))


def fill_keywords(ledger: Ledger) -> None:
    """Put in what the index lacks: chunks of an older ledger, or all when words are cut anew."""
    with ledger.read() as db:
        current = db.execute("SELECT terms FROM keyword_state").fetchone()[0] == TERMS
        lacking = db.execute("SELECT 1 FROM chunks WHERE keyed=0 LIMIT 1").fetchone() is not None
    if not current:
        with ledger.write() as db:
            empty_keywords(db)
    while lacking or not current:
        current = True
        with ledger.write() as db:
            rows = db.execute(_COLUMNS + "c.keyed=0 LIMIT ?", (_FILL,)).fetchall()
            _put(db, rows)
        lacking = bool(rows)


def _put(db: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> None:
    db.executemany(
        "INSERT INTO keywords (rowid, title, heading, body) VALUES (?, ?, ?, ?)",
        [
            (r[0], *(" ".join(terms(r[name])) for name in ("title", "heading", "text")))
            for r in rows
        ],
    )
    db.executemany("UPDATE chunks SET keyed=1 WHERE number=?", [(r[0],) for r in rows])
    # The first of all: what is in the index is of this release, and need not be cut again.
    db.execute("UPDATE keyword_state SET terms=? WHERE terms=''", (TERMS,))


def rarity(db: sqlite3.Connection, wanted: Collection[str]) -> dict[str, float]:
    """Return the inverse document frequency of each term, in nats; 0 for one in every chunk.

    Robertson and Spärck Jones's weight as Lucene has it, ln(1 + (N - n + 0.5) / (n + 0.5)). A term
    that no chunk holds has the largest: the question asks for what is not there.
    """
    count = db.execute("SELECT count(*) FROM chunks").fetchone()[0]
    found = {}
    for term in wanted:
        row = db.execute("SELECT doc FROM keyword_counts WHERE term=?", (term,)).fetchone()
        n = row[0] if row else 0
        found[term] = log(1 + (count - n + 0.5) / (n + 0.5)) if count else 0.0
    return found


def matching(
    db: sqlite3.Connection,
    rarities: Mapping[str, float],
    k: int,
    allowed: frozenset[str] | None,
    *,
    most_rows: int = _ROWS,
) -> list[str]:
    """Return the ids of the k chunks that hold the most of these terms, by BM25, best first.

    `allowed` are the documents that they may be of, None for all. What is switched off is not
    among them. Common terms are left out where more than `most_rows` chunks would have to be
    ranked for them.
    """
    wanted = _telling(db, rarities, most_rows)
    if not wanted or k <= 0:
        return []
    among, values = "", list[object]()
    if allowed is not None:
        # The plus keeps SQLite from looking each of them up in the index, which is far slower.
        among = (
            " AND +rowid IN (SELECT c.number FROM documents d JOIN chunks c ON c.version=d.version"
            " WHERE d.id IN (SELECT value FROM json_each(?)))"
        )
        values.append(json.dumps(sorted(allowed)))
    if db.execute("SELECT 1 FROM chunks WHERE is_off=1 LIMIT 1").fetchone():
        among += " AND +rowid NOT IN (SELECT number FROM chunks WHERE is_off=1)"
    rows = best_rows(db, {term: rarities[term] for term in wanted}, k, among, values)
    found = db.execute(
        "SELECT c.id FROM json_each(?) k JOIN chunks c ON c.number=k.value ORDER BY k.key",
        (json.dumps(rows),),
    )
    return [str(row[0]) for row in found]


def _telling(db: sqlite3.Connection, rarities: Mapping[str, float], most_rows: int) -> list[str]:
    """Return the terms to look for: from the rarest on, as long as few chunks hold them."""
    count = db.execute("SELECT count(*) FROM chunks").fetchone()[0]
    telling: list[str] = []
    rows = 0.0
    for term in sorted(rarities, key=lambda term: -rarities[term]):
        rows += (count + 1) / exp(rarities[term])  # the chunks that hold it, by `rarity`
        if telling and rows > most_rows:
            break
        telling.append(term)
    return telling


def words_of(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, ChunkWords]:
    """Return the words of those of the chunks that the index holds, by chunk id."""
    found = {}
    for part in steps(ids):
        marks = ",".join("?" * len(part))
        for row in db.execute(
            "SELECT c.id, k.title, k.heading, k.body FROM chunks c JOIN keywords k"  # noqa: S608
            f" ON k.rowid=c.number WHERE c.id IN ({marks})",
            tuple(part),
        ):
            title = frozenset(row[1].split())
            found[row[0]] = ChunkWords(title, title.union(row[2].split()), row[3].split())
    return found
