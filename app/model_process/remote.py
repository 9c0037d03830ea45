"""The models of the model process, as LangChain knows models: what callers have in their hands."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.embeddings import Embeddings
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import InputTokenDetails, UsageMetadata
from langchain_core.outputs import ChatGenerationChunk
from pydantic import PrivateAttr

from app.model_process.channel import ProcessLostError
from app.model_process.client import ModelClient, RemoteTurn
from llm.chat import StreamedChat, TokenLogprob, as_metadata, sound_text

_TEXTS = 256  # in one request, so that none of it is large
_ALONE = "alone"  # who asks for a single call


class RemoteEmbeddings(Embeddings):
    """Vectors of unit length from the embedding model of the model process."""

    def __init__(self, client: ModelClient) -> None:
        """Have it loaded (seconds, the first time). Raises ModelError."""
        self._client = client
        client.request(do="load", what="embeddings")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector for each passage."""
        found: list[list[float]] = []
        for at in range(0, len(texts), _TEXTS):
            found += self._embed(texts[at : at + _TEXTS], query=False)
        return found

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return self._embed([text], query=True)[0]

    def close(self) -> None:
        """Let go of the process."""
        self._client.close()

    def _embed(self, texts: list[str], *, query: bool) -> list[list[float]]:
        reply = self._client.request(do="embed", texts=[sound_text(t) for t in texts], query=query)
        vectors = np.frombuffer(reply.data, "<f4").reshape(len(texts), -1)
        found: list[list[float]] = vectors.tolist()
        return found


class ProcessTurn(RemoteTurn):
    """A turn of the model process, with the chat model as it is used in it."""

    def __init__(self, *of: Any, chat: RemoteChat, **more: Any) -> None:
        """Takes what `RemoteTurn` takes."""
        super().__init__(*of, **more)
        self.chat = chat

    def __enter__(self) -> ProcessTurn:
        return self


class RemoteChat(StreamedChat):
    """The chat model of the model process, for all calls of a turn, or a turn for each call.

    `stream` and `invoke` take what those of `LlamaChat` take. When the process ends in the middle
    of a reply, another one goes on behind the text that has come already.
    """

    _client: ModelClient = PrivateAttr()
    _turn: RemoteTurn | None = PrivateAttr(default=None)

    @classmethod
    def connect(cls, client: ModelClient, **sampling: Any) -> RemoteChat:
        """Return the chat model, loaded (seconds, the first time). Raises ModelError."""
        told = client.request(do="load", what="chat").values
        own = {"model": str(told["model"]), "context": int(told["context"])}
        made = cls(**{**sampling, **own})
        made._client = client
        return made

    def turn(self, asker: str, cancel: threading.Event, *, background: bool = False) -> ProcessTurn:
        """Return a turn to come, in which all calls of an answer are made.

        `cancel` gives it up; it is set for work in the `background` that is to give way.
        """
        made = self.model_copy()
        turn = ProcessTurn(self._client, asker, cancel, background=background, chat=made)
        made._turn = turn
        made.forget_costs()
        return turn

    @property
    def _llm_type(self) -> str:
        return "model-process"

    def get_token_ids(self, text: str) -> list[int]:
        """Return the tokens of a text by the model's own tokenizer."""
        return self._tokens(text=sound_text(text))

    def get_num_tokens_from_messages(
        self, messages: Sequence[BaseMessage], tools: Sequence[Any] | None = None
    ) -> int:
        """Return the number of tokens of a whole prompt, the chat template's own included."""
        return len(self.prompt_tokens(messages))

    def prompt_tokens(self, messages: Sequence[BaseMessage]) -> list[int]:
        """Return the tokens of a whole prompt."""
        return self._tokens(messages=_plain(messages))

    def _tokens(self, **of: Any) -> list[int]:
        found: list[int] = self._client.request(do="count", **of).values["tokens"]
        return found

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        *,
        cancel: threading.Event | None = None,
        max_tokens: int | None = None,
        grammar: str | None = None,
        logprobs: bool = False,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        cancel = cancel or threading.Event()
        asked = {
            "do": "stream", "messages": _plain(messages), "stop": stop,
            "max_tokens": max_tokens or self.max_tokens, "grammar": grammar, "logprobs": logprobs,
            "temperature": self.temperature, "top_p": self.top_p, "seed": self.seed,
        }  # fmt: skip
        usage: dict[str, Any] | None = None
        for values in self._replies(asked, cancel):
            if values.get("done"):
                usage = values.get("usage")
                continue
            tokens = [TokenLogprob(*token) for token in values["logprobs"]]
            told = as_metadata(tokens) if logprobs else {}
            message = AIMessageChunk(content=values["text"], response_metadata=told)
            chunk = ChatGenerationChunk(message=message)
            if run_manager:
                run_manager.on_llm_new_token(str(values["text"]), chunk=chunk)
            yield chunk
        if usage is not None:
            counted = UsageMetadata(
                input_tokens=usage["input_tokens"],
                output_tokens=usage["output_tokens"],
                total_tokens=usage["total_tokens"],
                input_token_details=InputTokenDetails(
                    cache_read=usage["input_token_details"]["cache_read"]
                ),
            )
            yield ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=counted))

    def odds(
        self,
        messages: Sequence[BaseMessage],
        yes: Sequence[str],
        no: Sequence[str],
        cancel: threading.Event | None = None,
    ) -> float:
        """Return the odds as `StreamedChat.odds` says."""
        asked = {"do": "odds", "messages": _plain(messages), "yes": list(yes), "no": list(no)}
        found = 0.0
        for values in self._replies(asked, cancel or threading.Event()):
            found = float(values["odds"])
        return found

    def _replies(self, asked: dict[str, Any], cancel: threading.Event) -> Iterator[dict[str, Any]]:
        """Yield what comes back for a call; asked again, behind what has come, if that breaks."""
        begun, most = "", asked.get("max_tokens", 0)
        with self._in_turn(cancel) as turn:
            while turn.begun:
                calls, read = turn.calls, turn.tokens_read
                try:
                    for values in turn.call({**asked, "begun": begun, "max_tokens": most}, cancel):
                        if text := values.get("text"):
                            begun += text
                            most = max(1, most - max(1, len(values["logprobs"])))
                        yield values
                except ProcessLostError:
                    turn.regain()
                    continue
                finally:
                    self._calls += turn.calls - calls
                    self._tokens_read += turn.tokens_read - read
                return

    @contextmanager
    def _in_turn(self, cancel: threading.Event) -> Iterator[RemoteTurn]:
        if self._turn is not None:
            if not self._turn.begun and not cancel.is_set():
                self._turn.regain()
            yield self._turn
            return
        with RemoteTurn(self._client, _ALONE, cancel) as turn:
            for _ in turn.positions():
                continue
            yield turn

    def close(self, *, retire: bool = False) -> None:
        """Let go of the process; with `retire` it ends at once if nobody else is connected."""
        self._client.close(retire=retire)


def _plain(messages: Sequence[BaseMessage]) -> list[list[str]]:
    return [[m.type, sound_text(str(m.text))] for m in messages]
