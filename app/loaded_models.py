"""The models that the settings name, each loaded once and only when it is needed."""

from __future__ import annotations

import copy
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from app.embedding_model import converted, load_embedding
from app.model_loading import load_chat, process_of
from app.settings import Settings
from llm.errors import ModelError
from llm.models import find, fingerprint, models, resolve

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from app.model_loading import ChatModel
    from app.model_process import ChatTurn, FairQueue

T = TypeVar("T")

# The settings that name a model; with one of them another, it is loaded anew.
CHAT_SETTINGS = (
    "models_dir", "chat_model", "llm_base_url", "llm_api_key", "lora", "context_tokens",
    "threads", "gpu_layers", "model_process",
)  # fmt: skip
EMBED_SETTINGS = ("models_dir", "embed_model", "embed_backend", "model_process")
# What a loaded chat model is told again, by its own name for it.
_SAMPLING = {
    "answer_tokens": "max_tokens", "temperature": "temperature", "top_p": "top_p", "seed": "seed"
}  # fmt: skip


class _Slot(Generic[T]):
    """The place of one model, and what keeps two threads from loading it twice."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.model: T | None = None

    @cached_property
    def turns(self) -> FairQueue:
        """The line before a chat model that is in this process."""
        from app.model_process import FairQueue

        return FairQueue()


class Models:
    """Gives the embedding model, its tokenizer and the chat model; safe for threads.

    The models are in the process that all programs of this person share, unless
    `KB_MODEL_PROCESS=off` says otherwise or a server writes the answers. Each raises ModelError,
    one line that says what to do, when its files are missing or damaged.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # Two, as a server that is silent holds up no search.
        self._embedding_slot: _Slot[Embeddings] = _Slot()
        self._chat_slot: _Slot[ChatModel] = _Slot()

    def of(self, settings: Settings) -> Models:
        """Return the models of other settings; one that both name is shared, and loaded once."""
        other = copy.copy(self)
        other._settings = settings
        for name in ("embedding_folder", "fingerprint"):
            other.__dict__.pop(name, None)
        embedding = same(self._settings, settings, EMBED_SETTINGS)
        chat = same(self._settings, settings, CHAT_SETTINGS)
        if settings.model_process != "off" and not (embedding and chat):
            embedding = chat = False  # one process holds both, and another one holds others
        if not embedding:
            other._embedding_slot = _Slot()
        if not chat:
            other._chat_slot = _Slot()
        return other

    def close_beside(self, other: Models) -> None:
        """Free the memory of the chat model unless `other` shares it."""
        if self._chat_slot is not other._chat_slot:
            self.close(retire=True)

    @property
    def _embeddings(self) -> Embeddings | None:
        return self._embedding_slot.model

    @_embeddings.setter
    def _embeddings(self, model: Embeddings) -> None:
        self._embedding_slot.model = model

    @property
    def _chat(self) -> ChatModel | None:
        return self._chat_slot.model

    @_chat.setter
    def _chat(self, model: ChatModel | None) -> None:
        self._chat_slot.model = model

    @cached_property
    def embedding_folder(self) -> Path:
        """The folder of the embedding model."""
        return resolve(self._settings.embed_model, "embedding", self._settings.models_dir)

    @cached_property
    def fingerprint(self) -> str:
        """What the vectors are marked with; loads no model."""
        return fingerprint(self.embedding_folder)

    @property
    def tokenizer_file(self) -> Path:
        """The embedding model's tokenizer, in which chunks are measured."""
        return self.embedding_folder / "tokenizer.json"

    def embeddings(self) -> Embeddings:
        """Return the embedding model, loading it the first time (seconds).

        Raises ModelError.
        """
        with self._embedding_slot.lock:
            if self._embedding_slot.model is None:
                self._embedding_slot.model = self._load_embeddings(self.embedding_folder)
            return self._embedding_slot.model

    def _load_embeddings(self, folder: Path) -> Embeddings:
        if (client := process_of(self._settings)) is not None:
            from app.model_process import RemoteEmbeddings

            return RemoteEmbeddings(client)
        place = converted(folder, self._settings)
        return load_embedding(folder, place, self._settings.embed_backend)

    def chat(self) -> ChatModel:
        """Return the chat model, loading it or finding its server the first time (seconds).

        To have it write, take a `turn`.
        """
        with self._chat_slot.lock:
            if self._chat is None:
                endpoint = self._settings.endpoint
                client = process_of(self._settings) if endpoint is None else None
                self._chat = load_chat(self._settings, client)
            for setting, name in _SAMPLING.items():
                if getattr(self._chat, name) != (value := getattr(self._settings, setting)):
                    setattr(self._chat, name, value)
            return self._chat

    def turn(self, asker: str, cancel: threading.Event, *, background: bool = False) -> ChatTurn:
        """Return a turn of the chat model to come, for a question of `asker`, an opaque key.

        The model is loaded before it. Setting `cancel` gives the turn up; it is set for work in the
        `background` that is to give way. Raises ModelError.
        """
        from app.model_process import LocalTurn, RemoteChat

        chat = self.chat()
        if isinstance(chat, RemoteChat):
            return chat.turn(asker, cancel, background=background)
        turns = self._chat_slot.turns
        return LocalTurn(chat, turns, asker, cancel, background=background)

    @property
    def judges(self) -> bool | None:
        """Whether the chat model says how sure it is; None while it is not in memory."""
        chat = self._chat
        return None if chat is None else chat.can_judge

    @property
    def loaded(self) -> bool:
        """Whether both models are in memory, so that an answer starts at once."""
        return self._embeddings is not None and self._chat is not None

    def close(self, *, retire: bool = False) -> None:
        """Free the chat model's memory, or let go of the process that holds the models.

        With `retire` that ends at once if no other program is connected, else some minutes after
        the last has gone.
        """
        if not (self._embeddings or self._chat):
            return  # nothing was imported for it either
        from app.model_process import RemoteChat, RemoteEmbeddings

        with self._embedding_slot.lock:
            if isinstance(self._embeddings, RemoteEmbeddings):
                self._embeddings.close()
                self._embedding_slot.model = None
        with self._chat_slot.lock:
            if isinstance(self._chat, RemoteChat):
                self._chat.close(retire=retire)
            elif self._chat is not None:
                self._chat.close()
            self._chat = None


def same(one: Settings, other: Settings, names: tuple[str, ...]) -> bool:
    """Tell whether two settings have the same values under these names."""
    return all(getattr(one, name) == getattr(other, name) for name in names)


def installed_chat(settings: Settings) -> str | None:
    """Return what would answer: an id, a path, or the name of a server's model; None if nothing."""
    if settings.endpoint is not None:
        return settings.chat_model
    return installed(settings.chat_model, "chat", settings.models_dir)


def whereabouts(settings: Settings) -> str:
    """Return in words where questions and passages are read: here, or on which other machine."""
    place = settings.endpoint
    if place is None:
        return "on this machine"
    if place.local:
        return f"on this machine ({place.url})"
    return f"leaves this machine: {place.host}" + ("" if place.encrypted else ", not encrypted")


def installed(name: str, kind: str, models_dir: Path) -> str | None:
    """Return the id or path that would be loaded for a setting, None if it is not there."""
    try:
        path = resolve(name, "chat" if kind == "chat" else "embedding", models_dir)
    except ModelError:
        return None
    if any(m.id == name for m in models()):
        folder = path.parent if kind == "chat" else path
        return find(folder.name).id
    return str(path)
