"""What is asked: a follow-up made whole, its parts, its other language."""

from llm.question.followup import Turn, depends, standalone
from llm.question.list_questions import asks_for_all
from llm.question.split import compares, in_one_piece, question_parts
from llm.question.translate import translated_question

__all__ = [
    "Turn",
    "asks_for_all",
    "compares",
    "depends",
    "in_one_piece",
    "question_parts",
    "standalone",
    "translated_question",
]
