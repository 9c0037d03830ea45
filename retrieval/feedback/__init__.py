"""What people think of answers, the questions they measure by, and what came of measuring."""

from retrieval.feedback.removal import forget_documents, rename_collection
from retrieval.feedback.rows import (
    LONGEST_BETTER,
    LONGEST_NOTE,
    JudgedExchange,
    StoredResult,
    StoredRun,
    StoredVerdict,
    TestQuestion,
    TestSource,
)
from retrieval.feedback.run_store import RunStore
from retrieval.feedback.settling import settle_feedback
from retrieval.feedback.test_question_store import TestQuestionStore
from retrieval.feedback.verdict_store import VerdictStore

__all__ = [
    "LONGEST_BETTER",
    "LONGEST_NOTE",
    "JudgedExchange",
    "RunStore",
    "StoredResult",
    "StoredRun",
    "StoredVerdict",
    "TestQuestion",
    "TestQuestionStore",
    "TestSource",
    "VerdictStore",
    "forget_documents",
    "rename_collection",
    "settle_feedback",
]
