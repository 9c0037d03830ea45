"""The report of `kb eval answers`: the means of each cell, and every question with its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.evaluation.answer_cells import AnswerCell, AnswerScore, answer_cell, score_answer
from app.evaluation.answer_items import Item
from app.evaluation.changes import Changes, LastReport
from app.evaluation.checklist import Checklist, Verdict
from app.evaluation.checklist_cells import ChecklistCell, Judged, checklist_cells, verdict
from app.evaluation.grouping import ZHIKU, in_cells
from app.evaluation.replies import Replies, Reply
from app.settings import Settings

Answered = tuple[Item, Reply]
Scored = tuple[Item, Reply, AnswerScore]


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question with its answer and measures, for those who look into a number."""

    source: str
    part: str
    method: str
    id: str
    question: str
    expected: tuple[tuple[str, ...], ...]
    reply: Reply
    score: AnswerScore


@dataclass(frozen=True)
class CheckedQuestion:
    """A question with its checklist, its answer, and what of the one was found in the other."""

    source: str
    lang: str
    kind: str
    method: str
    id: str
    question: str
    answerable: bool
    checklist: Checklist
    reply: Reply
    verdict: Verdict


@dataclass(frozen=True)
class AnswersReport:
    """What `kb eval answers` measured, and with which settings."""

    run: str
    limit: int | None
    seed: int
    llm_model: str
    embed_model: str
    asked: int
    kept: int
    older: int
    files: list[str]
    cells: list[AnswerCell]
    questions: list[AnsweredQuestion]
    checklists: list[ChecklistCell]
    checked: list[CheckedQuestion]
    changes: Changes | None = None


def measure_answers(
    answers: Mapping[str, Sequence[Answered]],
    settings: Settings,
    *,
    run: str = "",
    limit: int | None = None,
    seed: int = 0,
    replies: Sequence[Replies] = (),
    last: LastReport | None = None,
) -> AnswersReport:
    """Measure the answers of each method, "zhiku" or "plain".

    `replies` are the files that keep the answers, `last` is an earlier report to compare ours with.
    """
    scored = {
        method: [(i, r, score_answer(i, r)) for i, r in answered if i.checklist is None]
        for method, answered in answers.items()
    }
    judged = {
        method: [(i, r, verdict(i, r)) for i, r in answered if i.checklist is not None]
        for method, answered in answers.items()
    }
    return AnswersReport(
        run=run,
        limit=limit,
        seed=seed,
        llm_model=settings.chat_model,
        embed_model=settings.embed_model,
        asked=sum(r.asked for r in replies),
        kept=sum(r.kept for r in replies),
        older=sum(r.older for r in replies),
        files=[str(r.file) for r in replies],
        cells=_cells(scored),
        questions=_questions(scored),
        checklists=checklist_cells(judged),
        checked=_checked(judged),
        changes=last.changes(ours) if last and (ours := judged.get(ZHIKU)) else None,
    )


def _cells(answers: Mapping[str, Sequence[Scored]]) -> list[AnswerCell]:
    """Return the means of each cell, its methods side by side."""
    order = in_cells([item for answered in answers.values() for item, _, _ in answered])
    return [
        answer_cell(cell, method, members)
        for cell in order
        for method, answered in answers.items()
        if (members := [one for one in answered if one[0].cell == cell])
    ]


def _questions(answers: Mapping[str, Sequence[Scored]]) -> list[AnsweredQuestion]:
    return [
        AnsweredQuestion(
            item.source, item.part, method, item.id, item.question, item.expected, reply, measured
        )
        for method, answered in answers.items()
        for item, reply, measured in answered
    ]


def _checked(answers: Mapping[str, Sequence[Judged]]) -> list[CheckedQuestion]:
    return [
        CheckedQuestion(
            source=item.source,
            lang=item.lang,
            kind=item.part,
            method=method,
            id=item.id,
            question=item.question,
            answerable=item.answerable,
            checklist=item.checklist or Checklist(),
            reply=reply,
            verdict=found,
        )
        for method, judged in answers.items()
        for item, reply, found in judged
    ]
