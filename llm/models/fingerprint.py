"""A short name for what an embedding model computes, so that its vectors never meet another's."""

import hashlib
import json
from pathlib import Path
from typing import Any

from llm.errors import ModelError
from llm.models.catalogue import Model
from llm.models.file_hashes import known_sha256


def fingerprint(model: Path | Model) -> str:
    """16 hex digits over weights, tokenizer, prefixes and longest text; loads no model.

    A model of the catalogue and the folder it is installed in have the same fingerprint. Raises
    ModelError when the folder is not that of an embedding model.
    """
    if isinstance(model, Path):
        return _of_folder(model)
    hashes = {file.name: file.sha256 or "" for file in model.files}
    weights = sorted(sha for name, sha in hashes.items() if name.endswith(".safetensors"))
    tokenizer = hashes.get("tokenizer.json", "")
    return _digest(weights, tokenizer, model.query_prefix, model.passage_prefix, model.max_tokens)


def _of_folder(folder: Path) -> str:
    try:
        weights = sorted(known_sha256(folder, path.name) for path in folder.glob("*.safetensors"))
        tokenizer = known_sha256(folder, "tokenizer.json")
        prompts = _json(folder / "config_sentence_transformers.json").get("prompts") or {}
        longest = _json(folder / "sentence_bert_config.json").get("max_seq_length")
    except (OSError, ValueError, AttributeError) as error:
        raise ModelError(
            f"{str(folder)!r} is not an embedding model: {error}",
            "embedding-no-model",
            folder=str(folder),
            why=str(error),
        ) from None
    passage = prompts.get("passage", prompts.get("document", ""))
    return _digest(weights, tokenizer, prompts.get("query", ""), passage, longest)


def _digest(weights: list[str], tokenizer: str, query: str, passage: str, longest: object) -> str:
    text = json.dumps([weights, tokenizer, query, passage, longest], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _json(path: Path) -> dict[str, Any]:
    """The object in a JSON file, empty where there is no such file."""
    found = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found if isinstance(found, dict) else {}
