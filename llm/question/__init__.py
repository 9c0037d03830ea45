"""What is asked: a follow-up made whole, its parts, its other language."""

from llm.question.followup import Turn, is_follow_up, standalone
from llm.question.list_questions import asks_for_all
from llm.question.split import compares, needs_full_answer, question_parts
from llm.question.translate import translated_question

__all__ = [
    "Turn",
    "asks_for_all",
    "compares",
    "is_follow_up",
    "needs_full_answer",
    "question_parts",
    "standalone",
    "translated_question",
]
