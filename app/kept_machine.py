"""What was found out about this machine and is kept beside the library: two small files."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

AUTO = "auto"  # in place of a model's name: the one that suits this machine
_LARGEST = 1 << 16  # bytes of a file; they have about 2,000

Speed = Annotated[float, Field(gt=0, le=1e7)]  # tokens a second
Count = Annotated[int, Field(ge=1, le=4096)]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Passed(_Kept):
    """A better model that was not taken, and why; `needed` in bytes, `speed` in tokens/s.

    With "here" nothing speaks against it but that the usual model was on this machine already.
    """

    model: str
    obstacle: Literal["memory", "speed", "disk", "source", "here"]
    needed: int
    speed: float


class KeptChoice(_Kept):
    """The chat model that `auto` took.

    `reason` is "here" for the usual model that was on this machine already, "best" for a better
    one, "usual" where nothing better would do. `expected` is what it was to write in tokens/s, None
    where nobody estimated it; `written` what it wrote when it was first loaded.
    """

    model: str
    reason: Literal["here", "best", "usual"]
    expected: Speed | None = None
    written: Speed | None = None
    passed: tuple[Passed, ...] = Field(default=(), strict=False)


class Tried(_Kept):
    """Tokens a second with so many threads, and reading prompts in steps of so many tokens."""

    threads: Count
    step: Count
    read: Speed
    written: Speed | None = None


class Tuning(_Kept):
    """What was measured with a chat model on a machine, and what was taken.

    `machine` and `model` (the SHA-256 of its file) tell what it holds for. `read_bytes` and
    `copied_bytes` are what passes of memory in a second, `model_bytes` the size of the file,
    `threads` for writing, `read_threads` and `step` for reading prompts. `busy` tells that other
    programs were at work, so that nothing was taken but the usual.
    """

    machine: str
    model: str
    model_name: str
    model_bytes: int
    read_bytes: float
    copied_bytes: float
    tried: tuple[Tried, ...] = Field(strict=False)
    threads: Count
    read_threads: Count
    step: Count
    read: Speed
    written: Speed
    seconds: float
    busy: bool


def choice_file(data_dir: Path) -> Path:
    """Return where it is kept which chat model `auto` took."""
    return data_dir / "machine" / "chat_model.json"


def tuning_file(data_dir: Path) -> Path:
    """Return where it is kept what `kb models tune` measured."""
    return data_dir / "machine" / "tuning.json"


T = TypeVar("T", KeptChoice, Tuning)


def read_kept(path: Path, kind: type[T]) -> T | None:
    """Return what a file holds; None where there is none, or one that is damaged."""
    with contextlib.suppress(OSError, ValidationError), path.open("rb") as stream:
        return kind.model_validate_json(stream.read(_LARGEST))
    return None


def keep(path: Path, value: KeptChoice | Tuning) -> None:
    """Write the file in one step; raises OSError where that is not possible."""
    path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.write_text(value.model_dump_json(indent=1) + "\n", "utf-8")
    temporary.replace(path)
