"""An answer from passages: read, judge, write, verify, cite."""

from llm.answer.answer import answer
from llm.answer.answer_model import AnswerModel
from llm.answer.cite import MARK, CitedText, cite
from llm.answer.drafts import brief_of
from llm.answer.events import (
    Answer,
    Citation,
    ClosestPassage,
    Event,
    Found,
    ReadingPart,
    Replaced,
    Text,
    Timings,
    Usage,
)
from llm.answer.model_cache import ModelCache
from llm.answer.question import Question
from llm.answer.sums import arithmetic
from llm.answer.verify import Evidence, Problem, check

__all__ = [
    "MARK",
    "Answer",
    "AnswerModel",
    "Citation",
    "CitedText",
    "ClosestPassage",
    "Event",
    "Evidence",
    "Found",
    "ModelCache",
    "Problem",
    "Question",
    "ReadingPart",
    "Replaced",
    "Text",
    "Timings",
    "Usage",
    "answer",
    "arithmetic",
    "brief_of",
    "check",
    "cite",
]
