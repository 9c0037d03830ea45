"""What all browser tabs share: the library, its worker, and the words of the pages."""

from app.web.answer_thread import Answering, AnswerProgress
from app.web.intake import Choice, Intake, IntakeOutcome, IntakeQuestion
from app.web.quote import passage_html
from app.web.render import STYLE, answer_html, label, text_html
from app.web.state import Shared, leave, shared
from app.web.texts import TEXTS, Words

__all__ = [
    "STYLE",
    "TEXTS",
    "AnswerProgress",
    "Answering",
    "Choice",
    "Intake",
    "IntakeOutcome",
    "IntakeQuestion",
    "Shared",
    "Words",
    "answer_html",
    "label",
    "leave",
    "passage_html",
    "shared",
    "text_html",
]
