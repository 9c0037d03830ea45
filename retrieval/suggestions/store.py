"""The store of questions that can be asked: put in, picked, counted."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.ledger import EVERYTHING, Filter, Ledger, allowed

LONGEST_SUGGESTION = 200  # characters


@dataclass(frozen=True)
class Suggested:
    """A question that can be asked, and the document that answers it."""

    id: int
    question: str
    document: str
    lang: str


@dataclass(frozen=True)
class Tried:
    """A document that is shown, and what was tried with the version that is.

    `ordinals` are those of the chunks that a question was to be made of, `kept` how many questions
    there are.
    """

    document: str
    version: int
    collection: str
    path: str
    lang: str
    ordinals: frozenset[int]
    kept: int


class SuggestionStore:
    """The ledger's questions; every public method is one transaction.

    Only what belongs to the visible version of a document is seen: nothing of one in the trash.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def put(self, version: int, ordinal: int, lang: str, question: str | None) -> bool:
        """Keep what came of a chunk, None for no question; False if its version is gone."""
        with self._ledger.write() as db:
            if not db.execute("SELECT 1 FROM versions WHERE id=?", (version,)).fetchone():
                return False
            db.execute(
                "INSERT OR REPLACE INTO suggestions (version, ordinal, lang, question)"
                " VALUES (?, ?, ?, ?)",
                (version, ordinal, lang, question),
            )
        return True

    def picked(self, within: Filter = EVERYTHING) -> list[Suggested]:
        """Return the questions of the documents that a filter lets through, oldest first.

        None that was made of a passage which is switched off.
        """
        with self._ledger.read() as db:
            inside = allowed(db, within)
            rows = db.execute(
                "SELECT g.id, g.question, d.id, g.lang FROM suggestions g"
                " JOIN documents d ON d.version=g.version WHERE g.question IS NOT NULL"
                " AND NOT EXISTS (SELECT 1 FROM chunks c WHERE c.version=g.version"
                " AND c.ordinal=g.ordinal AND c.is_off=1) ORDER BY g.id"
            ).fetchall()
        return [Suggested(*row) for row in rows if inside is None or row[2] in inside]

    def tried(self) -> list[Tried]:
        """Return all documents that can be searched, with what was tried, by id."""
        with self._ledger.read() as db:
            rows = db.execute(
                "SELECT d.id AS document, d.version, s.collection, d.path, v.lang,"
                " coalesce(group_concat(g.ordinal), '') AS ordinals, count(g.question) AS kept"
                " FROM documents d JOIN sources s ON s.id=d.source"
                " JOIN versions v ON v.id=d.version LEFT JOIN suggestions g"
                " ON g.version=d.version GROUP BY d.id ORDER BY d.id"
            ).fetchall()
        return [
            Tried(
                row["document"],
                row["version"],
                row["collection"],
                row["path"],
                row["lang"],
                frozenset(int(number) for number in row["ordinals"].split(",") if number),
                row["kept"],
            )
            for row in rows
        ]
