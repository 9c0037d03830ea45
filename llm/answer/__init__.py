"""An answer from passages: read, write, verify, cite, and what speaks against it."""

from llm.answer.answer import answer
from llm.answer.answer_model import AnswerModel, Odds
from llm.answer.cite import MARK, Citer
from llm.answer.events import (
    Answer,
    Citation,
    ClosestPassage,
    Event,
    Found,
    Outcome,
    ReadingPart,
    Text,
    Timings,
    Usage,
)
from llm.answer.question import Question

__all__ = [
    "MARK",
    "Answer",
    "AnswerModel",
    "Citation",
    "Citer",
    "ClosestPassage",
    "Event",
    "Found",
    "Odds",
    "Outcome",
    "Question",
    "ReadingPart",
    "Text",
    "Timings",
    "Usage",
    "answer",
]
