"""Pages as pictures: made once, failures kept for a while, nobody held up behind the unseen."""

import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from app.pictures import NoPicture, PagePicture, Pictures
from app.web import Pictured, Picturing, Wanted

MADE = PagePicture(b"png", "image/png", 10, 10, 1, 9)


class Drawing(Pictures):
    """Draws page 7 never, page 8 until it is told to end, and the others at once."""

    def __init__(self) -> None:
        self.drawn: list[int] = []
        self.begun = threading.Event()
        self.stopped = threading.Event()

    def marks_of(self, document: str, chunk_id: object, quote: str, wait: object = None) -> list:  # type: ignore[type-arg, override]
        return []

    def page(  # type: ignore[override]
        self,
        document: str,
        number: int = 1,
        width: int = 1000,
        marks: Sequence[object] = (),
        wait: Callable[[], None] = lambda: None,
    ) -> PagePicture | NoPicture:
        self.drawn.append(number)
        if number == 7:
            return NoPicture("failed", "it takes too long")
        while number == 8:
            self.begun.set()
            try:
                wait()
            except Exception:
                self.stopped.set()
                raise
            if self.stopped.wait(0.01):
                return NoPicture("failed")
        return MADE


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def picturing(drawing: Drawing, clock: Clock) -> Iterator[Picturing]:
    made = Picturing(drawing, clock)
    yield made
    drawing.stopped.set()
    made.close()


def wanted(page: int, quote: str = "q", version: str = "v", cited: int | None = None) -> Wanted:
    return Wanted("d", version, "c", quote, None if cited else page, cited)


def test_a_page_that_failed_is_told_at_once_and_not_tried_again_for_a_while(
    picturing: Picturing, drawing: Drawing, clock: Clock
) -> None:
    for _ in range(5):
        assert picturing.look(wanted(7), 30) == Pictured(7, why="failed")
    assert picturing.look(wanted(7, "another quote"), 30) == Pictured(7, why="failed")
    assert picturing.look(wanted(7, "cited", cited=7), 30) == Pictured(7, why="failed")
    assert drawing.drawn == [7]
    picturing.look(wanted(7, version="w"), 30)
    assert drawing.drawn == [7, 7], "another version may be drawn"
    clock.now = 3600.0
    picturing.look(wanted(7), 30)
    assert drawing.drawn == [7, 7, 7]


def test_what_is_read_once_is_there_at_the_next_look(picturing: Picturing) -> None:
    picturing.look(wanted(7), 30)
    assert picturing.look(wanted(7), 0.0) is not None, "the page would be drawn anew for ever"


def test_a_page_that_nobody_looks_at_is_given_up_when_others_wait(
    picturing: Picturing, drawing: Drawing, clock: Clock
) -> None:
    assert picturing.look(wanted(8), 0.0) is None
    assert drawing.begun.wait(30)
    clock.now = 60.0
    assert picturing.look(wanted(8, "another"), 0.0) is None  # it waits for the one lane
    assert drawing.stopped.wait(30)


def test_one_that_is_looked_at_goes_on_and_so_does_one_that_holds_up_nobody(
    picturing: Picturing, drawing: Drawing, clock: Clock
) -> None:
    assert picturing.look(wanted(8), 0.0) is None
    assert drawing.begun.wait(30)
    clock.now = 60.0
    assert not drawing.stopped.wait(0.1), "nobody waits"
    assert picturing.look(wanted(8), 0.0) is None
    made = picturing.look(wanted(1), 30)
    assert made is not None
    assert made.picture is MADE
    assert not drawing.stopped.wait(0.1), "somebody looks"


def test_what_was_given_up_is_made_when_it_is_asked_for_again(
    picturing: Picturing, drawing: Drawing, clock: Clock
) -> None:
    picturing.look(wanted(8), 0.0)
    assert drawing.begun.wait(30)
    clock.now = 60.0
    picturing.look(wanted(8, "another"), 0.0)
    assert drawing.stopped.wait(30)
    made = picturing.look(wanted(8), 30) or picturing.look(wanted(8), 30)
    assert made is not None
    assert made.why == "failed"
