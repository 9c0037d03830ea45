"""What is asked: its kind, small talk, the library, the date, a follow-up, its other language."""

from llm.question.correction import Correction
from llm.question.followup import (
    FollowUp,
    Turn,
    combined,
    follow_up,
    is_follow_up,
    questions_of,
    standalone,
)
from llm.question.kind import Kind, kind_of
from llm.question.library_question import LibraryQuestion, library_question
from llm.question.small_talk import SmallTalk, small_talk, written_in
from llm.question.suggest import suggested_question
from llm.question.today import asks_for_date, date_sentence, today_line
from llm.question.translate import translated_question
from llm.question.wish import wish

__all__ = [
    "Correction",
    "FollowUp",
    "Kind",
    "LibraryQuestion",
    "SmallTalk",
    "Turn",
    "asks_for_date",
    "combined",
    "date_sentence",
    "follow_up",
    "is_follow_up",
    "kind_of",
    "library_question",
    "questions_of",
    "small_talk",
    "standalone",
    "suggested_question",
    "today_line",
    "translated_question",
    "wish",
    "written_in",
]
