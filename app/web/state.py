"""What all browser tabs share: one library, its models, and the threads that work for it."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import streamlit as st

from app.service import KnowledgeBase, build
from app.settings import load_settings
from app.web.answer_thread import Answering
from app.web.folder_watcher import FolderWatcher
from app.web.index_keeper import IndexKeeper
from app.web.picturing import PagePictures, Picturing
from app.web.warm_up import WarmUp
from app.web.worker import Worker
from llm.question import Turn
from retrieval.ledger import EVERYTHING, Filter


@dataclass(frozen=True)
class Shared:
    """The parts of the running app; made by `start`."""

    kb: KnowledgeBase
    worker: Worker
    keeper: IndexKeeper
    warmup: WarmUp
    watcher: FolderWatcher
    lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def picturing(self) -> Picturing | None:
        """What makes pages pictures; None where nothing can."""
        pictures: PagePictures | None = getattr(self.kb, "pictures", None)
        return Picturing(pictures) if pictures is not None else None

    def ask(
        self,
        question: str,
        within: Filter = EVERYTHING,
        history: Sequence[Turn] = (),
        certainty: float | None = None,
    ) -> Answering:
        """Begin to answer a question from the documents that a filter lets through."""
        return Answering(self.kb, question, self.lock, within, history=history, certainty=certainty)

    def close(self) -> None:
        """End the threads and close the library; closing twice does no harm."""
        self.watcher.stop()
        self.worker.stop()
        self.keeper.stop()
        if self.picturing is not None:
            self.picturing.close()
        self.warmup.wait(60)
        self.kb.close()

    def leave(self) -> None:
        """Put right what is in hand, as the process ends now; waits for no model."""
        self.watcher.stop(0)
        self.keeper.stop(0)
        self.worker.stop(0)
        self.kb.leave()


def start(kb: KnowledgeBase) -> Shared:
    """Start the threads that read uploads, keep the index and load the models of a library."""
    keeper = IndexKeeper(kb)
    shared = Shared(kb, Worker(kb, keeper.wake), keeper, WarmUp(kb), FolderWatcher(kb))
    shared.worker.start()
    shared.keeper.start()
    shared.warmup.start()
    shared.watcher.start()
    return shared


@st.cache_resource(show_spinner=False, on_release=Shared.close)
def shared() -> Shared:
    """Return the parts of this process's app, started when the first browser comes.

    Raises UsageError or LibraryError, and tries again at the next visit.
    """
    running = start(build(load_settings()[0]))
    # Streamlit releases it when its cache is emptied, not when a signal ends the process.
    atexit.register(running.close)
    _running.append(running)
    return running


_running: list[Shared] = []


def leave() -> None:
    """Put right what the app has in hand, for the thread that hears that the process ends."""
    for running in _running:
        running.leave()
