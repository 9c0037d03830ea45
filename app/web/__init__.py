"""What all browser tabs share: the library, its worker, and text made harmless for pages."""

from app.web.answer_thread import Answering, AnswerProgress
from app.web.folder_watcher import FolderWatcher
from app.web.incoming import Incoming
from app.web.index_keeper import IndexKeeper
from app.web.intake import Batch, Choice, Intake, IntakeOutcome, IntakeQuestion
from app.web.quote import passage_html
from app.web.render import STYLE, answer_html, label, text_html
from app.web.state import Shared, leave, running, shared, start
from app.web.upload_passes import UploadPass, UploadPasses
from app.web.warm_up import WarmUp
from app.web.worker import Worker

__all__ = [
    "STYLE",
    "AnswerProgress",
    "Answering",
    "Batch",
    "Choice",
    "FolderWatcher",
    "Incoming",
    "IndexKeeper",
    "Intake",
    "IntakeOutcome",
    "IntakeQuestion",
    "Shared",
    "UploadPass",
    "UploadPasses",
    "WarmUp",
    "Worker",
    "answer_html",
    "label",
    "leave",
    "passage_html",
    "running",
    "shared",
    "start",
    "text_html",
]
