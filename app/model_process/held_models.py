"""The models in the process that holds them, each loaded when it is first asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from langchain_core.embeddings import Embeddings

from app.embedding_model import load_embedding
from app.model_process.model_set import ModelSet

if TYPE_CHECKING:
    from llm.chat import LlamaChat

T = TypeVar("T")


class _Once(Generic[T]):
    """A model that is loaded once, however many threads ask for it at a time."""

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._model: T | None = None

    def get(self) -> T:
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model


class HeldModels:
    """Gives the models to all who are connected; each raises ModelError if it cannot be loaded."""

    def __init__(self, embeddings: Callable[[], Embeddings], chat: Callable[[], Any]) -> None:
        """Each loads a model; `chat` a `LlamaChat`, or what can do the same."""
        self._embeddings = _Once(embeddings)
        self._chat = _Once(chat)

    @classmethod
    def of(cls, wanted: ModelSet) -> HeldModels:
        """Return those of a set, loaded from their files when they are first asked for."""
        return cls(lambda: _embeddings(wanted), lambda: _chat(wanted))

    def embeddings(self) -> Embeddings:
        """Return the embedding model."""
        return self._embeddings.get()

    def chat(self) -> LlamaChat:
        """Return the chat model, which no two may use at a time."""
        found: LlamaChat = self._chat.get()
        return found


def _embeddings(wanted: ModelSet) -> Embeddings:
    if wanted.embedding is None:
        raise ValueError("this process has no embedding model")
    return load_embedding(wanted.embedding, wanted.converted, wanted.backend)


def _chat(wanted: ModelSet) -> LlamaChat:
    from llm.chat import LlamaChat

    if wanted.chat is None:
        raise ValueError("this process has no chat model")
    step = {"step": wanted.step} if wanted.step else {}
    return LlamaChat.load(
        wanted.chat,
        context=wanted.context,
        threads=wanted.threads,
        read_threads=wanted.read_threads,
        **step,
        gpu_layers=wanted.gpu_layers,
        lora=wanted.lora,
    )
