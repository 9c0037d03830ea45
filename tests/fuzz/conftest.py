"""Hypothesis for `make test` (a short run) and `make fuzz` (`--fuzz N`: N examples a test)."""

import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

import pytest
from hypothesis import HealthCheck, settings

_SHORT = 40  # examples a test in `make test`
_STUCK_SECONDS = 20.0  # for one example of a few kilobytes: only a hang takes so long
_GROWTH_MB = 600  # of this process over one test; readers may need room for tables of characters


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fuzz", type=int, default=None, help="examples of each fuzz test")


def pytest_configure(config: pytest.Config) -> None:
    examples = config.getoption("fuzz", None)
    settings.register_profile(
        "zhiku",
        max_examples=examples or _SHORT,
        # The short run is the same each time, so that a pull request fails for its own fault only.
        derandomize=examples is None,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("zhiku")


class StuckError(Exception):
    """An example took so long that the program would have been frozen."""


@pytest.fixture
def watch() -> Callable[[], AbstractContextManager[None]]:
    """Give a context that ends what hangs; `re` looks for signals while it matches, too."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise StuckError(f"no end after {_STUCK_SECONDS:g} s")

    @contextmanager
    def watching() -> Iterator[None]:
        before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, _STUCK_SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
            signal.signal(signal.SIGALRM, before)

    return watching


@pytest.fixture(autouse=True)
def bounded_memory() -> Iterator[None]:
    """Hold the growth of the process over a test against a bound."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < _GROWTH_MB, f"the process grew by {grown:.0f} MB"
