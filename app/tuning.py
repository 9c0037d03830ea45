"""`kb models tune`: what suits the chat model on this machine, measured once and kept."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from app.errors import UsageError
from app.kept_machine import Tried, Tuning, keep, read_kept, tuning_file
from app.settings import Settings
from llm.errors import ModelError
from llm.models import known_sha256, resolve

if TYPE_CHECKING:
    from llm.machine import Machine

State = Literal["measured", "outdated", "no"]
_BUSY = 0.5  # share of the cores that others may have at work before a measurement says little


def tune(
    settings: Settings,
    report: Callable[[str], None] = lambda _: None,
    *,
    busy: bool | None = None,
) -> Tuning:
    """Measure the chat model of the settings on this machine, and keep what was found.

    It takes up to two minutes; `report` hears what is measured. `busy` tells whether other programs
    are at work, None to look. Raises UsageError where a server writes the answers or nothing can
    be kept, ModelError where the model cannot be loaded.
    """
    from llm.chat import measure_pace, what_suits
    from llm.machine import measure_bandwidth, this_machine

    if settings.endpoint is not None:
        raise UsageError(
            "a server writes the answers (KB_LLM_BASE_URL): nothing to measure here", "tune-server"
        )
    path = resolve(settings.chat_model, "chat", settings.models_dir)
    machine = this_machine()
    busy = _is_busy(machine.cores) if busy is None else busy
    began = time.perf_counter()
    report("memory")
    memory = measure_bandwidth(machine.cores)
    paces = measure_pace(path, machine.cores, gpu_layers=settings.gpu_layers, report=report)
    suits = what_suits(paces[:1] if busy else paces)
    at = {p.threads: p for p in paces if p.written is not None}
    read = next(
        p.read for p in reversed(paces) if (p.threads, p.step) == (suits.read_threads, suits.step)
    )
    tuning = Tuning(
        machine=machine.name,
        model=known_sha256(path.parent, path.name),
        model_name=path.name,
        model_bytes=path.stat().st_size,
        read_bytes=memory.read,
        copied_bytes=memory.copied,
        tried=tuple(
            Tried(threads=p.threads, step=p.step, read=p.read, written=p.written) for p in paces
        ),
        threads=suits.threads,
        read_threads=suits.read_threads,
        step=suits.step,
        read=read,
        written=at[suits.threads].written or 0.0,
        seconds=round(time.perf_counter() - began, 1),
        busy=busy,
    )
    try:
        keep(tuning_file(settings.data_dir), tuning)
    except OSError as error:
        raise UsageError(
            f"{str(tuning_file(settings.data_dir))!r} cannot be written ({error.strerror})",
            "tune-unwritable",
            file=str(tuning_file(settings.data_dir)),
            why=str(error.strerror),
        ) from None
    return tuning


def valid_tuning(settings: Settings, machine: Machine | None = None) -> Tuning | None:
    """Return what was measured of the chat model of the settings on this machine, None if nothing.

    `machine` is this one unless given.
    """
    from llm.machine import this_machine

    tuning = read_kept(tuning_file(settings.data_dir), Tuning)
    if tuning is None or settings.endpoint is not None:
        return None
    if tuning.machine != (machine or this_machine()).name:
        return None
    try:
        path = resolve(settings.chat_model, "chat", settings.models_dir)
    except ModelError:
        return None
    return tuning if tuning.model == known_sha256(path.parent, path.name) else None


def tuning_state(settings: Settings, machine: Machine | None = None) -> State | None:
    """Tell whether the chat model was measured here, or another one, or on another machine.

    None where a server writes the answers.
    """
    if settings.endpoint is not None:
        return None
    if valid_tuning(settings, machine) is not None:
        return "measured"
    return "outdated" if tuning_file(settings.data_dir).is_file() else "no"


def pace_of(settings: Settings) -> dict[str, Any]:
    """Return how `LlamaChat.load` is to be told to read and write: what a person set wins."""
    if settings.threads:
        return {"threads": settings.threads}
    tuning = valid_tuning(settings)
    if tuning is None:
        return {}
    return {"threads": tuning.threads, "read_threads": tuning.read_threads, "step": tuning.step}


def _is_busy(cores: int) -> bool:
    try:
        return os.getloadavg()[0] > _BUSY * cores
    except (AttributeError, OSError):  # Windows does not tell
        return False
