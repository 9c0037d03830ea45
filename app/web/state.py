"""What all browser tabs share: one library, its models, and the threads that work for it."""

from __future__ import annotations

import atexit
import threading
from dataclasses import dataclass, field
from functools import cached_property

import streamlit as st

from app.service import KnowledgeBase, build
from app.settings import load_settings
from app.setup import Trial
from app.web.background_task import BackgroundTask
from app.web.chat_keeper import ChatKeeper
from app.web.chats import Chats
from app.web.folder_watcher import FolderWatcher
from app.web.incoming import Incoming
from app.web.index_keeper import IndexKeeper
from app.web.model_gate import ModelGate
from app.web.picturing import Picturing
from app.web.settings_change import SettingsChange
from app.web.suggester import Suggester
from app.web.upload_passes import UploadPasses
from app.web.warm_up import WarmUp
from app.web.worker import Worker


@dataclass(frozen=True)
class Shared:
    """The parts of the running app; made by `start`.

    Answers pass the `gate`; other work with the chat model is done by who holds the `lock`.
    """

    kb: KnowledgeBase
    worker: Worker
    keeper: IndexKeeper
    warmup: WarmUp
    watcher: FolderWatcher
    lock: threading.Lock = field(default_factory=threading.Lock)
    gate: ModelGate = field(default_factory=ModelGate)
    download: BackgroundTask[str] = field(default_factory=lambda: BackgroundTask("download"))
    trial: BackgroundTask[Trial] = field(default_factory=lambda: BackgroundTask("trial"))
    quality: BackgroundTask[str] = field(default_factory=lambda: BackgroundTask("quality"))
    passes: UploadPasses = field(default_factory=UploadPasses)

    @cached_property
    def chats(self) -> Chats:
        """What is asked and answered, in every tab."""
        return Chats(self.kb, self.gate)

    @cached_property
    def chat_keeper(self) -> ChatKeeper:
        """What purges old conversations."""
        return ChatKeeper(self.kb)

    @cached_property
    def settings(self) -> SettingsChange:
        """What changes settings while the app runs."""
        return SettingsChange(self.kb, self.lock, self.gate, self.warmup, self.worker.wake)

    @cached_property
    def suggester(self) -> Suggester:
        """What makes questions to suggest while nobody needs the chat model."""
        return Suggester(self.kb, self.lock, self._wants_model, lambda: self.worker.busy)

    def _wants_model(self) -> bool:
        return bool(
            self.chats.running() or self.settings.pending or self.trial.state.running
            or self.quality.state.running or self.warmup.loading
        )  # fmt: skip

    @cached_property
    def incoming(self) -> Incoming:
        """The files that are on their way in from browsers."""
        return Incoming(self.kb.settings.incoming_dir)

    @cached_property
    def picturing(self) -> Picturing:
        """What makes pages pictures."""
        return Picturing(self.kb.pictures)

    def close(self) -> None:
        """End the threads and close the library; closing twice does no harm."""
        self.quality.stop()
        self.chats.end(10)
        self.suggester.stop()
        self.quality.wait(10)
        self.chat_keeper.stop()
        self.watcher.stop()
        self.worker.stop()
        self.keeper.stop()
        if "picturing" in self.__dict__:
            self.picturing.close()
        self.warmup.wait(60)
        self.kb.close()

    def leave(self) -> None:
        """Put right what is in hand, as the process ends now; waits for no model."""
        self.quality.stop()
        self.chats.end()
        self.suggester.stop(0)
        self.chat_keeper.stop(0)
        self.watcher.stop(0)
        self.keeper.stop(0)
        self.worker.stop(0)
        self.kb.leave()


def start(kb: KnowledgeBase) -> Shared:
    """Start the threads that work on a library: uploads, index, models, folders, conversations."""
    keeper = IndexKeeper(kb)
    shared = Shared(kb, Worker(kb, keeper.wake), keeper, WarmUp(kb), FolderWatcher(kb))
    _ = shared.chats  # made now, and not by two tabs at once
    shared.chat_keeper.start()
    _ = shared.settings  # made now, so that two tabs do not make one each
    shared.worker.start()
    shared.keeper.start()
    shared.warmup.start()
    shared.watcher.start()
    shared.suggester.start()
    return shared


@st.cache_resource(show_spinner=False, on_release=Shared.close)
def shared() -> Shared:
    """Return the parts of this process's app, started by the server or the first browser.

    Raises UsageError or LibraryError, and tries again at the next visit.
    """
    running = start(build(load_settings()[0]))
    # Streamlit releases it when its cache is emptied, not when a signal ends the process.
    atexit.register(running.close)
    _running.append(running)
    return running


_running: list[Shared] = []


def running() -> Shared | None:
    """Return the parts of this process's app, None before its library was opened."""
    return _running[-1] if _running else None


def leave() -> None:
    """Put right what the app has in hand, for the thread that hears that the process ends."""
    for running in _running:
        running.leave()
