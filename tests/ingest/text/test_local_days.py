"""Days are those of the machine, wherever the clock of a file stood."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from ingest.text import day_here, local_day


@pytest.fixture
def stand_in() -> Iterator[Callable[[str], None]]:
    """Move the machine to another time zone."""
    with pytest.MonkeyPatch.context() as patch:

        def move(zone: str) -> None:
            patch.setenv("TZ", zone)
            time.tzset()

        yield move
    time.tzset()


@pytest.mark.parametrize(
    ("stamp", "shanghai", "los_angeles"),
    [
        ("2026-03-01T20:00:00Z", "2026-03-02", "2026-03-01"),
        ("2026-03-02T04:00:00.123+08:00", "2026-03-02", "2026-03-01"),
        ("2026-03-01T20:00:00", "2026-03-01", "2026-03-01"),
        ("2026-03-01", "2026-03-01", "2026-03-01"),
        ("published 2026/3/1 at noon", "2026-03-01", "2026-03-01"),
        ("9999-12-31T23:59:59Z", "9999-12-31", "9999-12-31"),
        ("2026-02-30", "", ""),
        ("12026-02-300", "", ""),
        ("", "", ""),
    ],
)
def test_a_moment_has_the_day_of_the_machine(
    stand_in: Callable[[str], None], stamp: str, shanghai: str, los_angeles: str
) -> None:
    stand_in("Asia/Shanghai")
    assert local_day(stamp) == shanghai
    stand_in("America/Los_Angeles")
    assert local_day(stamp) == los_angeles


def test_a_moment_without_a_zone_may_be_of_utc(stand_in: Callable[[str], None]) -> None:
    stand_in("Asia/Shanghai")
    moment = datetime(2026, 3, 1, 20)
    assert day_here(moment, is_utc=True) == "2026-03-02"
    assert day_here(moment) == "2026-03-01"
