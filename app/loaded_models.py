"""The models that the settings name, each loaded once and only when it is needed."""

from __future__ import annotations

import copy
import logging
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from app.embedding_model import load_embedding
from app.settings import Settings
from llm.errors import ModelError
from llm.models import find, fingerprint, known_sha256, models, resolve

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from llm.chat import EndpointChat, LlamaChat, Profile

    ChatModel = LlamaChat | EndpointChat

log = logging.getLogger(__name__)

T = TypeVar("T")

# The settings that name a model; with one of them another, it is loaded anew.
CHAT_SETTINGS = (
    "models_dir", "llm_model", "llm_base_url", "llm_api_key", "lora", "context_tokens",
    "threads", "gpu_layers",
)  # fmt: skip
EMBED_SETTINGS = ("models_dir", "embed_model", "embed_backend")
# What a loaded chat model is told again, by its own name for it.
_SAMPLING = {
    "answer_tokens": "max_tokens", "temperature": "temperature", "top_p": "top_p", "seed": "seed"
}  # fmt: skip


class _Slot(Generic[T]):
    """The place of one model, and what keeps two threads from loading it twice."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.model: T | None = None


class Models:
    """Gives the embedding model, its tokenizer and the chat model; safe for threads.

    Each raises ModelError, one line that says what to do, when its files are missing or damaged.
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
        if not same(self._settings, settings, EMBED_SETTINGS):
            other._embedding_slot = _Slot()
        if not same(self._settings, settings, CHAT_SETTINGS):
            other._chat_slot = _Slot()
        return other

    def close_beside(self, other: Models) -> None:
        """Free the memory of the chat model unless `other` shares it."""
        if self._chat_slot is not other._chat_slot:
            self.close()

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
                self._embedding_slot.model = load_embedding(self.embedding_folder, self._settings)
            return self._embedding_slot.model

    def chat(self) -> ChatModel:
        """Return the chat model, loading it or finding its server the first time (seconds)."""
        with self._chat_slot.lock:
            if self._chat is None:
                self._chat = load_chat(self._settings)
            for setting, name in _SAMPLING.items():
                if getattr(self._chat, name) != (value := getattr(self._settings, setting)):
                    setattr(self._chat, name, value)
            return self._chat

    @property
    def calls(self) -> int:
        """How often the chat model has been asked; 0 while it is not in memory."""
        return self._chat.calls if self._chat is not None else 0

    @property
    def tokens_read(self) -> int:
        """How many tokens of prompts the chat model has read; 0 while it is not in memory."""
        return self._chat.tokens_read if self._chat is not None else 0

    @property
    def judges(self) -> bool | None:
        """Whether the chat model says how sure it is; None while it is not in memory."""
        chat = self._chat
        return None if chat is None else chat.can_judge

    @property
    def loaded(self) -> bool:
        """Whether both models are in memory, so that an answer starts at once."""
        return self._embeddings is not None and self._chat is not None

    def close(self) -> None:
        """Free the chat model's memory."""
        with self._chat_slot.lock:
            if self._chat is not None:
                self._chat.close()
                self._chat = None


def same(one: Settings, other: Settings, names: tuple[str, ...]) -> bool:
    """Tell whether two settings have the same values under these names."""
    return all(getattr(one, name) == getattr(other, name) for name in names)


def load_chat(settings: Settings) -> ChatModel:
    """Return the chat model of the settings: one of this machine, or one behind a server.

    What it can do is measured when it is first loaded, which takes about a minute and is told in
    the log, and known from then on.
    """
    s = settings
    sampling: dict[str, Any] = {
        "context": s.context_tokens,
        "max_tokens": s.answer_tokens,
        "temperature": s.temperature,
        "top_p": s.top_p,
        "seed": s.seed,
    }
    chat: ChatModel
    if s.endpoint is not None:
        from llm.chat import EndpointChat

        chat = EndpointChat.connect(s.endpoint, s.llm_model, s.llm_api_key, **sampling)
        made_of = [s.endpoint.url, s.llm_model, chat.described()]
    else:
        from llm.chat import LlamaChat

        path = resolve(s.llm_model, "chat", s.models_dir)
        chat = LlamaChat.load(
            path, threads=s.threads, gpu_layers=s.gpu_layers, lora=s.lora, **sampling
        )
        made_of = [known_sha256(file.parent, file.name) for file in (path, s.lora) if file]
    try:
        chat.measured = _profile(chat, made_of, s)
    except BaseException:
        chat.close()
        raise
    chat.forget_costs()
    return chat


def _profile(chat: ChatModel, made_of: list[str], settings: Settings) -> Profile:
    """Return what a model can do; `made_of` is what tells it from others."""
    from llm.chat import PROBE_CONTEXT, kept_profile, probe, profile_key, shipped_profile

    def measure() -> Profile:
        log.warning("measuring what the model %r can do: about a minute, once", chat.model)
        return probe(chat)

    room = min(chat.context, PROBE_CONTEXT)
    shipped = shipped_profile(made_of) if room == PROBE_CONTEXT else None
    key = profile_key(*made_of, str(room))
    return shipped or kept_profile(settings.profiles_dir, key, measure)


def installed_chat(settings: Settings) -> str | None:
    """Return what would answer: an id, a path, or the name of a server's model; None if nothing."""
    if settings.endpoint is not None:
        return settings.llm_model
    return installed(settings.llm_model, "chat", settings.models_dir)


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
