"""The models one may choose from, as this machine sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.settings import Settings
from llm.machine import this_machine
from llm.models import Model, installed, models

_SPARED = 1 << 30  # bytes that the system, the embedding model and the browser need beside


@dataclass(frozen=True)
class ModelRow:
    """A model of the catalogue: whether it is here, and whether this machine has room to run it.

    `used` is the one that runs by the settings: where the one chosen is not here, what stands in
    for it.
    """

    id: str
    parameters: str
    bytes: int | None
    memory_gib: float
    licence: str
    languages: tuple[str, ...]
    tested: bool
    here: bool
    fits: bool
    used: bool


def rows(kind: Literal["chat", "embedding"], settings: Settings) -> list[ModelRow]:
    """Return the models of a kind, in the order in which people should read them."""
    room = this_machine().memory
    chosen = settings.chat_model if kind == "chat" else settings.embed_model
    here = {m.id for m in models() if installed(m, settings.models_dir) is not None}
    for model in models():
        if model.id == chosen and chosen not in here and model.fallback in here:
            chosen = model.fallback
            break
    return [_row(m, m.id in here, chosen, room) for m in models() if m.kind == kind]


def _row(model: Model, here: bool, chosen: str, room: int | None) -> ModelRow:
    return ModelRow(
        id=model.id,
        parameters=model.parameters,
        bytes=model.bytes,
        memory_gib=model.memory_gib,
        licence=model.licence,
        languages=model.languages,
        tested=model.tested,
        here=here,
        fits=room is None or model.memory_gib * (1 << 30) + _SPARED <= room,
        used=model.id == chosen,
    )
