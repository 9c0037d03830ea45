"""A LangChain chat model over any server that speaks OpenAI's chat interface."""

from __future__ import annotations

import re
import threading
from collections.abc import AsyncGenerator, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGenerationChunk
from pydantic import PrivateAttr, SecretStr

from llm.chat.address import Address
from llm.chat.background import Background
from llm.chat.control_marks import without_control_marks
from llm.chat.logprobs import log_odds
from llm.chat.server_client import client, closed, timeout
from llm.chat.server_errors import Explainer, UnsupportedError
from llm.chat.streamed import StreamedChat
from llm.chat.token_estimate import most_tokens, most_tokens_of
from llm.prompts import YES_NO, check_messages

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

_PATIENCE = 300.0  # seconds without a word: a server on a CPU may read a long prompt for minutes
_TRIAL = 60.0  # the same when it is looked for: a search waits for that, and goes on without it
_TOKEN_TEXT, _TEXT_ROOM = 64, 1024  # bytes of text that a token may have; few have more than 12
_TOP = 20  # likeliest tokens that are asked for; the most that OpenAI and vLLM give
# Parameters that some servers or models refuse and that an answer can do without.
# Of `max_tokens` OpenAI has a newer name, which it wants for some models and others do not know.
_OPTIONAL = ("temperature", "top_p", "seed", "stream_options", "max_tokens")
_QUOTED = re.compile(r"['\"`](\w+)['\"`]")
_HEAD = 400  # characters of a refusal that are about it; a prompt repeated below may name anything
# Asked once: whether the odds are there, and tell a passage that states the answer from one that
# does not. By language: the passage, a question that it answers and one that it does not.
_PROBES = {
    "en": ("[1] Tea is served at four.", "When is tea served?", "Who won the chess contest?"),
    "zh": ("[1] 下午四点上茶。", "什么时候上茶？", "谁赢了象棋比赛？"),
}


class EndpointChat(StreamedChat):
    """Chat with a model server; several requests at once are the server's affair.

    Pass `cancel=threading.Event()` to `stream` and set it to drop the request at any moment.

    Example:
        address = Address.parse("http://127.0.0.1:8080/v1")
        model = EndpointChat.connect(address, "qwen2.5-7b", None, context=4096)
        for chunk in model.stream([("user", "Hello")]):
            print(chunk.content, end="")
    """

    context: int = 4096
    patience: float = _PATIENCE

    _chat: ChatOpenAI = PrivateAttr()
    _explainer: Explainer = PrivateAttr()
    _background: Background = PrivateAttr()
    _judges: bool = PrivateAttr(default=False)
    _limit: float = PrivateAttr(default=_PATIENCE)
    _refused: set[str] = PrivateAttr(default_factory=set)

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
            made._judges = made._find_out()
            made._limit = made.patience
            made._calls = made._tokens_read = 0
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
    def can_judge(self) -> bool:
        """Whether the server gives odds, and they told two simple cases apart."""
        return self._judges

    @property
    def can_reword(self) -> bool:
        """Whether it translates and splits questions well: a model that a person chose to serve."""
        return True

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        *,
        cancel: threading.Event | None = None,
        max_tokens: int | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        cancel = cancel or threading.Event()
        usage, written, finished = None, 0, False
        most = max_tokens or self.max_tokens
        room = _TEXT_ROOM + _TOKEN_TEXT * most
        more = {"stop": stop} if stop else {}
        for part in self._parts(messages, cancel, most, **more):
            usage = part.usage_metadata or usage
            finished = finished or "finish_reason" in part.response_metadata
            if not (text := _sound(str(part.text))):
                continue
            if (room := room - len(text.encode())) < 0:
                raise self._explainer.beyond(f"writes far more than the {most} tokens asked for")
            written += 1
            chunk = ChatGenerationChunk(message=AIMessageChunk(content=text))
            if run_manager:
                run_manager.on_llm_new_token(text, chunk=chunk)
            yield chunk
        if not finished and not cancel.is_set():
            raise self._explainer.cut_off() if written else self._explainer.no_answer()
        if usage is None:  # not every server counts; most send one part a token
            read = self.get_num_tokens_from_messages(messages)
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
        """Return the logarithm of how much likelier the reply begins with a yes than with a no.

        0.0 when cancelled, or when neither is among the likeliest beginnings.
        """
        for part in self._parts(
            messages, cancel or threading.Event(), 1, logprobs=True, top_logprobs=_TOP
        ):
            found = part.response_metadata.get("logprobs")
            try:
                odds = log_odds(found, yes, no) if found else None
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
                raise self._explainer.no_answer() from None  # odds in no form that is known
            if odds is not None:
                return odds
        return 0.0

    def _find_out(self) -> bool:
        """Tell whether `odds` can be relied on; raises ModelError if the server cannot be used."""
        try:
            return all(
                self.odds(check_messages(stated, [passage], lang), *YES_NO[lang]) > 0
                and self.odds(check_messages(not_stated, [passage], lang), *YES_NO[lang]) < 0
                for lang, (passage, stated, not_stated) in _PROBES.items()
            )
        except UnsupportedError:  # of the odds or of everything, which the next line tells
            self.invoke("Hello", max_tokens=1)
            return False

    def _parts(
        self, messages: Sequence[BaseMessage], cancel: threading.Event, most: int, **more: Any
    ) -> Iterator[AIMessageChunk]:
        """Yield what the server sends; a parameter that it refuses is left out from then on."""
        self._calls += 1
        given = [
            m.model_copy(update={"content": without_control_marks(_sound(str(m.text)))})
            for m in messages
        ]
        while True:
            begun, read = False, None
            parts = self._background.items(self._asked(given, self._options(most) | more), cancel)
            try:
                for part in parts:
                    begun = True
                    read = part.usage_metadata["input_tokens"] if part.usage_metadata else read
                    yield part
            except Exception as error:
                line = self._explainer.explain(error, begun=begun, waited=self._limit)
                unsupported = isinstance(line, UnsupportedError) and not begun
                if not (unsupported and self._leave_out(str(error))):
                    raise line from None
            else:
                estimate = self.get_num_tokens_from_messages
                self._tokens_read += estimate(messages) if read is None else read
                return

    async def _asked(
        self, messages: list[BaseMessage], options: dict[str, Any]
    ) -> AsyncGenerator[AIMessageChunk, None]:
        async for part in self._chat.astream(messages, **options):
            yield part

    def _options(self, most: int) -> dict[str, Any]:
        """Return what a request says beside the messages."""
        options: dict[str, Any] = {"temperature": self.temperature, "stream_usage": True}
        options["timeout"] = timeout(self._limit)
        if self.temperature > 0:
            options |= {"top_p": self.top_p, "seed": self.seed}
        options = {k: v for k, v in options.items() if k not in self._refused}
        if "stream_options" in self._refused:
            options["stream_usage"] = False
        if "max_tokens" in self._refused:
            return options | {"max_tokens": most}  # which ChatOpenAI sends under its newer name
        return options | {"extra_body": {"max_tokens": most}}

    def _leave_out(self, told: str) -> bool:
        """Note which parameter a refusal is about; tell whether it is worth another request."""
        quoted = set(_QUOTED.findall(told[:_HEAD]))
        named = {p for p in _OPTIONAL if p in quoted} - self._refused
        self._refused |= named
        return bool(named)

    def close(self) -> None:
        """Drop what is still being asked, and the connections."""
        if not self._background.closed:
            list(self._background.items(closed(self._chat), threading.Event()))
            self._background.close()


def _sound(text: str) -> str:
    """Return a text that can be sent and shown: half a character, as a broken file has, cannot."""
    return text.encode("utf-8", "replace").decode()
