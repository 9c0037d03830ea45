"""What a model's own files say of how a text becomes a vector."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Pooling = Literal["mean", "cls"]

# Encoders that take token ids and an attention mask, and make one vector of each token.
_KINDS = ("bert", "camembert", "roberta", "xlm-roberta")
_STEPS = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
# How sentence-transformers wrote poolings before its release 5.
_OLD_POOLING = "pooling_mode_"
_OLD_NAMES: Mapping[str, Pooling] = {"mean_tokens": "mean", "cls_token": "cls"}


class NotConvertible(Exception):
    """The model must be run by torch; the message says why."""


@dataclass(frozen=True)
class Recipe:
    """How a text becomes a vector of unit length.

    `max_tokens` are counted with the marks at both ends; `pad` is the token that fills a batch.
    """

    query: str  # what stands before a question
    passage: str  # and before a passage
    max_tokens: int
    pooling: Pooling
    pad: int


def prompts(folder: Path) -> tuple[str, str]:
    """Return what a model wants before a question and before a passage, "" where nothing."""
    found = _read(folder / "config_sentence_transformers.json").get("prompts") or {}
    return found.get("query", ""), found.get("passage", found.get("document", ""))


def recipe(folder: Path) -> Recipe:
    """Return how a sentence-transformers folder embeds; loads no model.

    Raises NotConvertible for a folder that does more than an encoder with mean or CLS pooling.
    """
    try:
        return _recipe(folder)
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise NotConvertible(f"its files cannot be read: {str(error)[:100]!r}") from error


def settings_hash(folder: Path) -> str:
    """Return the SHA-256 of all small files that say how a folder embeds.

    The fingerprint of the model leaves some of them out, as they change no space that is in use.
    """
    digest = hashlib.sha256()
    for file in sorted([*folder.glob("*.json"), *folder.glob("*/config.json")]):
        if file.name != "tokenizer.json":  # 17 MB, and part of the fingerprint
            name = file.relative_to(folder).as_posix()
            digest.update(f"{name}\n{file.stat().st_size}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def _recipe(folder: Path) -> Recipe:
    config = _read(folder / "config.json")
    if (kind := config.get("model_type")) not in _KINDS:
        raise NotConvertible(f"it is of the kind {str(kind)[:50]!r}")
    listed = json.loads((folder / "modules.json").read_text("utf-8"))
    steps = [str(step["type"]).rpartition(".")[2] for step in listed]
    if steps not in _STEPS or listed[0]["path"]:
        raise NotConvertible(f"its steps are {', '.join(steps)[:100]}")
    said = _read(folder / "sentence_bert_config.json")
    if said.get("do_lower_case"):
        raise NotConvertible("it wants small letters")
    longest = said.get("max_seq_length") or min(
        int(_read(folder / "tokenizer_config.json").get("model_max_length", 1 << 30)),
        int(config["max_position_embeddings"]),
    )
    pooling = _pooling(_read(folder / listed[1]["path"] / "config.json"))
    query, passage = prompts(folder)
    return Recipe(query, passage, int(longest), pooling, int(config.get("pad_token_id") or 0))


def _pooling(said: Mapping[str, Any]) -> Pooling:
    """Return the one pooling that a configuration names."""
    if said.get("include_prompt") is False:
        raise NotConvertible("it pools without the prompt")
    named = said.get("pooling_mode")
    if named is None:
        old = [
            k.removeprefix(_OLD_POOLING)
            for k, v in said.items()
            if k.startswith(_OLD_POOLING) and v
        ]
        named = _OLD_NAMES.get(old[0], old[0]) if len(old) == 1 else old or "mean"
    if named == "mean":
        return "mean"
    if named == "cls":
        return "cls"
    raise NotConvertible(f"its pooling is {str(named)[:50]}")


def _read(file: Path) -> dict[str, Any]:
    """Return the object in a JSON file, empty where there is no such file."""
    found = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    if not isinstance(found, dict):
        raise ValueError(f"{file.name} is no object")
    return found
