"""What the chat models share: how they sample, and a whole answer as the sum of its parts."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel, generate_from_stream
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatResult
from pydantic import Field, PrivateAttr

from llm.chat.profile import Profile


class StreamedChat(BaseChatModel):
    """A chat model that writes its answers part by part; a subclass has `_stream`.

    It counts what it is asked: `calls`, to write or for odds, and `tokens_read`, those of prompts
    without what it still had in memory of the one before. `context` is in tokens, prompt and answer
    together. `measured` is what a probe found out
    about it; without, it is taken for a model that can only write.
    """

    max_tokens: int = 512
    temperature: float = 0.0
    top_p: float = 0.95
    seed: int = 0
    model: str = "model"
    context: int = 4096

    measured: Profile = Field(default_factory=Profile)

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
    def gives_odds(self) -> bool:
        """Whether `odds` and `first` tell anything."""
        return True

    @property
    def can_judge(self) -> bool:
        """Whether its odds tell passages that hold an answer from others."""
        return self.gives_odds and self.measured.judges

    @property
    def can_reword(self) -> bool:
        """Whether it translates and splits questions soundly."""
        return self.measured.rewords

    def forget_costs(self) -> None:
        """Begin to count `calls` and `tokens_read` from 0: what was asked served no question."""
        self._calls = self._tokens_read = 0

    @abstractmethod
    def odds(
        self,
        messages: Sequence[BaseMessage],
        yes: Sequence[str],
        no: Sequence[str],
        cancel: threading.Event | None = None,
    ) -> float:
        """Return the logarithm of how much likelier the reply begins with a yes than with a no.

        Without `no` it is anything else, the likeliest of it. Costs the reading of what is new in
        the prompt, and no writing. 0.0 when cancelled, and when the model does not tell.
        """

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
    grammar: str | None = None,
) -> str:
    """Return all that a model writes, held to a grammar if one is given; cut short when stopped."""
    chunks = model.stream(list(prompt), cancel=cancel, max_tokens=max_tokens, grammar=grammar)
    return "".join(str(chunk.text) for chunk in chunks).strip()


def sound_text(text: str) -> str:
    """Return a text that can be sent and shown: half a character, as a broken file has, cannot."""
    return text.encode("utf-8", "replace").decode()
