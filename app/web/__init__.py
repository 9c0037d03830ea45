"""What all browser tabs share: the library, its worker, and text made harmless for pages."""

from app.web.answer_thread import Answering, AnswerProgress
from app.web.folder_watcher import FolderWatcher
from app.web.index_keeper import IndexKeeper
from app.web.intake import Choice, Intake, IntakeOutcome, IntakeQuestion
from app.web.picturing import PagePicture, PagePictures, Pictured, Picturing, Wanted
from app.web.quote import passage_html
from app.web.render import STYLE, Link, answer_html, label, link_html, text_html
from app.web.state import Shared, leave, shared, start
from app.web.warm_up import WarmUp
from app.web.worker import Worker

__all__ = [
    "STYLE",
    "AnswerProgress",
    "Answering",
    "Choice",
    "FolderWatcher",
    "IndexKeeper",
    "Intake",
    "IntakeOutcome",
    "IntakeQuestion",
    "Link",
    "PagePicture",
    "PagePictures",
    "Pictured",
    "Picturing",
    "Shared",
    "Wanted",
    "WarmUp",
    "Worker",
    "answer_html",
    "label",
    "leave",
    "link_html",
    "passage_html",
    "shared",
    "start",
    "text_html",
]
