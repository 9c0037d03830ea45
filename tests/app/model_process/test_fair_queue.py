"""The line before the model: who comes next, how long that takes, and when there is no room."""

import threading

import pytest

from app.model_process import FairQueue, Position, Ticket
from llm.errors import ModelError


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(clock: Clock) -> FairQueue:
    return FairQueue(most=20, most_each=12, clock=clock)


def served(tickets: dict[str, Ticket]) -> list[str]:
    """End each turn as it begins; return in what order they came."""
    order = []
    left = dict(tickets)
    while left:
        name = next(name for name, ticket in left.items() if ticket.begun)
        order.append(name)
        left.pop(name).leave()
    return order


def position(ticket: Ticket) -> Position:
    return next(ticket.positions(threading.Event()))


def test_the_model_goes_round_among_those_who_ask(turns: FairQueue) -> None:
    asked = ["a1", "a2", "a3", "b1", "b2", "c1"]
    assert served({name: turns.join(name[0]) for name in asked}) == [
        "a1", "b1", "c1", "a2", "b2", "a3",
    ]  # fmt: skip


def test_one_with_ten_questions_lets_others_in_after_each(turns: FairQueue) -> None:
    tickets = {f"a{n}": turns.join("a") for n in range(10)}
    tickets["b"] = turns.join("b")
    assert position(tickets["b"]).ahead == 1
    assert [position(tickets[f"a{n}"]).ahead for n in (1, 2, 9)] == [2, 3, 10]
    assert served(tickets)[:3] == ["a0", "b", "a1"]


def test_those_who_keep_coming_hold_up_nobody(turns: FairQueue) -> None:
    """Each `kb ask` is somebody new: ten of them in a row let one who waits have every second."""
    first, second = turns.join("a"), turns.join("a")
    new = turns.join("new 0")
    first.leave()
    assert new.begun
    newer = turns.join("new 1")
    new.leave()
    assert second.begun
    assert not newer.begun


def test_each_is_told_how_long_it_takes_once_that_is_known(turns: FairQueue, clock: Clock) -> None:
    first, second = turns.join("a"), turns.join("b")
    assert position(second) == Position(1, None)
    clock.now = 10.0
    first.leave()
    third, fourth = turns.join("c"), turns.join("d")
    clock.now = 14.0
    assert position(third) == Position(1, 6.0)
    assert position(fourth) == Position(2, 16.0)


def test_whoever_waits_hears_when_there_are_fewer(turns: FairQueue) -> None:
    now, other, mine = turns.join("a"), turns.join("b"), turns.join("c")
    heard = []
    for told in mine.positions(threading.Event()):
        heard.append(told.ahead)
        (other if other.left is False and now.left else now).leave()
    assert heard == [2, 1]
    assert mine.begun


def test_giving_up_moves_the_others_up(turns: FairQueue) -> None:
    turns.join("a")
    stopped, mine = turns.join("b"), turns.join("c")
    stopped.leave()
    stopped.leave()  # twice does no harm
    assert position(mine).ahead == 1


def test_who_no_longer_wants_it_stops_waiting(turns: FairQueue) -> None:
    turns.join("a")
    waiting, cancel = turns.join("b"), threading.Event()
    for _ in waiting.positions(cancel):
        cancel.set()
    assert not waiting.begun


def test_a_lost_turn_comes_back_before_all_others(turns: FairQueue) -> None:
    now, waiting, lost = turns.join("a"), turns.join("b"), turns.join("c", first=True)
    now.leave()
    assert lost.begun
    assert not waiting.begun


def test_work_in_the_background_gives_way(turns: FairQueue) -> None:
    told = threading.Event()
    work = turns.join("suggestions", background=True, give_way=told.set)
    assert work.begun
    more = turns.join("suggestions", background=True)
    assert not told.is_set()
    person = turns.join("a")
    assert told.is_set()
    assert position(person).ahead == 0  # it is no answer that one waits for
    work.leave()
    assert person.begun
    later = turns.join("b")
    person.leave()
    assert later.begun
    later.leave()
    assert more.begun


def test_too_many_are_refused_at_once_and_in_words(turns: FairQueue) -> None:
    tickets = [turns.join("a") for _ in range(12)]
    with pytest.raises(ModelError, match="12 of your questions wait") as own:
        turns.join("a")
    assert (own.value.reason, own.value.values) == ("queue-full-own", {"most": 12})
    tickets += [turns.join(f"b{n}") for n in range(8)]
    with pytest.raises(ModelError, match="20 questions wait") as full:
        turns.join("c")
    assert full.value.reason == "queue-full"
    assert turns.join("a", first=True).begun is False  # one that was taken before
    tickets[0].leave()
    tickets[1].leave()
    turns.join("c")
