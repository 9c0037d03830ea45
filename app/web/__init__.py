"""What all browser tabs share: the library, its worker, and text made harmless for pages."""

from app.conversations import AnswerProgress, Exchange
from app.web.answer_thread import Answering
from app.web.background_task import BackgroundTask, TaskState
from app.web.chat_keeper import ChatKeeper
from app.web.chats import Chats
from app.web.copied import copied_html, copied_text
from app.web.folder_watcher import FolderWatcher
from app.web.incoming import Incoming
from app.web.index_keeper import IndexKeeper
from app.web.intake import Batch, Choice, Intake, IntakeOutcome, IntakeQuestion
from app.web.model_gate import ModelGate
from app.web.picturing import Pictured, Picturing, Wanted
from app.web.quote import passage_html
from app.web.render import STYLE, Link, answer_html, label, link_html, text_html
from app.web.settings_change import SettingsChange
from app.web.state import Shared, leave, running, shared, start
from app.web.suggester import Suggester
from app.web.upload_passes import UploadPass, UploadPasses
from app.web.warm_up import WarmUp
from app.web.worker import Worker

__all__ = [
    "STYLE",
    "AnswerProgress",
    "Answering",
    "BackgroundTask",
    "Batch",
    "ChatKeeper",
    "Chats",
    "Choice",
    "Exchange",
    "FolderWatcher",
    "Incoming",
    "IndexKeeper",
    "Intake",
    "IntakeOutcome",
    "IntakeQuestion",
    "Link",
    "ModelGate",
    "Pictured",
    "Picturing",
    "SettingsChange",
    "Shared",
    "Suggester",
    "TaskState",
    "UploadPass",
    "UploadPasses",
    "Wanted",
    "WarmUp",
    "Worker",
    "answer_html",
    "copied_html",
    "copied_text",
    "label",
    "leave",
    "link_html",
    "passage_html",
    "running",
    "shared",
    "start",
    "text_html",
]
