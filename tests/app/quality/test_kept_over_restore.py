"""Feedback comes along in a backup, but for what hung on a deleted conversation."""

from collections.abc import Callable
from pathlib import Path

from app.conversations import Exchange
from app.library import restore
from app.quality import last_runs, results_of
from app.service import KnowledgeBase
from retrieval.feedback import TestQuestion, TestSource


def test_verdicts_questions_and_runs_come_along(
    filled: Callable[..., KnowledgeBase],
    asked: Callable[..., Exchange],
    tested: Callable[[KnowledgeBase], str],
    open_kb: Callable[..., KnowledgeBase],
    tmp_path: Path,
) -> None:
    kb = filled(*["You have 25 days of leave."] * 3)
    stays, goes = asked(kb, "How many days of leave?"), asked(kb, "How many days of leave?")
    for one in (stays, goes):
        kb.feedback.rate(int(one.id), "bad", "wrong", "no", "26 days")
    source = TestSource(kb.document("leave.md").document, "leave.md")
    (question,) = kb.feedback.put(TestQuestion("How many days of leave?", sources=(source,)))
    run = tested(kb)
    kb.conversations.delete(goes.conversation)
    report = kb.backup(tmp_path / "b.tar")
    settings = kb.settings.model_copy(update={"data_dir": tmp_path / "restored"})
    restore(settings, Path(report.file))
    again = open_kb(data_dir=settings.data_dir)
    assert [j.exchange.id for j in again.feedback.judged()] == [stays.id]
    assert again.feedback.questions() == [question]
    assert [past.id for past in last_runs(again)] == [run]
    (result,) = results_of(again, run)
    assert result.measures.state == "right"
    assert {c.title for c in again.conversations.all()} == {"How many days of leave?"}
