"""The best chat model of the catalogue that a machine has room for and writes fast enough with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from llm.machine.facts import Machine
from llm.models import Model

Obstacle = Literal["memory", "speed", "disk", "source"]

LEAST_SPEED = 8.0  # tokens/s; people read about five words a second
# Writing a token reads all weights once. Of what NumPy reads in a second, llama.cpp came to 0.7 to
# 0.8 with a model of 1.5B (docs/measured/speed.md).
EFFICIENCY = 0.7
# A mixture of experts reads small pieces all over its file: 16 cores wrote 8.5 tokens/s with a 4B
# of 2.7 GB and 5.6 with a 35B of which 1.6 GB are active, which is 0.4 of the bytes a second
# (published by igllama for Qwen3.5).
_EXPERTS = 0.4
# Of a graphics card nobody measures the memory before a model is on it. The slowest that are sold
# with 4 GB and more read 100 GB/s and up, those that share the main memory 50 to 70.
_CARD_BYTES = 60e9
_REST = 3 << 29  # 1.5 GiB for the embedding model, the index, the app and the browser


@dataclass(frozen=True)
class Verdict:
    """What speaks against a model on a machine, None if nothing does.

    `needed` is in bytes of memory, `speed` the estimate in tokens written a second.
    """

    model: Model
    needed: int
    speed: float
    obstacle: Obstacle | None = None


@dataclass(frozen=True)
class Choice:
    """The model taken, and what was thought of each better one, the best first."""

    taken: Verdict
    better: tuple[Verdict, ...]


def tokens_a_second(model: Model, bytes_a_second: float) -> float | None:
    """Return how many tokens a model writes where so many bytes of weights pass in a second.

    None where the size of its files is not known.
    """
    if model.active_bytes is not None:
        return _EXPERTS * bytes_a_second / model.active_bytes
    return None if model.bytes is None else bytes_a_second / model.bytes


def choose(
    models: Sequence[Model],
    floor: Model,
    machine: Machine,
    bytes_a_second: float,
    *,
    context: int,
    disk: int | None,
    has: Callable[[Model], bool],
) -> Choice:
    """Return the model of the highest grade that nothing speaks against, else the `floor`.

    `bytes_a_second` is what the processor reads of weights, `context` in tokens, `disk` the bytes
    that are free for files. `has` tells whether a source has the files; it is asked of the best
    first, and no more once one is found.
    """
    better: list[Verdict] = []
    graded = [m for m in models if m.kind == "chat" and m.grade > floor.grade]
    for model in sorted(graded, key=lambda m: -m.grade):
        verdict = _judge(model, machine, bytes_a_second, context, disk)
        if verdict is None:
            continue
        if verdict.obstacle is None and not has(model):
            verdict = replace(verdict, obstacle="source")
        if verdict.obstacle is None:
            return Choice(verdict, tuple(better))
        better.append(verdict)
    speed = tokens_a_second(floor, bytes_a_second) or 0.0
    return Choice(Verdict(floor, floor.bytes_in_memory(context) or 0, speed), tuple(better))


def _judge(
    model: Model, machine: Machine, bytes_a_second: float, context: int, disk: int | None
) -> Verdict | None:
    """What speaks against a model here; None of one whose files nobody could check or measure."""
    needed, size = model.bytes_in_memory(context), model.bytes
    if needed is None or size is None or any(file.sha256 is None for file in model.files):
        return None
    on_card = machine.gpu_free is not None and needed <= machine.gpu_free
    speed = tokens_a_second(model, max(bytes_a_second, _CARD_BYTES) if on_card else bytes_a_second)
    verdict = Verdict(model, needed + _REST, speed or 0.0)
    if not on_card and machine.free is not None and needed + _REST > machine.free:
        return replace(verdict, obstacle="memory")
    if verdict.speed < LEAST_SPEED:
        return replace(verdict, obstacle="speed")
    if disk is not None and size > disk:
        return replace(verdict, obstacle="disk")
    return verdict
