"""Questions in cells, one for each pair of languages, and the means of a cell."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol, TypeVar

from app.evaluation.dataset import Query
from app.evaluation.metrics import by_document, evidence_share, found_within, ndcg, reciprocal_rank

# About 1,500 tokens of a prompt, in characters.
_SHOWN = 6000
_SHOWN_CHINESE = 2400


@dataclass(frozen=True)
class Passage:
    """What a search found: the path of its document and its text."""

    path: str
    text: str


@dataclass(frozen=True)
class Score:
    """The measures of one question; `evidence` is None when it names nothing to look for."""

    r_at_1: float
    r_at_5: float
    ndcg_at_10: float
    mrr: float
    evidence: float | None


@dataclass(frozen=True)
class Cell:
    """The means of one method over the questions of a cell."""

    folder: str
    lang: str
    doc_lang: str
    method: str
    n: int
    r_at_1: float
    r_at_5: float
    ndcg_at_10: float
    mrr: float
    evidence: float | None
    evidence_n: int


def score(query: Query, passages: Sequence[Passage]) -> Score:
    """Measure what was found for a question, best first."""
    documents, relevant = by_document(p.path for p in passages), set(query.relevant)
    limit = _SHOWN_CHINESE if query.doc_lang.startswith("zh") else _SHOWN
    return Score(
        r_at_1=found_within(documents, relevant, 1),
        r_at_5=found_within(documents, relevant, 5),
        ndcg_at_10=ndcg(documents, relevant),
        mrr=reciprocal_rank(documents, relevant),
        evidence=evidence_share(query.evidence or query.answers, (p.text for p in passages), limit),
    )


class Asked(Protocol):
    """A question of any kind, which says with which others it is reported together."""

    @property
    def cell(self) -> tuple[str, ...]:
        """What these questions have in common."""


AnyQuestion = TypeVar("AnyQuestion", bound=Asked)


def in_cells(asked: Sequence[AnyQuestion]) -> dict[tuple[str, ...], list[AnyQuestion]]:
    """Return the questions of each cell, in the order in which cells and questions came."""
    cells: dict[tuple[str, ...], list[AnyQuestion]] = {}
    for question in asked:
        cells.setdefault(question.cell, []).append(question)
    return cells


def sample(asked: Sequence[AnyQuestion], limit: int | None, seed: int) -> list[AnyQuestion]:
    """Return at most `limit` questions of each cell, the same ones for the same seed.

    Those of a smaller limit are among those of a larger one: what was answered is not asked again.
    """
    chosen = []
    for cell in in_cells(asked).values():
        order = random.Random(seed).sample(range(len(cell)), len(cell))  # noqa: S311  # no secret
        chosen += [cell[n] for n in sorted(order[: limit or len(cell)])]
    return chosen


def mean(cell: tuple[str, ...], method: str, scores: Sequence[Score]) -> Cell:
    """Return the means of a cell, which has one question at least, to four digits."""
    evidence = [s.evidence for s in scores if s.evidence is not None]
    folder, lang, doc_lang = cell
    return Cell(
        folder=folder,
        lang=lang,
        doc_lang=doc_lang,
        method=method,
        n=len(scores),
        r_at_1=round(fmean(s.r_at_1 for s in scores), 4),
        r_at_5=round(fmean(s.r_at_5 for s in scores), 4),
        ndcg_at_10=round(fmean(s.ndcg_at_10 for s in scores), 4),
        mrr=round(fmean(s.mrr for s in scores), 4),
        evidence=round(fmean(evidence), 4) if evidence else None,
        evidence_n=len(evidence),
    )
