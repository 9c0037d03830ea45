"""The models that the settings name, each loaded once and only when it is needed."""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from app.settings import Settings
from llm.catalogue import find, models
from llm.fingerprint import fingerprint
from llm.store import resolve

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from llm.chat_model import LlamaChat


class Models:
    """Gives the embedding model, its tokenizer and the chat model; safe for threads.

    Each raises ModelError, one line that says what to do, when its files are missing or damaged.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.RLock()
        self._embeddings: Embeddings | None = None
        self._chat: LlamaChat | None = None

    @cached_property
    def embedding_folder(self) -> Path:
        """The folder of the embedding model."""
        return resolve(self._settings.embed_model, "embedding", self._settings.models_dir)

    @cached_property
    def fingerprint(self) -> str:
        """What the vectors are marked with; loads no model."""
        return fingerprint(self.embedding_folder)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The embedding model's tokenizer, in which chunks are measured."""
        from tokenizers import Tokenizer

        return Tokenizer.from_file(str(self.embedding_folder / "tokenizer.json"))

    def embeddings(self) -> Embeddings:
        """Return the embedding model, loading it the first time (seconds)."""
        from retrieval.embeddings import load_embeddings

        with self._lock:
            if self._embeddings is None:
                self._embeddings = load_embeddings(self.embedding_folder)
            return self._embeddings

    def chat(self) -> LlamaChat:
        """Return the chat model, loading it the first time (seconds)."""
        with self._lock:
            if self._chat is None:
                path = resolve(self._settings.llm_model, "chat", self._settings.models_dir)
                self._chat = self._load(path)
            return self._chat

    def _load(self, path: Path) -> LlamaChat:
        from llm.chat_model import LlamaChat

        s = self._settings
        return LlamaChat.load(
            path,
            context=s.context_tokens,
            threads=s.threads,
            gpu_layers=s.gpu_layers,
            max_tokens=s.answer_tokens,
            temperature=s.temperature,
            top_p=s.top_p,
            seed=s.seed,
        )

    @property
    def loaded(self) -> bool:
        """Whether both models are in memory, so that an answer starts at once."""
        return self._embeddings is not None and self._chat is not None

    def close(self) -> None:
        """Free the chat model's memory."""
        with self._lock:
            if self._chat is not None:
                self._chat.close()
                self._chat = None


def installed(name: str, kind: str, models_dir: Path) -> str | None:
    """Return the id or path that would be loaded for a setting, None if it is not there."""
    from llm.errors import ModelError

    try:
        path = resolve(name, "chat" if kind == "chat" else "embedding", models_dir)
    except ModelError:
        return None
    if any(m.id == name for m in models()):
        folder = path.parent if kind == "chat" else path
        return find(folder.name).id
    return str(path)
