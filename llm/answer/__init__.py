"""An answer from passages: read, write, verify, cite, and what speaks against it."""

from llm.answer.answer import answer
from llm.answer.answer_model import BETWEEN, AnswerModel, Odds, moved
from llm.answer.cite import MARK, Citer
from llm.answer.events import (
    Answer,
    Citation,
    ClosestPassage,
    Event,
    Found,
    FoundSoFar,
    Outcome,
    ReadingPart,
    Text,
    Timings,
    Usage,
    Waiting,
)
from llm.answer.question import Question
from llm.answer.strangers import Strangers
from llm.answer.sums import arithmetic
from llm.answer.unknown_names import lacking_names
from llm.answer.verify import Evidence, Problem

__all__ = [
    "BETWEEN",
    "MARK",
    "Answer",
    "AnswerModel",
    "Citation",
    "Citer",
    "ClosestPassage",
    "Event",
    "Evidence",
    "Found",
    "FoundSoFar",
    "Odds",
    "Outcome",
    "Problem",
    "Question",
    "ReadingPart",
    "Strangers",
    "Text",
    "Timings",
    "Usage",
    "Waiting",
    "answer",
    "arithmetic",
    "lacking_names",
    "moved",
]
