"""The threads and the step with which a model reads and writes fastest on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llm.chat.llama import READ_STEP, LlamaChat

_TEXT = "The filter of the machine is changed every ninety days. 空调滤网每九十天更换一次。"
_CONTEXT = 1024
_LONGEST = 512  # tokens read in a measurement
_READING = 2.0  # seconds that a reading should take, to be told from noise
_WRITTEN = 16  # tokens
_ROUNDS = 3  # the best of each counts, as what else runs only slows it down
_STEPS = (64, READ_STEP, 256, 512)
# Below this gain it stays as it is: the same measured twice differs by 2 to 3 % on a quiet machine.
_GAIN = 1.05
_STOPPED_WITHIN = 1.0  # seconds: a stop is noticed between two steps


@dataclass(frozen=True)
class Pace:
    """Tokens a second with so many threads, and prompts read in steps of so many tokens.

    `written` is None where only reading was measured.
    """

    threads: int
    step: int
    read: float
    written: float | None


@dataclass(frozen=True)
class Suits:
    """What suits a model on a machine: threads for writing and for reading, the step of reading."""

    threads: int
    read_threads: int
    step: int


def measure_pace(
    path: Path,
    cores: int,
    *,
    gpu_layers: int = -1,
    seconds: float = 90.0,
    report: Callable[[str], None] = lambda _: None,
) -> list[Pace]:
    """Measure a model on so many cores, the usual way first; `report` hears what is measured.

    It takes at most about so many seconds beside loading, and then leaves the rest out. Raises
    ModelError as `LlamaChat.load` does.
    """
    chat = LlamaChat.load(path, context=_CONTEXT, threads=cores, gpu_layers=gpu_layers)
    try:
        return list(_measured(chat.loaded, cores, time.monotonic() + seconds, report))
    finally:
        chat.close()


def what_suits(paces: Sequence[Pace]) -> Suits:
    """Return the fastest of what was measured; what gains less than 5 % stays as the first."""
    usual = paces[0]
    write = max((p for p in paces if p.written), key=lambda p: p.written or 0.0)
    if (write.written or 0.0) < _GAIN * (usual.written or 0.0):
        write = usual
    read = max((p for p in paces if p.step == usual.step), key=lambda p: p.read)
    if read.read < _GAIN * usual.read:
        read = usual
    quick = [
        p
        for p in paces
        if p.threads == read.threads and p.step <= max(usual.step, _STOPPED_WITHIN * p.read)
    ]
    step = max(quick, key=lambda p: p.read)
    if step.read < _GAIN * read.read:
        step = read
    return Suits(write.threads, read.threads, step.step)


def _measured(
    llama: Any, cores: int, until: float, report: Callable[[str], None]
) -> Iterator[Pace]:
    words = llama.tokenize(_TEXT.encode())
    longest = min(_LONGEST, llama.n_ctx() - _WRITTEN)
    tokens = (words * (longest // len(words) + 1))[:longest]
    report("warming up")
    count = int(_READING * _read(llama, tokens[:64], cores, READ_STEP))
    tokens = tokens[: max(64, min(longest, count // READ_STEP * READ_STEP))]
    threads = sorted({cores, cores - 1, cores * 3 // 4, cores // 2} - {0}, reverse=True)
    best = dict.fromkeys(threads, (0.0, 0.0))
    for n in (n for _ in range(_ROUNDS) for n in threads):
        if time.monotonic() > until and best[n][0]:
            break
        report(f"{n} threads")
        read, written = best[n]
        best[n] = (
            max(read, _read(llama, tokens, n, READ_STEP)),
            max(written, _write(llama, n)),
        )
    paces = [Pace(n, READ_STEP, *best[n]) for n in threads]
    yield from paces
    reads = what_suits(paces).read_threads
    steps = {step: 0.0 for step in _STEPS if step != READ_STEP and step <= len(tokens)}
    for step in (step for _ in range(_ROUNDS - 1) for step in steps):
        if time.monotonic() > until:
            break
        report(f"steps of {step} tokens")
        steps[step] = max(steps[step], _read(llama, tokens, reads, step))
    yield from (Pace(reads, step, read, None) for step, read in steps.items() if read)


def _read(llama: Any, tokens: Sequence[int], threads: int, step: int) -> float:
    """Tokens a second in which a prompt is read that the model has nothing of in memory."""
    import llama_cpp

    llama_cpp.llama_set_n_threads(llama.ctx, threads, threads)
    llama.reset()
    began = time.perf_counter()
    for at in range(0, len(tokens), step):
        llama.eval(tokens[at : at + step])
    return len(tokens) / (time.perf_counter() - began)


def _write(llama: Any, threads: int) -> float:
    """Tokens a second one by one, behind what was read; which they are makes no difference."""
    import llama_cpp

    llama_cpp.llama_set_n_threads(llama.ctx, threads, threads)
    token = int(llama.input_ids[0])
    began = time.perf_counter()
    for _ in range(_WRITTEN):
        llama.eval([token])
    return _WRITTEN / (time.perf_counter() - began)
