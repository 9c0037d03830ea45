"""The keyword index: an FTS5 table of the ledger, written in the transaction of each document."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from retrieval.keywords.terms import TERMS, terms
from retrieval.ledger import Ledger, steps

_FILL = 200  # chunks in one transaction when many are put in again; others may write in between
_COLUMNS = (
    "SELECT c.number, coalesce(v.title, '') AS title, c.heading || char(10) || c.header AS heading,"
    " c.text FROM chunks c"
    " JOIN versions v ON v.id=c.version WHERE "
)
# Rows that are looked through for a question; 1,000 take about 0.2 ms. The common words of a
# question, which tell next to nothing, are not looked for when they would make more of it; they
# still count in the score of what the others find.
_ROWS = 8_000
_LIKELY = 5  # chunks that are ranked by BM25 for each that is wanted
_STEP = 1_000  # chunks looked up at a time, where not all are allowed


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
    likely = _likely(db, {term: rarities[term] for term in wanted}, k, allowed)
    # Ranked before anything is joined. The plus keeps SQLite from asking for each row by itself.
    rows = db.execute(
        "SELECT c.id FROM (SELECT rowid AS number, bm25(keywords) AS place FROM keywords"
        " WHERE keywords MATCH ? AND +rowid IN (SELECT value FROM json_each(?))"
        " ORDER BY place LIMIT ?) k JOIN chunks c ON c.number=k.number ORDER BY k.place",
        (" OR ".join(f'"{term}"' for term in wanted), json.dumps(likely), k),
    ).fetchall()
    return [str(row[0]) for row in rows]


def _likely(
    db: sqlite3.Connection,
    rarities: Mapping[str, float],
    k: int,
    allowed: frozenset[str] | None,
) -> list[int]:
    """Return the numbers of the chunks among which the k best are: those that hold most.

    BM25 cuts the text of a chunk into words again to count them, 8 µs for each that is ranked; that
    it holds a word costs .4 µs. Those that hold as much as the last one are all among them.
    """
    held: dict[int, float] = {}
    for term, rarity in rarities.items():
        for (number,) in db.execute(
            "SELECT rowid FROM keywords WHERE keywords MATCH ?", (f'"{term}"',)
        ):
            held[number] = held.get(number, 0.0) + rarity
    ranked = sorted(held, key=lambda number: -held[number])
    some_off = db.execute("SELECT 1 FROM chunks WHERE is_off=1 LIMIT 1").fetchone() is not None
    most, likely = _LIKELY * k, list[int]()
    for at in range(0, len(ranked), _STEP):
        if len(likely) >= most and held[ranked[at]] < held[likely[most - 1]]:
            break
        step = ranked[at : at + _STEP]
        likely += _allowed(db, step, allowed) if allowed is not None or some_off else step
    least = held[likely[most - 1]] if len(likely) >= most else 0.0
    return [number for number in likely if held[number] >= least]


def _allowed(
    db: sqlite3.Connection, numbers: Sequence[int], allowed: frozenset[str] | None
) -> list[int]:
    """Return those of the chunks that are not switched off and of the documents allowed."""
    among, values = "", [json.dumps(numbers)]
    if allowed is not None:
        among = " AND d.id IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(sorted(allowed)))
    rows = db.execute(
        "SELECT c.number FROM json_each(?) n CROSS JOIN chunks c ON c.number=n.value"  # noqa: S608
        f" JOIN documents d ON d.version=c.version WHERE c.is_off=0{among} ORDER BY n.key",
        values,
    )
    return [row[0] for row in rows]


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
