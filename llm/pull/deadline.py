"""Wait for a call no longer than some seconds."""

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, call: Callable[[], T]) -> T | None:
    """What `call` returns or raises, or None when it has done neither in time.

    The connect timeout of httpx counts for each address of a host and not for the look-up of its
    name, so a hub behind a firewall could take a minute. A call that is late is left to end by
    itself in its thread, which does not hold up the end of the program, as one of
    `concurrent.futures` would.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:  # raised again in the caller's thread
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    return results[0] if results else None
