"""What is asked: small talk, the library, the date, a follow-up, its parts, its other language."""

from llm.question.correction import Correction
from llm.question.followup import FollowUp, Turn, combined, follow_up, is_follow_up, standalone
from llm.question.library_question import LibraryQuestion, library_question
from llm.question.list_questions import asks_for_all
from llm.question.small_talk import SmallTalk, small_talk, written_in
from llm.question.split import compares, needs_full_answer, question_parts
from llm.question.today import asks_for_date, date_sentence, today_line
from llm.question.translate import translated_question

__all__ = [
    "Correction",
    "FollowUp",
    "LibraryQuestion",
    "SmallTalk",
    "Turn",
    "asks_for_all",
    "asks_for_date",
    "combined",
    "compares",
    "date_sentence",
    "follow_up",
    "is_follow_up",
    "library_question",
    "needs_full_answer",
    "question_parts",
    "small_talk",
    "standalone",
    "today_line",
    "translated_question",
    "written_in",
]
