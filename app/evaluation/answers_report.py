"""The report of `kb eval answers`: the means of each cell, and every question with its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.evaluation.answer_cells import AnswerCell, Score, mean
from app.evaluation.cells import in_cells
from app.evaluation.items import Item
from app.evaluation.replies import Replies, Reply
from app.settings import Settings

ZHIKU = "zhiku"
PLAIN = "plain"

Answered = tuple[Item, Reply, Score]


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
    score: Score


@dataclass(frozen=True)
class AnswersReport:
    """What `kb eval answers` measured, and with which settings."""

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


def report(
    settings: Settings,
    limit: int | None,
    seed: int,
    replies: Sequence[Replies],
    answers: Mapping[str, Sequence[Answered]],
) -> AnswersReport:
    """Return what was measured; `answers` are those of each method."""
    return AnswersReport(
        limit=limit,
        seed=seed,
        llm_model=settings.llm_model,
        embed_model=settings.embed_model,
        asked=sum(r.asked for r in replies),
        kept=sum(r.kept for r in replies),
        older=sum(r.older for r in replies),
        files=[str(r.file) for r in replies],
        cells=_cells(answers),
        questions=_questions(answers),
    )


def _cells(answers: Mapping[str, Sequence[Answered]]) -> list[AnswerCell]:
    """Return the means of each cell, its methods side by side."""
    order = in_cells([item for answered in answers.values() for item, _, _ in answered])
    return [
        mean(cell, method, members)
        for cell in order
        for method, answered in answers.items()
        if (members := [one for one in answered if one[0].cell == cell])
    ]


def _questions(answers: Mapping[str, Sequence[Answered]]) -> list[AnsweredQuestion]:
    return [
        AnsweredQuestion(
            item.source, item.part, method, item.id, item.question, item.expected, reply, measured
        )
        for method, answered in answers.items()
        for item, reply, measured in answered
    ]
