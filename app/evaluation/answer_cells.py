"""The measures of an answer, and their means over a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from app.evaluation.answer_items import Item
from app.evaluation.answer_metrics import (
    bears_out,
    cited_claims,
    contains,
    has_numbers,
    says_no,
    token_f1,
    without_marks,
)
from app.evaluation.grouping import mean, middle
from app.evaluation.replies import Reply


@dataclass(frozen=True)
class AnswerScore:
    """The measures of one answer; None where there is nothing to measure."""

    accuracy: bool | None
    numbers: bool | None
    f1: float | None
    refused: bool
    unsure: bool
    citations: int
    citations_right: int
    claims: int
    claims_cited: int


@dataclass(frozen=True)
class AnswerCell:
    """The means of one program over the questions of a cell; null where nothing was measured."""

    source: str
    lang: str
    doc_lang: str
    part: str
    method: str
    n: int
    accuracy: float | None
    numbers: float | None
    numbers_n: int
    f1: float | None
    refused: float | None
    falsely_refused: float | None
    unsure: float
    citation_precision: float | None
    citations: int
    citation_recall: float | None
    claims: int
    first_token_s: float | None
    total_s: float


def score_answer(item: Item, reply: Reply) -> AnswerScore:
    """Measure an answer. A program that cites nothing has no citations and no claims."""
    text = without_marks(reply.answer)
    refused = says_no(text) if reply.refused is None else reply.refused
    known = item.evidence or item.expected
    quotes = reply.quotes if known else ()
    cites = reply.refused is not None and not refused
    claims, cited = cited_claims(reply.answer) if cites else (0, 0)
    return AnswerScore(
        accuracy=contains(text, item.expected),
        numbers=has_numbers(text, item.expected),
        f1=token_f1(text, item.expected),
        refused=refused,
        unsure=reply.outcome == "unsure",
        citations=len(quotes),
        citations_right=sum(bears_out(q, item.evidence, item.expected) for q in quotes),
        claims=claims,
        claims_cited=cited,
    )


def answer_cell(
    cell: tuple[str, ...], method: str, answered: Sequence[tuple[Item, Reply, AnswerScore]]
) -> AnswerCell:
    """Return the means of a cell, which has one question at least, to four digits.

    Citations and claims are counted over the whole cell; of times the median is taken.
    """
    source, lang, doc_lang, part = cell
    scores = [s for _, _, s in answered]
    replies = [reply for _, reply, _ in answered]
    answerable = answered[0][0].answerable
    citations, claims = sum(s.citations for s in scores), sum(s.claims for s in scores)
    refused = mean(s.refused for s in scores)
    return AnswerCell(
        source=source,
        lang=lang,
        doc_lang=doc_lang,
        part=part,
        method=method,
        n=len(scores),
        accuracy=mean(s.accuracy for s in scores),
        numbers=mean(s.numbers for s in scores),
        numbers_n=sum(s.numbers is not None for s in scores),
        f1=mean(s.f1 for s in scores),
        refused=None if answerable else refused,
        falsely_refused=refused if answerable else None,
        unsure=mean(s.unsure for s in scores) or 0.0,
        citation_precision=_of(sum(s.citations_right for s in scores), citations),
        citations=citations,
        citation_recall=_of(sum(s.claims_cited for s in scores), claims),
        claims=claims,
        first_token_s=middle(r.first_token_s for r in replies),
        total_s=round(median(r.total_s for r in replies), 3),
    )


def _of(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
