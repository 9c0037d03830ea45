"""The folder of the installed models: `<models_dir>/<model id>/<file>`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from llm.errors import ModelError
from llm.models.catalogue import Model, find, models
from llm.models.embedding_files import missing_embedding_files
from llm.models.embedding_folder import check_embedding_folder
from llm.models.file_hashes import known_sha256, remember, remembered, sha256_of
from llm.models.gguf import check_complete


def installed(model: Model, models_dir: Path) -> Path | None:
    """Where the model is, None unless it is whole.

    The path is that of the .gguf file for a chat model and of the folder for an embedding model.
    Reads sizes only; a file is hashed when it is new or was changed since it was last hashed.
    """
    return None if _problem(model, models_dir) else _place(model, models_dir)


def resolve(
    name_or_path: str,
    kind: Literal["chat", "embedding"],
    models_dir: Path,
    catalogue: Sequence[Model] | None = None,
) -> Path:
    """The file (chat) or folder (embedding) to load for a catalogue id or a path.

    An id whose fallback alone is installed gives the fallback. Raises ModelError, one line that
    says what to do, when there is nothing whole to load.
    """
    known = models() if catalogue is None else catalogue
    if any(model.id == name_or_path for model in known):
        return _resolve_id(find(name_or_path, known), kind, models_dir, known)
    path = Path(name_or_path).expanduser()
    if not path.exists():
        if path.name == name_or_path and path.suffix != ".gguf":
            find(name_or_path, known)  # no path by its looks: names the nearest ids
        raise ModelError(
            f"no model file at {name_or_path!r}; `kb models list` shows what can be had",
            "model-no-file",
            file=name_or_path,
        )
    return _check_gguf(path) if kind == "chat" else _check_folder(path)


def verify(model: Model, models_dir: Path) -> list[str]:
    """Hash every file of the model again; what is wrong, one line each, empty when all is well."""
    folder = models_dir / model.id
    problems = []
    for file in model.files:
        path = folder / file.name
        if not path.is_file():
            problems.append(str(_absent(model)))
            continue
        wanted = file.sha256 or remembered(folder, file.name)
        found = sha256_of(path)
        if found == wanted:
            remember(folder, file.name, found)
        else:
            problems.append(str(_wrong(model, path, found, wanted)))
    if not problems and model.kind == "embedding" and missing_embedding_files(model, folder):
        problems.append(str(_absent(model)))
    return problems


def _resolve_id(model: Model, kind: str, models_dir: Path, known: Sequence[Model]) -> Path:
    if model.kind != kind:
        raise ModelError(
            f"{model.id!r} is a model for {model.kind}, not for {kind}",
            "model-other-kind",
            model=model.id,
        )
    problem = _problem(model, models_dir)
    if problem is None:
        return _place(model, models_dir)
    if model.fallback and (path := installed(find(model.fallback, known), models_dir)):
        return path
    raise problem


def _place(model: Model, models_dir: Path) -> Path:
    folder = models_dir / model.id
    return folder / model.files[0].name if model.kind == "chat" else folder


def _problem(model: Model, models_dir: Path) -> ModelError | None:
    """The first thing that is wrong with the installed model."""
    folder = models_dir / model.id
    for file in model.files:
        path = folder / file.name
        if not path.is_file():
            return _absent(model)
        size = path.stat().st_size
        if file.bytes is not None and size != file.bytes:
            return ModelError(
                f"{str(path)!r} has {size} of {file.bytes} bytes:"
                f" run `kb models pull {model.id}` to replace it",
                "model-damaged",
                file=str(path),
            )
        wanted = file.sha256 or remembered(folder, file.name)
        if wanted is None:
            return ModelError(
                f"{str(path)!r} was never checked: run `kb models pull {model.id}` to replace it",
                "model-unchecked",
                file=str(path),
            )
        if (found := known_sha256(folder, file.name)) != wanted:
            return _wrong(model, path, found, wanted)
    if model.kind == "embedding" and missing_embedding_files(model, folder):
        return _absent(model)
    return None


def _absent(model: Model) -> ModelError:
    return ModelError(
        f"model {model.id!r} is not installed: run `kb models pull {model.id}`",
        "model-missing",
        model=model.id,
    )


def _wrong(model: Model, path: Path, found: str, wanted: str | None) -> ModelError:
    return ModelError(
        f"{str(path)!r} is damaged (SHA-256 {found[:12]}…, not {(wanted or 'known')[:12]}…):"
        f" run `kb models pull {model.id}` to replace it",
        "model-damaged",
        file=str(path),
    )


def _check_gguf(path: Path) -> Path:
    if not path.is_file():
        raise ModelError(
            f"{str(path)!r} is a folder: give the .gguf file in it",
            "model-is-folder",
            file=str(path),
        )
    check_complete(path)
    return path


def _check_folder(path: Path) -> Path:
    """The folder when sentence-transformers can load it without executing a pickle."""
    if not path.is_dir():
        raise ModelError(
            f"{str(path)!r} is a file: give the folder of the embedding model",
            "embedding-is-file",
            file=str(path),
        )
    if not any(path.glob("*.safetensors")):
        raise ModelError(
            f"{str(path)!r} has no .safetensors weights; pickled ones (.bin, .pt) can run code"
            " and are not loaded",
            "embedding-unsafe",
            folder=str(path),
        )
    for name in ("config.json", "tokenizer.json"):
        if not (path / name).is_file():
            raise ModelError(
                f"{str(path)!r} has no {name}: get the model again",
                "embedding-incomplete",
                folder=str(path),
                name=name,
            )
    check_embedding_folder(path)
    return path
