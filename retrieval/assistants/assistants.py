"""The store of assistants: made, changed, removed, brought back."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from retrieval.errors import LibraryError
from retrieval.ledger import Ledger

# In characters; the instructions and examples have to leave room for passages in a prompt.
LONGEST_ASSISTANT_NAME = 64
LONGEST_INSTRUCTIONS = 2_000
LONGEST_GREETING = 300
LONGEST_QUESTION, LONGEST_ANSWER = 300, 1_000
MOST_EXAMPLES = 5
ANSWER_LANGUAGES = ("", "zh", "en")  # "": that of the question
_TONES = ("neutral", "friendly", "formal", "brief")
_KEPT = timedelta(days=30)  # how long a removed one can be brought back


@dataclass(frozen=True)
class Assistant:
    """Who answers: from which `collections` (none: all documents), and in which manner.

    `examples` are questions with the answers that show the form. `tone` is neutral, friendly,
    formal or brief, `lang` zh, en or "" for the language of the question. A `removed` one can
    still be read of and brought back for 30 days. `id` is "" before it was put into the ledger.
    """

    name: str
    collections: tuple[str, ...] = ()
    instructions: str = ""
    examples: tuple[tuple[str, str], ...] = ()
    tone: str = "neutral"
    lang: str = ""
    greeting: str = ""
    id: str = ""
    removed: bool = False


class Assistants:
    """The ledger's assistants; every public method is one transaction."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> list[Assistant]:
        """Return the assistants that were not removed, by name."""
        with self._ledger.read() as db:
            rows = db.execute(
                "SELECT * FROM assistants WHERE removed_at IS NULL ORDER BY name, id"
            ).fetchall()
            return [_assistant(db, row) for row in rows]

    def get(self, assistant: str) -> Assistant | None:
        """Return the assistant of this id, a removed one too; None if it is gone for good."""
        with self._ledger.read() as db:
            row = db.execute("SELECT * FROM assistants WHERE id=?", (assistant,)).fetchone()
            return None if row is None else _assistant(db, row)

    def put(self, assistant: Assistant) -> Assistant:
        """Make an assistant, or change the one of its id; return it as it is kept.

        Raises LibraryError when it has no name, another one has it, something is too long or
        unknown, or there is none of its id.
        """
        kept = _tidied(assistant)
        if wrong := _wrong(kept):
            raise LibraryError(f"the assistant cannot be kept: {wrong}", "assistant-wrong")
        with self._ledger.write() as db:
            if any(a.name.casefold() == kept.name.casefold() != "" and a.id != kept.id
                   for a in self.all()):  # fmt: skip
                raise LibraryError(
                    f"there is an assistant {kept.name!r} already; choose another",
                    "assistant-alike",
                    name=kept.name,
                )
            if (
                kept.id
                and not db.execute("SELECT 1 FROM assistants WHERE id=?", (kept.id,)).fetchone()
            ):
                raise LibraryError(
                    f"the assistant {kept.name!r} is gone; make a new one", "assistant-lost"
                )
            kept = replace(kept, id=kept.id or secrets.token_hex(6))
            values = (kept.name, kept.instructions, kept.tone, kept.lang, kept.greeting, kept.id)
            db.execute(
                "INSERT INTO assistants (name, instructions, tone, lang, greeting, id, made_at)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET"
                " name=?1, instructions=?2, tone=?3, lang=?4, greeting=?5",
                (*values, _now().isoformat(timespec="seconds")),
            )
            for table in ("assistant_collections", "assistant_examples"):
                db.execute(f"DELETE FROM {table} WHERE assistant=?", (kept.id,))  # noqa: S608
            db.executemany(
                "INSERT INTO assistant_collections VALUES (?, ?)",
                [(kept.id, name) for name in kept.collections],
            )
            db.executemany(
                "INSERT INTO assistant_examples VALUES (?, ?, ?, ?)",
                [(kept.id, n, *pair) for n, pair in enumerate(kept.examples)],
            )
        return kept

    def remove(self, assistant: str) -> None:
        """Remove an assistant; it can be brought back for 30 days, then it is deleted."""
        now = _now()
        with self._ledger.write() as db:
            db.execute(
                "UPDATE assistants SET removed_at=? WHERE id=? AND removed_at IS NULL",
                (now.isoformat(timespec="seconds"), assistant),
            )
            oldest = (now - _KEPT).isoformat(timespec="seconds")
            db.execute("DELETE FROM assistants WHERE removed_at<?", (oldest,))

    def bring_back(self, assistant: str) -> None:
        """Undo `remove`. Raises LibraryError when it is gone, or another one has its name now."""
        found = self.get(assistant)
        if found is None:
            raise LibraryError("the assistant is gone for good; make a new one", "assistant-lost")
        with self._ledger.write() as db:
            if any(a.name.casefold() == found.name.casefold() != "" and a.id != found.id
                   for a in self.all()):  # fmt: skip
                raise LibraryError(
                    f"there is an assistant {found.name!r} already; rename it first",
                    "assistant-alike",
                    name=found.name,
                )
            db.execute("UPDATE assistants SET removed_at=NULL WHERE id=?", (assistant,))


def _assistant(db: sqlite3.Connection, row: sqlite3.Row) -> Assistant:
    collections = db.execute(
        "SELECT collection FROM assistant_collections WHERE assistant=? ORDER BY 1", (row["id"],)
    )
    examples = db.execute(
        "SELECT question, answer FROM assistant_examples WHERE assistant=? ORDER BY ordinal",
        (row["id"],),
    )
    return Assistant(
        row["name"],
        tuple(str(r[0]) for r in collections),
        row["instructions"],
        tuple((str(r[0]), str(r[1])) for r in examples),
        row["tone"],
        row["lang"],
        row["greeting"],
        row["id"],
        row["removed_at"] is not None,
    )


def _tidied(given: Assistant) -> Assistant:
    """Return an assistant without white space around its texts, and without empty examples."""
    examples = ((question.strip(), answer.strip()) for question, answer in given.examples)
    return replace(
        given,
        name=" ".join(given.name.split()),
        collections=tuple(sorted(set(given.collections))),
        instructions=given.instructions.strip(),
        examples=tuple(pair for pair in examples if any(pair)),
        greeting=given.greeting.strip(),
    )


def _wrong(one: Assistant) -> str:
    """Return what of an assistant cannot be kept, "" if all can."""
    lengths = (
        ("name", one.name, 1, LONGEST_ASSISTANT_NAME),
        ("instructions", one.instructions, 0, LONGEST_INSTRUCTIONS),
        ("greeting", one.greeting, 0, LONGEST_GREETING),
        *(("example's question", question, 1, LONGEST_QUESTION) for question, _ in one.examples),
        *(("example's answer", answer, 1, LONGEST_ANSWER) for _, answer in one.examples),
    )
    for what, text, least, most in lengths:
        if not least <= len(text) <= most:
            return f"its {what} has {len(text):,} characters, and {least} to {most:,} are possible"
    if len(one.examples) > MOST_EXAMPLES:
        return f"it has {len(one.examples)} examples, and {MOST_EXAMPLES} are the most"
    if one.tone not in _TONES or one.lang not in ANSWER_LANGUAGES:
        return f"its tone {one.tone!r} or language {one.lang!r} is unknown"
    return ""


def _now() -> datetime:
    return datetime.now(UTC)
