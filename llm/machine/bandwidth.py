"""How fast this machine reads and copies its memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

_BYTES = 256 << 20  # several times the caches of today's processors
_ROUNDS = 12  # the best counts: the others were held up by something else


@dataclass(frozen=True)
class Bandwidth:
    """Bytes a second: of memory that is read, and of memory that is copied, both ways counted."""

    read: float
    copied: float


def measure_bandwidth(threads: int, size: int = _BYTES) -> Bandwidth:
    """Measure with so many threads on two fields of `size` bytes; about a second.

    NumPy lets go of Python's lock meanwhile, so that threads run beside each other.
    """
    import numpy as np  # 0.1 s, which `kb list` need not wait for

    source = np.ones(size // 8, np.float64)
    target = np.empty_like(source)
    sources, targets = np.array_split(source, threads), np.array_split(target, threads)
    with ThreadPoolExecutor(threads) as pool:

        def best(work: Callable[[int], object]) -> float:
            spent = []
            for _ in range(_ROUNDS):
                began = time.perf_counter()
                list(pool.map(work, range(threads)))
                spent.append(time.perf_counter() - began)
            return max(min(spent), 1e-9)

        copying = best(lambda n: np.copyto(targets[n], sources[n]))  # also lays out the memory
        reading = best(lambda n: float(sources[n].max()))
    return Bandwidth(source.nbytes / reading, 2 * source.nbytes / copying)
