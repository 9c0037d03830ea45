"""Whether a folder of an embedding model can be loaded without executing anything that it brings.

A folder says by its own files what is loaded: which classes of sentence-transformers, from which
folders below it, with which arguments, and from which weights. Each of these can name a pickle,
which runs code when it is read, or a class that is none of a model's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from llm.errors import ModelError

_LARGEST = 1 << 20  # bytes of such a file; they have some hundred
_WEIGHTS = ("model.safetensors", "model.safetensors.index.json")
# The steps of the models that are in use, and those of them that have weights of their own.
_STEP = re.compile(
    r"sentence_transformers(?:\.[a-z_]+)*\.(Transformer|Pooling|Normalize|Dropout|Dense|LayerNorm)"
)
_WEIGHTED = {"Transformer", "Dense", "LayerNorm"}
# What the configuration of a Transformer may hand to the library that builds it.
_ARGUMENTS = {"add_pooling_layer", "dtype", "torch_dtype", "max_length", "do_lower_case"}


def check_embedding_folder(folder: Path) -> None:
    """Raise ModelError, one line, if a folder's own files would load more than plain weights."""
    for path, step in _steps(folder):
        if step in _WEIGHTED:
            _check_weights(folder, path)
        if step == "Transformer":
            _check_arguments(folder, path)


def _steps(folder: Path) -> list[tuple[Path, str]]:
    """Return the folder and the class of each step; one Transformer where none are named."""
    file = folder / "modules.json"
    if not file.is_file():
        return [(folder, "Transformer")]
    listed = _json(file)
    if not isinstance(listed, list) or not all(isinstance(step, Mapping) for step in listed):
        raise _refused(file, "it does not list the steps of a model")
    steps = []
    for step in listed:
        named = _STEP.fullmatch(str(step.get("type")))
        if named is None:
            raise _refused(
                file, f"it loads {str(step.get('type'))[:100]!r}, which is no known step"
            )
        path = PurePosixPath(str(step.get("path", "")))
        if path.is_absolute() or ".." in path.parts or "\\" in str(path):
            raise _refused(file, f"its step {str(path)[:100]!r} is not in the folder")
        steps.append((folder / path, named[1]))
    return steps


def _check_weights(folder: Path, path: Path) -> None:
    if (path / "adapter_config.json").exists():
        raise _refused(path / "adapter_config.json", "an adapter names another model to load")
    if not any((path / name).is_file() for name in _WEIGHTS):
        raise ModelError(
            f"{str(folder)!r} has no {_WEIGHTS[0]} in {path.name!r}; pickled weights (.bin, .pt) "
            "can run code and are not loaded",
            "embedding-unsafe",
            folder=str(folder),
        )
    index = path / _WEIGHTS[1]
    if index.is_file() and not (path / _WEIGHTS[0]).is_file():
        names = _object(index).get("weight_map")
        if not isinstance(names, Mapping) or not all(map(_is_plain, names.values())):
            raise _refused(index, "it names other files than .safetensors beside it")


def _check_arguments(folder: Path, path: Path) -> None:
    for place in {folder, path}:
        for file in place.glob("sentence_*_config.json"):
            found = _object(file).items()
            groups = [g for name, g in found if name.endswith(("_args", "_kwargs"))]
            given = {str(name) for g in groups if isinstance(g, Mapping) for name in g}
            if more := sorted(given - _ARGUMENTS):
                raise _refused(file, f"it sets {more[0][:100]!r}")
        config = place / "config.json"
        if config.is_file() and config.stat().st_size:
            weights = _object(config).get("transformers_weights")
            if weights is not None and not _is_plain(weights):
                raise _refused(config, f"its weights are {str(weights)[:100]!r}")


def _is_plain(name: object) -> bool:
    return isinstance(name, str) and bool(re.fullmatch(r"[\w.-]+\.safetensors", name))


def _object(file: Path) -> Mapping[str, Any]:
    found = _json(file)
    if not isinstance(found, Mapping):
        raise _refused(file, "it is no object")
    return found


def _json(file: Path) -> Any:
    try:
        if file.stat().st_size > _LARGEST and file.name != _WEIGHTS[1]:
            raise _refused(file, "it is too large")
        return json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise _refused(file, f"it cannot be read: {str(error)[:100]}") from None


def _refused(file: Path, why: str) -> ModelError:
    return ModelError(
        f"{str(file)!r} is not one of a plain embedding model ({why}); take another folder, or the "
        "original one",
        "embedding-odd",
        file=str(file),
    )
