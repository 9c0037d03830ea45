"""What all browser tabs share: the library, its worker, and the words of the pages."""

from app.web.answer_thread import Answering, AnswerProgress
from app.web.intake import Asked, Choice, Intake, Told
from app.web.quote import passage_html
from app.web.render import STYLE, answer_html, label, text_html
from app.web.state import Shared, leave, shared
from app.web.texts import TEXTS, Words

__all__ = [
    "STYLE",
    "TEXTS",
    "AnswerProgress",
    "Answering",
    "Asked",
    "Choice",
    "Intake",
    "Shared",
    "Told",
    "Words",
    "answer_html",
    "label",
    "leave",
    "passage_html",
    "shared",
    "text_html",
]
