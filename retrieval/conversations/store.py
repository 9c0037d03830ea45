"""The conversations of the ledger: written as they go on, read, renamed, deleted, purged."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from ingest.text import folded
from retrieval.conversations.reading import read_exchanges
from retrieval.conversations.rows import (
    State,
    StoredConversation,
    StoredExchange,
    StoredPassage,
    StoredSource,
)
from retrieval.ledger import Ledger

_COLUMNS = "id, title, created, changed"
# The answers to test questions are kept as those of people are, and are no chat of theirs.
_OF_PEOPLE = "id NOT IN (SELECT conversation FROM quality_runs)"


class ConversationStore:
    """Conversations by their ids, which stand in addresses; what is deleted is not found."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @staticmethod
    def new_id() -> str:
        """Return an id for a conversation: 16 random hex digits."""
        return secrets.token_hex(8)

    # -- as it goes on

    def begin(
        self,
        conversation: str,
        title: str,
        question: str,
        within: str,
        demanded: float | None,
        *,
        assistant: str | None = None,
        instead_of: int | None = None,
    ) -> int:
        """Note a question as it is asked, and return the id of its exchange.

        A conversation that is not there is made, with this title; one that was deleted comes back.
        `instead_of` is an exchange of the same conversation that is taken out.
        """
        now = _now()
        with self._ledger.write() as db:
            db.execute(
                "INSERT INTO conversations (id, title, created, changed) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET changed=excluded.changed, deleted=NULL",
                (conversation, title, now, now),
            )
            db.execute(
                "DELETE FROM exchanges WHERE id=? AND conversation=?", (instead_of, conversation)
            )
            cursor = db.execute(
                "INSERT INTO exchanges (conversation, question, within, demanded, assistant, asked,"
                " state) VALUES (?, ?, ?, ?, ?, ?, 'asked')",
                (conversation, question, within, demanded, assistant, now),
            )
            return int(cursor.lastrowid or 0)

    def finish(
        self,
        exchange: int,
        state: State,
        result: str | None,
        error: str | None = None,
        passages: Sequence[StoredPassage] = (),
        sources: Sequence[StoredSource] = (),
    ) -> None:
        """Note what came of a question; one that was purged meanwhile stays away.

        Of a document that was removed while the answer was written nothing but the path is kept.
        """
        with self._ledger.write() as db:
            changed = db.execute(
                "UPDATE exchanges SET state=?, result=?, error=? WHERE id=?",
                (state, result, error, exchange),
            ).rowcount
            if not changed:
                return
            db.executemany(
                "INSERT INTO exchange_passages (exchange, passage, part, chunk, best)"
                " SELECT ?, ?, ?, id, ? FROM chunks WHERE id=?",
                [
                    (exchange, number, part, chunk == passage.best, chunk)
                    for number, passage in enumerate(passages)
                    for part, chunk in enumerate(passage.chunks)
                ],
            )
            for ordinal, s in enumerate(sources):
                there = db.execute("SELECT 1 FROM documents WHERE id=?", (s.document,)).fetchone()
                kept = (s.document, s.heading, s.chunk, s.sha256, s.text)
                document, heading, chunk, sha256, text = kept if there else (None, "", "", "", "")
                db.execute(
                    "INSERT INTO exchange_sources (exchange, ordinal, kind, n, document, path,"
                    " page, heading, unit, confidence, chunk, sha256, text)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (exchange, ordinal, s.kind, s.n, document, s.path, s.page, heading, s.unit,
                     s.confidence, chunk, sha256, text),
                )  # fmt: skip

    def interrupt(self) -> int:
        """Note that nobody answers the questions in hand any more; return how many there were."""
        with self._ledger.write() as db:
            return db.execute(
                "UPDATE exchanges SET state='interrupted' WHERE state='asked'"
            ).rowcount

    # -- read

    def get(self, conversation: str) -> StoredConversation | None:
        """Return a conversation, None if there is none of this id."""
        with self._ledger.read() as db:
            row = db.execute(
                f"SELECT {_COLUMNS} FROM conversations"  # noqa: S608
                f" WHERE id=? AND deleted IS NULL AND {_OF_PEOPLE}",
                (conversation,),
            ).fetchone()
        return StoredConversation(**dict(row)) if row else None

    def all(self, words: str = "") -> list[StoredConversation]:
        """Return the conversations, the last changed first; with `words` those that hold them.

        They may stand in the title, in a question or in an answer, in either case, Chinese in
        either script.
        """
        with self._ledger.read() as db:
            rows = db.execute(
                f"SELECT {_COLUMNS} FROM conversations WHERE deleted IS NULL"  # noqa: S608
                f" AND {_OF_PEOPLE} ORDER BY changed DESC, rowid DESC"
            ).fetchall()
            held: dict[str, list[str]] = {row["id"]: [row["title"]] for row in rows}
            if words:
                for row in db.execute(
                    "SELECT conversation, question, CASE WHEN json_valid(result) THEN"
                    " json_extract(result, '$.answer') END AS answer FROM exchanges"
                ):
                    texts = held.setdefault(row["conversation"], [])
                    texts += [str(row["question"]), str(row["answer"] or "")]
        wanted = folded(words.strip())
        return [
            StoredConversation(**dict(row))
            for row in rows
            if any(wanted in folded(text) for text in held[row["id"]])
        ]

    def exchanges(self, conversation: str, last: int | None = None) -> list[StoredExchange]:
        """Return the exchanges of a conversation, oldest first; only so many of the `last`."""
        with self._ledger.read() as db:
            return read_exchanges(db, conversation, last)

    # -- looked after

    def rename(self, conversation: str, title: str) -> None:
        """Give a conversation another title."""
        self._change("title=?", title, conversation)

    def delete(self, conversation: str) -> None:
        """Hide a conversation; `restore` brings it back until it is purged."""
        self._change("deleted=?", _now(), conversation)

    def restore(self, conversation: str) -> bool:
        """Show a deleted conversation again; False when it has been purged."""
        return self._change("deleted=?", None, conversation) > 0

    def purge(self, changed_before: str | None, deleted_before: str) -> int:
        """Delete for good what was changed last or deleted before a time, UTC in ISO 8601.

        Without `changed_before` none goes for its age. Returns how many conversations went.
        """
        with self._ledger.write() as db:
            return db.execute(
                f"DELETE FROM conversations WHERE (changed<? OR deleted<?) AND {_OF_PEOPLE}",  # noqa: S608
                (changed_before, deleted_before),
            ).rowcount

    def _change(self, what: str, value: str | None, conversation: str) -> int:
        with self._ledger.write() as db:
            return db.execute(
                f"UPDATE conversations SET {what} WHERE id=?",  # noqa: S608
                (value, conversation),
            ).rowcount


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
