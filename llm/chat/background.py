"""An event loop in a thread of its own, so that waiting for a server can be given up at once.

Not `anyio.from_thread.start_blocking_portal` (4.16.0), which was tried and saves 13 lines: its
cancelling goes on at each `await` until the task has ended, so that a source that waits while it
closes its connection is cut off there. A task of asyncio is cancelled once, and closes in peace.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Any, TypeVar

T = TypeVar("T")

_LOOK = 0.05  # seconds between two looks at whether the answer is still wanted
_END = object()


class Background:
    """Runs asynchronous generators for synchronous callers; safe for threads.

    Example:
        for part in Background().items(generator(), threading.Event()): ...
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="server", daemon=True)
        self._thread.start()

    def items(self, source: AsyncGenerator[T, None], cancel: threading.Event) -> Iterator[T]:
        """Yield what `source` yields until `cancel` is set; raises what it raises.

        However it ends, also when the caller goes away, the source is closed, and with it its
        connection.
        """
        arrived: queue.SimpleQueue[Any] = queue.SimpleQueue()
        failed: list[Exception] = []

        async def pump() -> None:
            try:
                async with aclosing(source):
                    async for item in source:
                        arrived.put(item)
            except Exception as error:
                failed.append(error)
            finally:
                arrived.put(_END)

        running = asyncio.run_coroutine_threadsafe(pump(), self._loop)
        try:
            while not cancel.is_set():
                try:
                    item = arrived.get(timeout=_LOOK)
                except queue.Empty:
                    continue
                if item is _END:
                    break
                yield item
        finally:
            running.cancel()
        if failed and not cancel.is_set():
            raise failed[0]

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._loop.is_closed()

    def close(self) -> None:
        """End what still runs, and the thread."""
        asyncio.run_coroutine_threadsafe(_cancel_others(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
