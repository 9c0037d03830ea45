"""What a machine has: processor, memory, a graphics card."""

from __future__ import annotations

import ctypes
import os
import platform
from dataclasses import dataclass
from pathlib import Path

_GIB = 1 << 30
_CPU_INFO = Path("/proc/cpuinfo")
_MEMORY_INFO = Path("/proc/meminfo")
_CONTAINER = Path("/sys/fs/cgroup/memory.max")  # the limit of a container, "max" where it has none
_FREE_SHARE = 0.75  # of all memory, where the system does not tell how much is free
_GPU = (1, 2)  # GGML_BACKEND_DEVICE_TYPE_GPU, …_IGPU (ggml-backend.h)


@dataclass(frozen=True)
class Machine:
    """What a machine has; `memory`, `free` and `gpu_free` in bytes, None where nobody tells.

    `gpu_free` is of the card with most free memory that llama.cpp can use, None without one.
    """

    cpu: str
    cores: int
    memory: int | None = None
    free: int | None = None
    gpu: str | None = None
    gpu_free: int | None = None

    @property
    def name(self) -> str:
        """What measured values belong to; in whole GiB, as systems keep some memory back."""
        told = "memory unknown" if self.memory is None else f"{round(self.memory / _GIB)} GiB"
        return f"{self.cpu}, {self.cores} cores, {told}"

    def maps_weights(self, size: int, *, on_card: bool) -> bool:
        """Tell whether weights of `size` bytes stay in their file's own pages, not in the process.

        On a processor llama.cpp lays weights out anew in a copy, and what the file's pages held of
        them would stand there twice: 2,054 and not 1,468 MiB of the 1.5B model at its most, at the
        same speed. Pages of a file can be given back, so that they serve a model that hardly fits
        into the memory that is free; and a graphics card reads its own copy from them.
        """
        return on_card or (self.free is not None and size > self.free / 2)


def this_machine(*, gpu: bool = False) -> Machine:
    """Return what this machine has; with `gpu` also its card, for which llama.cpp is loaded."""
    memory, free = _memory()
    card, card_free = _card() if gpu else (None, None)
    return Machine(_cpu(), os.cpu_count() or 1, memory, free, card, card_free)


def _cpu() -> str:
    for line in _lines(_CPU_INFO):
        key, _, value = line.partition(":")
        if key.strip() in ("model name", "Model"):  # Arm names the board
            return " ".join(value.split())
    return platform.processor() or platform.machine() or "unknown processor"


def _memory() -> tuple[int | None, int | None]:
    """The bytes of all memory, and of what a new program may take without others losing theirs."""
    told = {}
    for line in _lines(_MEMORY_INFO):
        key, _, value = line.partition(":")
        told[key] = int(value.split()[0]) * 1024
    memory, free = told.get("MemTotal"), told.get("MemAvailable")
    if memory is None:
        try:
            memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        except (AttributeError, ValueError, OSError):  # Windows has no such call
            return None, None
    free = int(memory * _FREE_SHARE) if free is None else free
    for limit in _lines(_CONTAINER):
        if limit.isdecimal():
            memory, free = min(memory, int(limit)), min(free, int(limit))
    return memory, free


def _card() -> tuple[str | None, int | None]:
    """The name and the free bytes of a card that llama.cpp was built for."""
    import llama_cpp

    if not llama_cpp.llama_supports_gpu_offload():
        return None, None
    # llama-cpp-python 0.3.36 binds none of these; they are in ggml, which its library loads.
    ggml = llama_cpp.llama_cpp._lib
    try:
        count, get, kind = (
            ggml.ggml_backend_dev_count,
            ggml.ggml_backend_dev_get,
            ggml.ggml_backend_dev_type,
        )
        describe, memory = ggml.ggml_backend_dev_description, ggml.ggml_backend_dev_memory
    except AttributeError:  # Windows looks into one library only
        return None, None
    size = ctypes.POINTER(ctypes.c_size_t)
    count.restype, get.restype, describe.restype = ctypes.c_size_t, ctypes.c_void_p, ctypes.c_char_p
    get.argtypes, kind.argtypes, describe.argtypes = (
        [ctypes.c_size_t],
        [ctypes.c_void_p],
        [ctypes.c_void_p],
    )
    memory.argtypes = [ctypes.c_void_p, size, size]
    best: tuple[str | None, int | None] = (None, None)
    for device in map(get, range(count())):
        if kind(device) not in _GPU:
            continue
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        memory(device, free, total)
        if best[1] is None or free.value > best[1]:
            best = describe(device).decode("utf-8", "replace"), free.value
    return best


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", "replace").splitlines()
    except OSError:  # another system than Linux
        return []
