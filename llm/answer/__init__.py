"""An answer from passages: read, judge, write, verify, cite."""

from llm.answer.answer import Answer, answer
from llm.answer.cite import MARK, Citation, Cited, cite
from llm.answer.drafts import brief_of
from llm.answer.model_cache import ModelCache
from llm.answer.multi_part import answer_each
from llm.answer.select import select_passages
from llm.answer.task import Asked, Task

__all__ = [
    "MARK",
    "Answer",
    "Asked",
    "Citation",
    "Cited",
    "ModelCache",
    "Task",
    "answer",
    "answer_each",
    "brief_of",
    "cite",
    "select_passages",
]
