"""The line in which questions wait for the model, person by person.

A turn lasts as long as an answer, not as long as a call of the model: the two or more calls of an
answer share the beginning of their prompt, which llama.cpp keeps until the next prompt begins
otherwise. With turns of one call, two answers at once would read their passages again at each call
(about 1,000 tokens, 6 s on two cores) and both would come later than the second does now.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from llm.errors import ModelError

# An answer takes about ten seconds on two cores, so that the last of 200 waits half an hour.
_MOST = 200
_MOST_EACH = 50
_LOOK = 0.1  # seconds between two looks at whether one still wants its turn
_NEWEST = 0.2  # what the last turn counts for in how long one takes


class Position(NamedTuple):
    """How many turns come before one's own, and in about how many seconds it begins, if known."""

    ahead: int
    seconds: float | None


class FairQueue:
    """Gives the turn to one at a time: round robin between those who ask, first come within each.

    Whoever comes new stands before the one who has the turn now, and behind the others. Work in the
    background has the turn only when nobody else wants it, and is told to give way. Safe for
    threads.
    """

    def __init__(
        self,
        most: int = _MOST,
        most_each: int = _MOST_EACH,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """At most so many turns in all, and of one who asks, are in hand or waited for."""
        self._most = most
        self._most_each = most_each
        self._clock = clock
        self.moved = threading.Condition()
        self._waiting: list[Ticket] = []
        self._now: Ticket | None = None
        self._began = 0.0
        self._served = 0  # turns given so far
        self._rank: dict[str, float] = {}  # of who asks: the number of the last turn
        self._usual: float | None = None  # seconds that a turn takes

    def join(
        self,
        asker: str,
        *,
        background: bool = False,
        first: bool = False,
        give_way: Callable[[], None] = lambda: None,
    ) -> Ticket:
        """Stand in line; `first` before all others, for a turn that was lost by no fault of one's.

        `give_way` is called when a turn in the `background` is to end. Raises ModelError when there
        are too many.
        """
        ticket = Ticket(self, asker, background=background, first=first, give_way=give_way)
        with self.moved:
            if not (background or first):
                self._require_room(asker)
            self._rank.setdefault(asker, self._served - 0.5)
            self._waiting.append(ticket)
            self._move()
        return ticket

    @property
    def waits(self) -> bool:
        """Whether somebody waits for a turn."""
        with self.moved:
            return bool(self._waiting)

    def seconds(self, ahead: int) -> float | None:
        """Return in about how many seconds a turn begins that has so many before it."""
        if self._usual is None or not ahead:
            return None
        gone = self._clock() - self._began if self._now is not None else 0.0
        return max(self._usual - gone, 1.0) + (ahead - 1) * self._usual

    def leave(self, ticket: Ticket) -> None:
        """Give up a turn or the place in line; leaving twice does no harm."""
        with self.moved:
            if ticket is self._now:
                self._now = None
                took = self._clock() - self._began
                if not ticket.background:
                    old = self._usual
                    self._usual = took if old is None else old + _NEWEST * (took - old)
            elif ticket in self._waiting:
                self._waiting.remove(ticket)
            ticket.left = True
            self._move()

    def _require_room(self, asker: str) -> None:
        there = [*self._waiting, *([self._now] if self._now else [])]
        people = [ticket for ticket in there if not ticket.background]
        if sum(ticket.asker == asker for ticket in people) >= self._most_each:
            raise ModelError(
                f"{self._most_each} of your questions wait for an answer already; ask again when "
                "some are answered",
                "queue-full-own",
                most=self._most_each,
            )
        if len(people) >= self._most:
            raise ModelError(
                f"{self._most} questions wait for an answer already; ask again later",
                "queue-full",
                most=self._most,
            )

    def _move(self) -> None:
        """Give the turn to the next, and tell all others how many are before them."""
        order = self._order()
        if self._now is None and order:
            self._now = order.pop(0)
            self._waiting.remove(self._now)
            self._served += 1
            self._rank[self._now.asker] = self._served
            self._began = self._clock()
            self._now.begun = True
        now = self._now
        people = int(now is not None and not now.background)
        if now is not None and now.background and any(not t.background for t in order):
            now.give_way()
        for n, ticket in enumerate(order):
            ticket.ahead = n + people
        there = {ticket.asker for ticket in order} | ({now.asker} if now else set())
        self._rank = {asker: rank for asker, rank in self._rank.items() if asker in there}
        self.moved.notify_all()

    def _order(self) -> list[Ticket]:
        """Return those who wait in the order in which they come, if nobody else does."""
        rank, served = dict(self._rank), self._served
        left = list(self._waiting)
        order: list[Ticket] = []
        while left:
            keys = [(t.background, not t.first, rank[t.asker]) for t in left]
            following = left[keys.index(min(keys))]
            left.remove(following)
            served += 1
            rank[following.asker] = served
            order.append(following)
        return order


class Ticket:
    """A turn, or the place in line for one."""

    def __init__(
        self,
        queue: FairQueue,
        asker: str,
        *,
        background: bool,
        first: bool,
        give_way: Callable[[], None],
    ) -> None:
        self.asker = asker
        self.background = background
        self.first = first
        self.give_way = give_way
        self.ahead = 0
        self.begun = False
        self.left = False
        self._queue = queue

    def positions(self, cancel: threading.Event, look: float = _LOOK) -> Iterator[Position]:
        """Yield where it stands, whenever that changes, until it begins or `cancel` is set.

        Between two looks at `cancel` lie `look` seconds.
        """
        told = -1
        while not (self.begun or self.left or cancel.is_set()):
            with self._queue.moved:
                self._queue.moved.wait_for(partial(self._changed, told), look)
                ahead, over = self.ahead, self.begun or self.left
                position = Position(ahead, self._queue.seconds(ahead))
            if not over and ahead != told:
                told = ahead
                yield position

    def _changed(self, told: int) -> bool:
        return self.begun or self.left or self.ahead != told

    def leave(self) -> None:
        """Give it up, or end it."""
        self._queue.leave(self)
