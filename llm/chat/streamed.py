"""What the chat models share: how they sample, and a whole answer as the sum of its parts."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel, generate_from_stream
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatResult


class StreamedChat(BaseChatModel):
    """A chat model that writes its answers part by part; a subclass has `_stream`."""

    max_tokens: int = 512
    temperature: float = 0.0
    top_p: float = 0.95
    seed: int = 0
    model: str = "model"

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
