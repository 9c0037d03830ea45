"""A LangChain chat model over any server that speaks OpenAI's chat interface."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import AIMessageChunk, BaseMessage, HumanMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk
from pydantic import PrivateAttr, SecretStr

from llm.address import Address
from llm.chat.background import Background
from llm.chat.control_marks import without_control_marks
from llm.chat.logprobs import as_metadata, listed, log_odds, token_logprobs
from llm.chat.server_client import client, closed, timeout
from llm.chat.server_errors import Explainer, UnsupportedError
from llm.chat.server_options import ServerOptions
from llm.chat.streamed import StreamedChat, sound_text
from llm.chat.token_estimate import most_tokens, most_tokens_of

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

T = TypeVar("T")
log = logging.getLogger(__name__)

_PATIENCE = 300.0  # seconds without a word: a server on a CPU may read a long prompt for minutes
_TRIAL = 60.0  # the same when it is looked for: a search waits for that, and goes on without it
_TOKEN_TEXT, _TEXT_ROOM = 64, 1024  # bytes of text that a token may have; few have more than 12
_TOP = 20  # likeliest tokens that are asked for; the most that OpenAI and vLLM give
_OF_THE_MOMENT = ("created", "permission")  # what some servers make anew at each start or request


class EndpointChat(StreamedChat):
    """Chat with a model server; several requests at once are the server's affair.

    Pass `cancel=threading.Event()` to `stream` and set it to drop the request at any moment.

    Example:
        address = Address.parse("http://127.0.0.1:8080/v1")
        model = EndpointChat.connect(address, "qwen2.5-7b", None, context=4096)
        for chunk in model.stream([("user", "Hello")]):
            print(chunk.content, end="")
    """

    patience: float = _PATIENCE

    _chat: ChatOpenAI = PrivateAttr()
    _explainer: Explainer = PrivateAttr()
    _background: Background = PrivateAttr()
    _lists_odds: bool = PrivateAttr(default=False)
    _limit: float = PrivateAttr(default=_PATIENCE)
    _options: ServerOptions = PrivateAttr(default_factory=ServerOptions)

    @classmethod
    def connect(
        cls, address: Address, model: str, key: SecretStr | None, *, context: int, **more: Any
    ) -> EndpointChat:
        """Return a model of a server that was found to answer; `context` is in tokens.

        Nothing but a few fixed questions is sent. Raises ModelError, one line without the key.
        """
        made = cls(model=model, context=context, **more)
        secret = key.get_secret_value() if key else None
        made._explainer = Explainer(address, model, secret)
        made._background = Background()
        made._chat = client(address, model, key)
        made._limit = min(_TRIAL, made.patience)
        try:
            made._lists_odds = made._find_out()
            made._limit = made.patience
            made.forget_costs()
        except BaseException:
            made.close()
            raise
        return made

    @property
    def _llm_type(self) -> str:
        return "endpoint"

    def get_num_tokens(self, text: str) -> int:
        """Return an upper estimate of a text's tokens: the server's tokenizer is not here."""
        return most_tokens(text)

    def get_num_tokens_from_messages(
        self, messages: Sequence[BaseMessage], tools: Sequence[Any] | None = None
    ) -> int:
        """Return an upper estimate of the tokens of a whole prompt."""
        return most_tokens_of(messages)

    @property
    def gives_odds(self) -> bool:
        """Whether the server lists how likely the beginnings of a reply are."""
        return self._lists_odds

    def described(self) -> str:
        """Return what the server says of its model, as JSON; "" if nothing.

        Another model under the same name is known by it, where the server tells size or owner.
        """

        async def ask() -> AsyncGenerator[str, None]:
            page = await self._chat.root_async_client.models.list(timeout=timeout(_TRIAL))
            for entry in page.data:
                said = entry.model_dump(exclude=set(_OF_THE_MOMENT))
                if said.get("id") == self.model:
                    yield json.dumps(said, sort_keys=True, default=str)

        try:
            return next(self._background.items(ask(), threading.Event()), "")
        except Exception as error:  # many servers have no such list, and answer all the same
            log.info("no list of models: %s", error)
            return ""

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
        usage, written, finished, sent = None, 0, False, not cancel.is_set()
        most = max_tokens or self.max_tokens
        room = _TEXT_ROOM + _TOKEN_TEXT * most
        more: dict[str, Any] = {"stop": stop} if stop else {}
        if grammar is not None:
            more["grammar"] = grammar
        if logprobs:
            more["logprobs"] = True
        for part in self._parts(messages, cancel, most, **more):
            usage = part.usage_metadata or usage
            finished = finished or "finish_reason" in part.response_metadata
            if not (text := sound_text(str(part.text))):
                continue
            if (room := room - len(text.encode())) < 0:
                raise self._explainer.beyond(f"writes far more than the {most} tokens asked for")
            written += 1
            told = as_metadata(token_logprobs(part)) if logprobs else {}
            message = AIMessageChunk(content=text, response_metadata=told)
            chunk = ChatGenerationChunk(message=message)
            if run_manager:
                run_manager.on_llm_new_token(text, chunk=chunk)
            yield chunk
        if not finished and not cancel.is_set():
            raise self._explainer.cut_off() if written else self._explainer.no_answer()
        if usage is None:  # not every server counts; most send one part a token
            read = self.get_num_tokens_from_messages(messages) if sent else 0
            usage = UsageMetadata(
                input_tokens=read, output_tokens=written, total_tokens=read + written
            )
        yield ChatGenerationChunk(message=AIMessageChunk(content="", usage_metadata=usage))

    def odds(
        self,
        messages: Sequence[BaseMessage],
        yes: Sequence[str],
        no: Sequence[str],
        cancel: threading.Event | None = None,
    ) -> float:
        """Return the odds as `StreamedChat.odds` does; 0.0 if no side is among the likeliest 20."""
        found = self._beginnings(messages, lambda said: log_odds(said, yes, no), cancel)
        return 0.0 if found is None else found

    def _beginnings(
        self,
        messages: Sequence[BaseMessage],
        read: Callable[[Mapping[str, Any]], T | None],
        cancel: threading.Event | None = None,
    ) -> T | None:
        """Return what `read` makes of the likeliest beginnings of a reply; None without these."""
        for part in self._parts(
            messages, cancel or threading.Event(), 1, logprobs=True, top_logprobs=_TOP
        ):
            said = part.response_metadata.get("logprobs")
            try:
                found = read(said) if said else None
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
                raise self._explainer.no_answer() from None  # odds in no form that is known
            if found is not None:
                return found
        return None

    def _find_out(self) -> bool:
        """Tell whether there are odds; raises ModelError if the server cannot be used."""
        hello = [HumanMessage("Hello")]
        try:
            return bool(self._beginnings(hello, lambda said: listed(said) or None))
        except UnsupportedError:  # of the odds or of everything, which the next line tells
            self.invoke(hello, max_tokens=1)
            return False

    def _parts(
        self, messages: Sequence[BaseMessage], cancel: threading.Event, most: int, **more: Any
    ) -> Iterator[AIMessageChunk]:
        """Yield what the server sends; a parameter that it refuses is left out from then on."""
        if cancel.is_set():
            return
        self._calls += 1
        given = [
            m.model_copy(update={"content": without_control_marks(sound_text(str(m.text)))})
            for m in messages
        ]
        while True:
            options = self._options.of(most, self._sampling(), more)
            begun, read = False, self.get_num_tokens_from_messages(messages)
            parts = self._background.items(self._asked(given, options), cancel)
            try:
                for part in parts:
                    begun = True
                    read = _read(part.usage_metadata) if part.usage_metadata else read
                    yield part
            except Exception as error:
                line = self._explainer.explain(error, begun=begun, waited=self._limit)
                unsupported = isinstance(line, UnsupportedError) and not begun
                if not (unsupported and self._options.leave_out(str(error), more)):
                    raise line from None
                continue
            finally:
                if begun or cancel.is_set():  # also when nobody wants the rest of it
                    self._tokens_read += read
            return

    async def _asked(
        self, messages: list[BaseMessage], options: dict[str, Any]
    ) -> AsyncGenerator[AIMessageChunk, None]:
        async for part in self._chat.astream(messages, **options):
            yield part

    def _sampling(self) -> dict[str, Any]:
        sampling: dict[str, Any] = {
            "temperature": self.temperature, "timeout": timeout(self._limit),
        }  # fmt: skip
        if self.temperature > 0:
            sampling |= {"top_p": self.top_p, "seed": self.seed}
        return sampling

    def close(self) -> None:
        """Drop what is still being asked, and the connections."""
        if not self._background.closed:
            list(self._background.items(closed(self._chat), threading.Event()))
            self._background.close()


def _read(usage: UsageMetadata) -> int:
    """Return how many tokens a server read, without those that it still had in memory."""
    return usage["input_tokens"] - (usage.get("input_token_details") or {}).get("cache_read", 0)
