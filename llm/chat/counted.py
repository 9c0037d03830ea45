"""A chat model asked several times for one answer, with what all of it cost."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import BaseMessage


class CountedChat:
    """Passes prompts to a model; adds up the tokens. Setting `cancel` stops it."""

    def __init__(self, model: BaseChatModel, cancel: threading.Event | None = None) -> None:
        self._model = model
        self._cancel = cancel or threading.Event()
        self.prompt_tokens = 0
        self.completion_tokens = 0

    @property
    def stopped(self) -> bool:
        """Whether somebody wants it to stop."""
        return self._cancel.is_set()

    def tokens(self, prompt: Sequence[BaseMessage]) -> int:
        """Return the number of tokens of a prompt."""
        return self._model.get_num_tokens_from_messages(list(prompt))

    def count(self, text: str) -> int:
        """Return the number of tokens of a text."""
        return self._model.get_num_tokens(text)

    def stream(self, prompt: Sequence[BaseMessage], max_tokens: int) -> Iterator[str]:
        """Yield what the model writes."""
        for chunk in self._model.stream(list(prompt), cancel=self._cancel, max_tokens=max_tokens):
            if usage := getattr(chunk, "usage_metadata", None):
                self.prompt_tokens += usage["input_tokens"]
                self.completion_tokens += usage["output_tokens"]
            if text := str(chunk.text):
                yield text

    def write(self, prompt: Sequence[BaseMessage], max_tokens: int) -> str:
        """Return all that the model writes; cut short when it was stopped."""
        return "".join(self.stream(prompt, max_tokens)).strip()
