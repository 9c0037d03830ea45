"""One connection of the model process: what is asked over it, in order, and what stops that."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from app.model_process.channel import Channel, Message, ProcessLostError
from app.model_process.errors_as_json import as_values
from app.model_process.fair_queue import FairQueue, Ticket
from app.model_process.held_models import HeldModels
from llm.chat import token_logprobs

_KINDS: dict[str, type[BaseMessage]] = {
    "system": SystemMessage, "human": HumanMessage, "ai": AIMessage
}  # fmt: skip
# A turn in which nothing is asked for so long is over, if others wait: whoever has it may have been
# suspended with Ctrl+Z. Between two calls of an answer lies a second at most.
_IDLE = 30.0
_WAITS = 5.0  # seconds between two looks, as leaving the line wakes whoever stands in it
_SAMPLING = ("temperature", "top_p", "seed")

Values = dict[str, Any]


class Session:
    """Does what one connection asks, one thing after the other.

    Two threads: one hears, so that "cancel" and the end of the connection are noticed at once, one
    does. When the connection ends, the model stops between two tokens and the turn is over.
    """

    def __init__(
        self,
        channel: Channel,
        models: HeldModels,
        turns: FairQueue,
        retire: Callable[[], None],
        idle: float = _IDLE,
    ) -> None:
        """`retire` ends the process if nobody else needs it."""
        self._channel = channel
        self._models = models
        self._turns = turns
        self._retire = retire
        self._idle = idle
        self._asked: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._ticket: Ticket | None = None
        self._lock = threading.Lock()
        self._request = 0  # the number of what is being done
        self._stopped = 0  # and of the last that is no longer wanted
        self._cancel = threading.Event()
        self._gave_way = False
        self._ended = False

    def run(self) -> None:
        """Serve the connection until it ends; for a thread of its own."""
        doing = threading.Thread(target=self._do_all, name="session", daemon=True)
        doing.start()
        try:
            while (message := self._channel.receive()) is not None:
                if message.values.get("do") == "cancel":
                    self._stop(int(message.values.get("of", 0)))
                else:
                    self._asked.put(message)
        except ProcessLostError:
            with self._lock:
                self._ended = True
        finally:
            self._stop(None)
            self._asked.put(None)
            doing.join()
            self._channel.close()

    def _stop(self, request: int | None) -> None:
        """Stop a request, which may not have begun; None for whatever is being done."""
        with self._lock:
            if request is not None:
                self._stopped = max(self._stopped, request)
                if request != self._request:
                    return
            self._cancel.set()
            ticket = self._ticket
        if ticket is not None and not ticket.begun:
            ticket.leave()

    def _give_way(self) -> None:
        self._gave_way = True
        self._cancel.set()

    def _do_all(self) -> None:
        try:
            while (message := self._next()) is not None:
                with self._lock:
                    self._request = int(message.values.get("n", 0))
                    self._cancel = threading.Event()
                    if self._ended or self._gave_way or self._request <= self._stopped:
                        self._cancel.set()
                for values, data in self._answers(message):
                    self._channel.send(values, data)
        except ProcessLostError:
            self._channel.close()
        finally:
            self._end_turn()

    def _next(self) -> Message | None:
        while True:
            try:
                return self._asked.get(timeout=self._idle if self._ticket else None)
            except queue.Empty:
                if self._turns.waits:
                    raise ProcessLostError("nothing was asked in this turn") from None

    def _answers(self, message: Message) -> Iterator[tuple[Values, bytes]]:
        asked = message.values
        try:
            match asked.get("do"):
                case "load":
                    yield self._load(str(asked["what"])), b""
                case "embed":
                    yield self._embed(asked)
                case "count":
                    yield {"tokens": self._count(asked)}, b""
                case "turn":
                    for values in self._turn(asked):
                        yield values, b""
                case "stream" | "odds" as do:
                    if self._ticket is None or not self._ticket.begun:
                        raise ValueError("it has no turn")
                    for values in self._stream(asked) if do == "stream" else self._odds(asked):
                        yield {**values, "gave_way": self._gave_way}, b""
                case "end":
                    self._end_turn()
                    yield {}, b""
                case "retire":
                    self._retire()
                    yield {}, b""
                case other:
                    raise ValueError(f"no such request: {str(other)[:40]!r}")
        except ProcessLostError:
            raise
        except KeyError as error:
            yield {"error": "value", "line": f"the request lacks {error}"}, b""
        except Exception as error:  # whatever a model does, the others go on
            yield as_values(error), b""

    def _load(self, what: str) -> Values:
        if what == "embeddings":
            self._models.embeddings()
            return {}
        chat = self._models.chat()
        return {"model": chat.model, "context": chat.context}

    def _embed(self, asked: Values) -> tuple[Values, bytes]:
        model, texts = self._models.embeddings(), [str(text) for text in asked["texts"]]
        if asked.get("query"):
            found = [model.embed_query(text) for text in texts]
        else:
            found = model.embed_documents(texts)
        vectors = np.asarray(found, "<f4")
        return {"rows": len(texts)}, vectors.tobytes()

    def _count(self, asked: Values) -> list[int]:
        # Not in a turn: tokenizing reads the vocabulary only, beside whoever has the model.
        chat = self._models.chat()
        if "text" in asked:
            return chat.get_token_ids(str(asked["text"]))
        return chat.prompt_tokens(_messages(asked["messages"]))

    def _turn(self, asked: Values) -> Iterator[Values]:
        if self._ticket is not None:
            raise ValueError("it has a turn already")
        ticket = self._turns.join(
            str(asked["asker"]),
            background=bool(asked.get("background")),
            first=bool(asked.get("first")),
            give_way=self._give_way,
        )
        with self._lock:
            self._ticket, cancel = ticket, self._cancel
        for position in ticket.positions(cancel, _WAITS):
            yield {"ahead": position.ahead, "seconds": position.seconds}
        if not ticket.begun or cancel.is_set():
            self._end_turn()
        yield {"done": True, "begun": self._ticket is not None}

    def _end_turn(self) -> None:
        with self._lock:
            ticket, self._ticket = self._ticket, None
            self._gave_way = False
        if ticket is not None:
            ticket.leave()

    def _stream(self, asked: Values) -> Iterator[Values]:
        chat = self._models.chat()
        for name in _SAMPLING:
            setattr(chat, name, asked[name])
        calls, read = chat.calls, chat.tokens_read
        usage = None
        chunks = chat.stream(
            _messages(asked["messages"]),
            stop=asked.get("stop"),
            cancel=self._cancel,
            max_tokens=int(asked["max_tokens"]),
            grammar=asked.get("grammar"),
            logprobs=bool(asked.get("logprobs")),
            begun=str(asked.get("begun", "")),
        )
        for chunk in chunks:
            usage = getattr(chunk, "usage_metadata", None) or usage
            if text := str(chunk.text):
                tokens = [list(token) for token in token_logprobs(chunk)]
                yield {"text": text, "logprobs": tokens}
        yield {
            "done": True,
            "usage": usage,
            "calls": chat.calls - calls,
            "read": chat.tokens_read - read,
        }

    def _odds(self, asked: Values) -> Iterator[Values]:
        chat = self._models.chat()
        calls, read = chat.calls, chat.tokens_read
        yes, no = ([str(word) for word in asked[side]] for side in ("yes", "no"))
        odds = chat.odds(_messages(asked["messages"]), yes, no, self._cancel)
        yield {
            "done": True,
            "odds": odds,
            "calls": chat.calls - calls,
            "read": chat.tokens_read - read,
        }


def _messages(given: list[list[str]]) -> list[BaseMessage]:
    return [_KINDS[kind](content=text) for kind, text in given]
