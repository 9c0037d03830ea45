"""What asks the model process: connections to it, and asking again when it has ended."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from app.model_process.channel import Channel, Message, ProcessLostError
from app.model_process.errors_as_json import raise_told
from app.model_process.fair_queue import Position
from app.model_process.launcher import Launcher
from app.model_process.model_set import ModelSet
from llm.errors import ModelError

_LOOK = 0.05  # seconds between two looks at whether an answer is still wanted
# So often in a row one and the same call may end the process; then it is the call, or too little
# memory, and the next would end it too.
_LOSSES = 3
# Others' calls may end it meanwhile, so that who waits for a turn has more patience.
_LOSSES_IN_LINE = 12
# Until a model has stopped: it looks between two tokens, and while it reads every 128 of them, a
# second on two cores and some with a large model.
_STOPPING = 20.0
_KEPT = 4  # idle connections; one at least keeps the process

Values = dict[str, Any]


class Losses:
    """Counts how often in a row the process was lost under what is asked."""

    def __init__(self, most: int = _LOSSES) -> None:
        self._most = most
        self._count = 0

    def add(self) -> None:
        """Count one more; raises ModelError when that is too often."""
        self._count += 1
        if self._count >= self._most:
            raise ModelError(
                f"the process that holds the models ended {self._count} times in a row; it may "
                "need more memory than is free, or a model's file is damaged: try "
                "`kb models verify`, or a smaller model",
                "model-process-crashes",
                times=self._count,
            )

    def forget(self) -> None:
        """Begin anew, as something went well."""
        self._count = 0


class ModelClient:
    """This program's connections to the process that holds a set of models; safe for threads.

    Each call starts the process if it is not there, and is made again when it ends meanwhile.
    """

    def __init__(self, wanted: ModelSet, folder: Path) -> None:
        """`folder` is that of `runtime_folder`. Raises ModelError when it is not private."""
        self._launcher = Launcher(wanted, folder)
        self._lock = threading.Lock()
        self._idle: list[Channel] = []
        self._closed = False

    def request(self, **values: Any) -> Message:
        """Return the reply to one request outside of a turn. Raises ModelError."""
        losses = Losses()
        while True:
            channel = self.take()
            try:
                channel.send({"n": channel.next_number(), **values})
                reply = channel.receive()
            except ProcessLostError:
                channel.close()
                losses.add()
                continue
            except BaseException:  # Ctrl+C: a reply may still come
                channel.close()
                raise
            self.give_back(channel)
            assert reply is not None  # noqa: S101  # it waited for ever
            raise_told(reply.values)
            return reply

    def take(self) -> Channel:
        """Return a connection that nobody else uses. Raises ModelError."""
        with self._lock:
            channel = self._idle.pop() if self._idle else None
        return channel or self._launcher.connect()

    def give_back(self, channel: Channel) -> None:
        """Keep a connection, on which nothing is under way, for the next who needs one."""
        with self._lock:
            if not self._closed and len(self._idle) < _KEPT:
                self._idle.append(channel)
                return
        channel.close()

    def close(self, *, retire: bool = False) -> None:
        """Close the connections; with `retire` the process ends unless others are connected."""
        with self._lock:
            self._closed, idle = True, self._idle
            self._idle = []
        for channel in idle[1:]:
            channel.close()
        for channel in idle[:1]:
            if retire:
                try:
                    channel.send({"n": channel.next_number(), "do": "retire"})
                    channel.receive(1.0)
                except ProcessLostError:  # it has ended
                    self._closed = True
            channel.close()


class RemoteTurn:
    """The chat model for one alone, for as long as an answer takes.

    Example:
        with RemoteTurn(client, "me", cancel) as turn:
            for position in turn.positions():
                print(f"{position.ahead} before you")
            for reply in turn.call({"do": "odds", ...}, cancel): ...
    """

    def __init__(
        self, client: ModelClient, asker: str, cancel: threading.Event, *, background: bool = False
    ) -> None:
        """`cancel` gives it up; it is set for work in the `background` that is to give way."""
        self._client = client
        self._asker = asker
        self._cancel = cancel
        self._background = background
        self._channel: Channel | None = None
        self._losses = Losses()
        # A translation that took too long may still be stopping when the next call is made.
        self._calling = threading.Lock()
        self.begun = False
        self.calls = 0
        self.tokens_read = 0

    def __enter__(self) -> RemoteTurn:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self._drop()  # with the connection all that is under way ends at once
        else:
            self.end()

    def positions(self, *, first: bool = False) -> Iterator[Position]:
        """Yield where it stands in line until the turn begins, or `cancel` is set.

        `first` is for a turn that was lost. Raises ModelError, also when too many wait.
        """
        losses = Losses(_LOSSES_IN_LINE)
        asked = {
            "do": "turn", "asker": self._asker, "background": self._background, "first": first,
        }  # fmt: skip
        while not self.begun and not self._cancel.is_set():
            try:
                self._channel = self._channel or self._client.take()
                for values in self._replies(asked, self._cancel):
                    if values.get("done"):
                        self.begun = bool(values.get("begun"))
                    else:
                        yield Position(int(values["ahead"]), values.get("seconds"))
            except ProcessLostError:
                self._drop()
                losses.add()

    def call(self, asked: Values, cancel: threading.Event) -> Iterator[Values]:
        """Yield what comes back for a call of the model, the last with `done`.

        Raises ProcessLostError, after which `regain` gets the turn back, and ModelError.
        """
        with self._calling:
            if not self.begun:
                raise ProcessLostError("the turn was lost")
            try:
                for values in self._replies(asked, cancel):
                    if values.get("done"):
                        self._losses.forget()
                        self.calls += int(values.get("calls", 0))
                        self.tokens_read += int(values.get("read", 0))
                    if values.get("gave_way"):
                        self._cancel.set()
                    yield values
            except ProcessLostError:
                self._drop()
                raise

    def regain(self) -> None:
        """Get a turn that was lost, before all who wait, if it is still wanted.

        Raises ModelError when it was lost too often.
        """
        if self._cancel.is_set():
            return
        self._losses.add()
        for _ in self.positions(first=True):
            continue

    def end(self) -> None:
        """Let the next have the model."""
        if not self._calling.acquire(timeout=_STOPPING):
            self._drop()
            return
        try:
            if self._channel is None:
                return
            if self.begun:
                self.begun = False
                for _ in self._replies({"do": "end"}, threading.Event()):
                    continue
            channel, self._channel = self._channel, None
            self._client.give_back(channel)
        except ProcessLostError:
            self._drop()
        finally:
            self._calling.release()

    def _replies(self, asked: Values, cancel: threading.Event) -> Iterator[Values]:
        """Yield the replies to a request; one that is no longer wanted is stopped first."""
        channel = self._channel
        if channel is None:
            raise ProcessLostError("not connected")
        number = channel.next_number()
        channel.send({**asked, "n": number})
        told, over = False, False
        try:
            while not over:
                if cancel.is_set() and not told:
                    channel.send({"do": "cancel", "of": number})
                    told = True
                reply = channel.receive(None if told else _LOOK)
                if reply is None:
                    continue
                over = bool(reply.values.get("done") or "error" in reply.values) or (
                    asked["do"] == "end"
                )
                raise_told(reply.values)
                yield reply.values
        finally:
            if not over:  # nobody wants the rest, which must not be taken for the next reply
                self._drain(channel, None if told else number)

    def _drain(self, channel: Channel, stop: int | None) -> None:
        """Let a request go to its end, stopping the one of this number."""
        try:
            if stop is not None:
                channel.send({"do": "cancel", "of": stop})
            while (reply := channel.receive(_STOPPING)) is not None:
                if reply.values.get("done") or "error" in reply.values:
                    return
            self._drop()
        except ProcessLostError:
            self._drop()

    def _drop(self) -> None:
        channel, self._channel, self.begun = self._channel, None, False
        if channel is not None:
            channel.close()
