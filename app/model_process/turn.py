"""The chat model for one question: whatever process it is in, nobody else uses it meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from app.model_process.fair_queue import FairQueue, Position, Ticket

if TYPE_CHECKING:
    from llm.chat import StreamedChat


class ChatTurn(Protocol):
    """A turn to come: `with` it, wait through `positions`, and use its `chat` if it `begun`."""

    @property
    def chat(self) -> StreamedChat:
        """The model, for this turn."""
        ...

    @property
    def begun(self) -> bool:
        """Whether the model may be used; not if the wait was given up."""
        ...

    @property
    def calls(self) -> int:
        """How often the model was asked in this turn."""
        ...

    @property
    def tokens_read(self) -> int:
        """How many tokens of prompts it read in this turn."""
        ...

    def positions(self) -> Iterator[Position]:
        """Yield the place in line, whenever it changes, until the turn begins or is given up."""
        ...

    def __enter__(self) -> ChatTurn: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class LocalTurn:
    """A turn of a chat model in this process, or of one behind a server."""

    def __init__(
        self,
        chat: StreamedChat,
        turns: FairQueue,
        asker: str,
        cancel: threading.Event,
        *,
        background: bool = False,
    ) -> None:
        """`cancel` gives it up; it is set for work in the `background` that is to give way.

        Raises ModelError when too many wait.
        """
        self.chat = chat
        self._cancel = cancel
        self._ticket: Ticket = turns.join(asker, background=background, give_way=cancel.set)
        self._calls, self._read = chat.calls, chat.tokens_read

    def __enter__(self) -> LocalTurn:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ticket.leave()

    @property
    def begun(self) -> bool:
        """Whether the model may be used."""
        return self._ticket.begun

    @property
    def calls(self) -> int:
        """How often the model was asked since the turn began."""
        return self.chat.calls - self._calls

    @property
    def tokens_read(self) -> int:
        """How many tokens of prompts it read since the turn began."""
        return self.chat.tokens_read - self._read

    def positions(self) -> Iterator[Position]:
        """Yield the place in line, whenever it changes, until the turn begins or is given up."""
        yield from self._ticket.positions(self._cancel)
        self._calls, self._read = self.chat.calls, self.chat.tokens_read
