"""What `KB_LLM_MODEL=auto` takes: decided when models are pulled, kept, and checked once loaded."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.kept_machine import KeptChoice, Passed, choice_file, keep, read_kept
from app.settings import Settings
from app.tuning import valid_tuning
from llm.models import FLOOR, Model, find, installed, models

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

    from llm.machine import Machine, Obstacle, Verdict

log = logging.getLogger(__name__)

_FAR_BELOW = 0.6  # of the estimate; estimates here were within a quarter
_CHECKED = 24  # tokens written to find out how fast it is
_ASKED = "Count from one to twenty, in words."
_GIB = 1 << 30


def decide(
    settings: Settings,
    has: Callable[[Model], bool],
    *,
    again: bool = False,
    machine: Machine | None = None,
    bytes_a_second: float | None = None,
) -> KeptChoice:
    """Return what `auto` takes on this machine; what was taken before stays, unless `again`.

    Where nothing was taken before and the usual model is here, it stays: nobody's answers change
    because a better one came within reach. `has` tells whether a source has a model. `machine` and
    `bytes_a_second`, of weights, are this one's unless given; measuring takes about a second.
    """
    from llm.machine import choose, this_machine

    kept = read_kept(choice_file(settings.data_dir), KeptChoice)
    if kept is not None and not again and any(model.id == kept.model for model in models()):
        return kept
    if settings.lora is not None:  # it fits one model, which a person who means another names
        return KeptChoice(model=FLOOR, reason="usual")
    floor = find(FLOOR)
    stays = not again and installed(floor, settings.models_dir) is not None
    machine = machine or this_machine(gpu=settings.gpu_layers != 0)
    if bytes_a_second is None:
        bytes_a_second = weights_a_second(settings, machine)
    choice = choose(
        models(),
        floor,
        machine,
        bytes_a_second,
        context=settings.context_tokens,
        disk=_free_disk(settings.models_dir),
        has=has if not stays else lambda _: True,  # no source is asked for what is not taken
    )
    passed = tuple(_not_taken(v, v.obstacle) for v in choice.better if v.obstacle is not None)
    taken = choice.taken
    if stays:
        better = () if taken.model is floor else (_not_taken(taken, "here"),)
        return KeptChoice(model=FLOOR, reason="here", passed=(*better, *passed))
    reason: Literal["usual", "best"] = "usual" if taken.model is floor else "best"
    return KeptChoice(
        model=taken.model.id, reason=reason, expected=taken.speed or None, passed=passed
    )


def weights_a_second(settings: Settings, machine: Machine) -> float:
    """Return the bytes of weights that llama.cpp reads in a second while it writes.

    From what `kb models tune` saw of the model in use, else from the memory, measured now.
    """
    from llm.machine import EFFICIENCY, measure_bandwidth

    tuning = valid_tuning(settings, machine)
    if tuning is not None and not tuning.busy:
        return tuning.written * tuning.model_bytes
    return EFFICIENCY * measure_bandwidth(machine.cores).read


def keep_choice(settings: Settings, choice: KeptChoice) -> bool:
    """Keep what was taken, and tell whether that was possible."""
    if read_kept(choice_file(settings.data_dir), KeptChoice) == choice:
        return True
    try:
        keep(choice_file(settings.data_dir), choice)
    except OSError as error:
        log.warning("%s cannot be written: %s", choice_file(settings.data_dir), error.strerror)
        return False
    return True


def kept_choice(settings: Settings) -> KeptChoice | None:
    """Return what `auto` took, None where a model is named or nothing was taken yet."""
    return read_kept(choice_file(settings.data_dir), KeptChoice) if settings.takes_auto else None


def check_speed(chat: BaseChatModel, settings: Settings) -> None:
    """Compare, once, how fast the model that was taken writes with what was expected of it.

    The log says when it is far below; `kb doctor` says so from then on.
    """
    choice = kept_choice(settings)
    if choice is None or choice.expected is None or choice.written is not None:
        return
    written = _written_a_second(chat)
    if written is None:
        return
    choice = choice.model_copy(update={"written": written})
    keep_choice(settings, choice)
    if told := slow(choice):
        log.warning("%s", told)


def slow(choice: KeptChoice) -> str | None:
    """Say in one line that a model writes far slower than was expected; None if it does not."""
    if choice.expected is None or choice.written is None:
        return None
    if choice.written >= _FAR_BELOW * choice.expected:
        return None
    return (
        f"{choice.model} writes {choice.written:.1f} tokens/s where {choice.expected:.1f} were "
        f"expected; KB_LLM_MODEL={FLOOR} is faster"
    )


def reasons(choice: KeptChoice) -> list[str]:
    """Return in lines why this model was taken, and what a better machine would get."""
    speed = f", about {choice.expected:.0f} tokens/s" if choice.expected else ""
    why = {
        "here": "which was on this machine already",
        "best": f"the best that suits this machine{speed}",
        "usual": f"as no better one suits this machine{speed}",
    }[choice.reason]
    return [f"auto: {choice.model}, {why}", *map(_passed, choice.passed)]


def _written_a_second(chat: BaseChatModel) -> float | None:
    """Tokens a second from the first that a model writes, None if it writes next to nothing."""
    began, count = 0.0, 0
    for chunk in chat.stream([("user", _ASKED)], max_tokens=_CHECKED):
        if not began and str(chunk.text):
            began = time.perf_counter()
        if usage := getattr(chunk, "usage_metadata", None):
            count = usage["output_tokens"]
    spent = time.perf_counter() - began
    return (count - 1) / spent if began and count > 1 and spent > 0 else None


def _passed(one: Passed) -> str:
    why = {
        "memory": f"it needs {one.needed / _GIB:.1f} GiB of free memory",
        "speed": f"it would write {one.speed:.1f} tokens/s here",
        "disk": "it needs more free disk",
        "source": "no source that could be reached has it",
        "here": f"`kb models pull auto` takes it, about {one.speed:.0f} tokens/s, if a source "
        "has it",
    }
    return f"  not {one.model}: {why[one.obstacle]}"


def _not_taken(verdict: Verdict, obstacle: Obstacle | Literal["here"]) -> Passed:
    return Passed(
        model=verdict.model.id, obstacle=obstacle, needed=verdict.needed, speed=verdict.speed
    )


def _free_disk(folder: Path) -> int:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(there).free
