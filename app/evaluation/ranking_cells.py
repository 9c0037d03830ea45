"""The measures of what was found for a question, and their means over a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from app.evaluation.dataset import Query
from app.evaluation.grouping import mean
from app.evaluation.ranking_metrics import (
    by_document,
    evidence_share,
    found_within,
    ndcg,
    reciprocal_rank,
)

# About 1,500 tokens of a prompt, in characters.
_SHOWN = 6000
_SHOWN_CHINESE = 2400


@dataclass(frozen=True)
class Passage:
    """What a search found: the path of its document and its text."""

    path: str
    text: str


@dataclass(frozen=True)
class RankingScore:
    """The measures of one question; `evidence` is None when it names nothing to look for."""

    r_at_1: float
    r_at_5: float
    ndcg_at_10: float
    mrr: float
    evidence: float | None


@dataclass(frozen=True)
class RankingCell:
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


def score_ranking(query: Query, passages: Sequence[Passage]) -> RankingScore:
    """Measure what was found for a question, best first.

    R@1, R@5, nDCG@10 and the reciprocal rank are of documents, each in the place of its first
    passage. The evidence, or else the answers, is looked for in the text that a prompt would hold.
    """
    documents, relevant = by_document(p.path for p in passages), set(query.relevant)
    limit = _SHOWN_CHINESE if query.doc_lang.startswith("zh") else _SHOWN
    return RankingScore(
        r_at_1=found_within(documents, relevant, 1),
        r_at_5=found_within(documents, relevant, 5),
        ndcg_at_10=ndcg(documents, relevant),
        mrr=reciprocal_rank(documents, relevant),
        evidence=evidence_share(query.evidence or query.answers, (p.text for p in passages), limit),
    )


def ranking_cell(cell: tuple[str, ...], method: str, scores: Sequence[RankingScore]) -> RankingCell:
    """Return the means of a cell, which has one question at least, to four digits."""
    folder, lang, doc_lang = cell
    return RankingCell(
        folder=folder,
        lang=lang,
        doc_lang=doc_lang,
        method=method,
        n=len(scores),
        r_at_1=round(fmean(s.r_at_1 for s in scores), 4),
        r_at_5=round(fmean(s.r_at_5 for s in scores), 4),
        ndcg_at_10=round(fmean(s.ndcg_at_10 for s in scores), 4),
        mrr=round(fmean(s.mrr for s in scores), 4),
        evidence=mean(s.evidence for s in scores),
        evidence_n=sum(s.evidence is not None for s in scores),
    )
