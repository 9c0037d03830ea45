"""What the chat models share: how they sample, and a whole answer as the sum of its parts."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel, generate_from_stream
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatResult
from pydantic import PrivateAttr


class StreamedChat(BaseChatModel):
    """A chat model that writes its answers part by part; a subclass has `_stream`.

    It counts what it is asked: `calls`, to write or for odds, and `tokens_read`, those of prompts
    without what it still had in memory of the one before.
    """

    max_tokens: int = 512
    temperature: float = 0.0
    top_p: float = 0.95
    seed: int = 0
    model: str = "model"

    _calls: int = PrivateAttr(default=0)
    _tokens_read: int = PrivateAttr(default=0)

    @property
    def calls(self) -> int:
        """How often it has been asked since it was loaded."""
        return self._calls

    @property
    def tokens_read(self) -> int:
        """How many tokens of prompts it has read since it was loaded."""
        return self._tokens_read

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model": self.model, "temperature": self.temperature, "seed": self.seed}

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))


def complete(
    model: BaseChatModel,
    prompt: Sequence[BaseMessage],
    max_tokens: int,
    cancel: threading.Event | None = None,
) -> str:
    """Return all that a model writes; cut short when it was stopped."""
    chunks = model.stream(list(prompt), cancel=cancel, max_tokens=max_tokens)
    return "".join(str(chunk.text) for chunk in chunks).strip()
