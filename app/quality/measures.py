"""What is measured of one test question, by the measures of `kb eval`, and counted over all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal, get_args

from langchain_core.documents import Document

from app.evaluation import (
    Checklist,
    Item,
    Passage,
    Query,
    judge,
    reply_of,
    score_answer,
    score_ranking,
)
from ingest.text import language
from llm.answer import Answer
from retrieval.feedback import TestQuestion

State = Literal["failed", "wrong", "unfounded", "refused", "unsure", "elsewhere", "right"]
"""What became of a question, the worst first.

failed: it could not be asked. wrong: what a right answer holds is not in it. unfounded: answered
surely, though there is no answer. refused: though there is one. unsure: marked as not sure.
elsewhere: answered from other documents than expected.
"""

STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Measures:
    """What was found for a question, and how the answer is.

    `rank` is the place of the first expected document among those found, None if none was found or
    none is expected. `cited` tells whether one of them is cited, None where none is expected or
    nothing was answered. `missing` is what a right answer holds and this does not. `known` tells
    whether a document is expected.
    """

    state: State
    known: bool = False
    rank: int | None = None
    cited: bool | None = None
    missing: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    seconds: float = 0.0

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Measures:
        """Return what a text of the ledger holds; one that is none is of a question that failed."""
        try:
            held = json.loads(text)
            texts = {name: tuple(map(str, held[name])) for name in ("missing", "forbidden")}
            rank, cited = held["rank"], held["cited"]
            return cls(
                state=held["state"] if held["state"] in STATES else "failed",
                known=bool(held["known"]),
                rank=None if rank is None else int(rank),
                cited=None if cited is None else bool(cited),
                seconds=float(held["seconds"]),
                **texts,
            )
        except (ValueError, TypeError, KeyError, RecursionError):
            return cls("failed")


@dataclass(frozen=True)
class Counts:
    """How many of the questions `asked` are right, unsure, …; `known` name their documents.

    All answers took `seconds`. Of the `known` ones the expected document was `first` or among the
    first `five` documents found, and was `cited`.
    """

    asked: int = 0
    right: int = 0
    known: int = 0
    first: int = 0
    five: int = 0
    cited: int = 0
    unsure: int = 0
    refused: int = 0
    wrong: int = 0
    seconds: int = 0

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Counts:
        """Return what a text of the ledger holds; what is no number there counts as 0."""
        try:
            held = json.loads(text)
        except (ValueError, RecursionError):
            return cls()
        if not isinstance(held, dict):
            return cls()
        return cls(**{k: v for k in asdict(cls()) if type(v := held.get(k)) is int and v >= 0})


def measure(
    question: TestQuestion, expected: Sequence[str], found: Sequence[Document], answer: Answer
) -> Measures:
    """Measure what was found for a question, best first, and its answer.

    `expected` are the ids of the documents of which one holds the answer. The words that a right
    answer holds are looked for; of an expected answer in whole sentences its figures are, as two
    people never use the same words.
    """
    reply = replace(reply_of(answer), paths=tuple(c.document for c in answer.citations))
    lang = language(question.question)
    item = Item("own", lang, "", "", question.id, question.question, answerable=question.answerable)
    if question.expected and question.answerable:
        item = replace(item, expected=((question.expected,),))
    ranking = score_ranking(
        Query(
            id=question.id,
            question=question.question,
            lang=lang,
            doc_lang="",
            relevant=tuple(expected),
        ),
        [Passage(str(one.metadata["document"]), one.page_content) for one in found],
    )
    verdict = judge(
        Checklist(question.must, question.must_not, tuple(expected)),
        answer.answer,
        answer.outcome,
        reply.paths,
        answerable=question.answerable,
        lang=lang,
    )
    figures = score_answer(item, reply).numbers
    wrong = bool(verdict.missing or verdict.forbidden) or figures is False
    known = bool(expected) and question.answerable
    missing = tuple(" | ".join(one) for one in verdict.missing)
    return Measures(
        state=_state(question, answer, wrong=wrong, cited=verdict.cited),
        known=known,
        rank=round(1 / ranking.mrr) if known and ranking.mrr else None,
        cited=None if answer.refused else verdict.cited,
        missing=() if answer.refused else missing,
        forbidden=verdict.forbidden,
        seconds=answer.timings.total_s,
    )


def _state(question: TestQuestion, answer: Answer, *, wrong: bool, cited: bool | None) -> State:
    if not question.answerable:
        return "right" if answer.refused else "unsure" if _unsure(answer) else "unfounded"
    if answer.refused:
        return "refused"
    if _unsure(answer):
        return "unsure"
    if wrong:
        return "wrong"
    return "elsewhere" if cited is False else "right"


def _unsure(answer: Answer) -> bool:
    return answer.outcome == "unsure"


def counts_of(measured: Sequence[Measures]) -> Counts:
    """Count the questions of a run."""
    known = [m for m in measured if m.known]
    states = [m.state for m in measured]
    return Counts(
        asked=len(measured),
        right=states.count("right"),
        known=len(known),
        first=sum(m.rank == 1 for m in known),
        five=sum(m.rank is not None and m.rank <= 5 for m in known),
        cited=sum(m.cited is True for m in known),
        unsure=states.count("unsure"),
        refused=states.count("refused"),
        seconds=round(sum(m.seconds for m in measured)),
        wrong=sum(state in ("wrong", "unfounded", "failed") for state in states),
    )
