"""The test questions of the ledger: made, changed, deleted."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from retrieval.errors import LibraryError
from retrieval.feedback.rows import (
    LONGEST_BETTER,
    LONGEST_TEST_QUESTION,
    TestQuestion,
    TestSource,
)
from retrieval.ledger import Ledger


class TestQuestionStore:
    """Test questions by their ids; every public method is one transaction."""

    __test__ = False  # no test, whatever its name is

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def all(self) -> list[TestQuestion]:
        """Return the test questions, oldest first.

        A source whose document is in the trash is given as one that was removed.
        """
        with self._ledger.read() as db:
            rows = db.execute("SELECT * FROM test_questions ORDER BY rowid").fetchall()
            sources: dict[str, list[TestSource]] = {}
            for s in db.execute(
                "SELECT s.question, s.page, s.quote, coalesce(d.path, s.path) AS path, d.id"
                " FROM test_sources s LEFT JOIN documents d ON d.id=s.document"
                " AND d.id NOT IN (SELECT document FROM trash) ORDER BY s.question, s.ordinal"
            ):
                source = TestSource(s["id"], s["path"], s["page"], s["quote"])
                sources.setdefault(s["question"], []).append(source)
        return [_question(row, sources.get(row["id"], [])) for row in rows]

    def put(self, questions: Sequence[TestQuestion]) -> list[TestQuestion]:
        """Keep questions, in place of those of their ids; return them as they are kept.

        Raises LibraryError, and keeps none, when one has no text or something is too long.
        """
        for one in questions:
            if not 0 < len(one.question.strip()) <= LONGEST_TEST_QUESTION:
                raise LibraryError(
                    f"a test question has 1 to {LONGEST_TEST_QUESTION:,} characters,"
                    f" and this has {len(one.question.strip()):,}",
                    "question-long",
                    n=len(one.question.strip()),
                    most=LONGEST_TEST_QUESTION,
                )
            if len(one.expected.strip()) > LONGEST_BETTER:
                raise LibraryError(
                    f"an expected answer has at most {LONGEST_BETTER:,} characters",
                    "expected-long",
                    most=LONGEST_BETTER,
                )
        kept = [
            replace(
                one,
                id=one.id or secrets.token_hex(8),
                question=one.question.strip(),
                expected=one.expected.strip(),
            )
            for one in questions
        ]
        with self._ledger.write() as db:
            for one in kept:
                _write(db, one)
        return kept

    def remove(self, question: str) -> None:
        """Delete a question with what came of it in the runs; how many were right is still told."""
        with self._ledger.write() as db:
            db.execute(
                "DELETE FROM exchanges WHERE id IN"
                " (SELECT exchange FROM quality_results WHERE question=?)",
                (question,),
            )
            db.execute("DELETE FROM test_questions WHERE id=?", (question,))


def _write(db: sqlite3.Connection, one: TestQuestion) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    must, must_not = (json.dumps(v, ensure_ascii=False) for v in (one.must, one.must_not))
    db.execute(
        "INSERT INTO test_questions (id, question, within, assistant, answerable, expected, must,"
        " must_not, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id)"
        " DO UPDATE SET question=?2, within=?3, assistant=?4, answerable=?5, expected=?6, must=?7,"
        " must_not=?8",
        (one.id, one.question, one.within, one.assistant, int(one.answerable), one.expected, must,
         must_not, now),
    )  # fmt: skip
    db.execute("DELETE FROM test_sources WHERE question=?", (one.id,))
    for ordinal, s in enumerate(one.sources):
        there = db.execute("SELECT 1 FROM documents WHERE id=?", (s.document,)).fetchone()
        document, quote = (s.document, s.quote) if there or s.document is None else (None, "")
        db.execute(
            "INSERT INTO test_sources VALUES (?, ?, ?, ?, ?, ?)",
            (one.id, ordinal, document, s.path, s.page, quote),
        )


def _question(row: sqlite3.Row, sources: Sequence[TestSource]) -> TestQuestion:
    must = [_texts(one) for one in _list(row["must"])]
    return TestQuestion(
        row["question"],
        row["within"],
        row["assistant"],
        bool(row["answerable"]),
        row["expected"],
        tuple(one for one in must if one),
        _texts(_list(row["must_not"])),
        tuple(sources),
        row["id"],
    )


def _list(text: str) -> list[object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return found if isinstance(found, list) else []


def _texts(value: object) -> tuple[str, ...]:
    return tuple(t for t in value if isinstance(t, str)) if isinstance(value, list) else ()
