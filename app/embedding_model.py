"""The embedding model of the settings: what runs it, loaded or prepared.

OpenVINO reads a model in a form of its own, which is made once and lies beside the models.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from llm.errors import ModelError
from llm.models import fingerprint, resolve
from retrieval.errors import LibraryError

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from app.settings import Settings
    from retrieval.embedding import Backend


def load_embedding(folder: Path, place: Path | None, wanted: Backend) -> Embeddings:
    """Load the model of a folder (seconds; half a minute more where it is to be converted).

    `place` is that of the converted model, `wanted` what is to run it. Raises ModelError.
    """
    from retrieval.embedding import load_embeddings

    try:
        return load_embeddings(folder, place, wanted)
    except LibraryError as error:  # of the model, which uploads wait for
        raise ModelError(str(error), error.reason, **error.values) from error


def prepare_embedding(folder: Path, settings: Settings) -> bool:
    """Convert the model of a folder unless that is done; tell whether it was done now.

    Takes half a minute, which else the first who embeds would wait. Raises ModelError.
    """
    from retrieval.embedding import prepare

    return prepare(folder, converted(folder, settings), settings.embed_backend)


def embed_backend(settings: Settings) -> str | None:
    """Return what runs the model of the settings, openvino or torch; None if it is not here."""
    from retrieval.embedding import backend

    try:
        folder = resolve(settings.embed_model, "embedding", settings.models_dir)
        return backend(folder, converted(folder, settings), settings.embed_backend)
    except ModelError:
        return None


def converted(folder: Path, settings: Settings) -> Path:
    """Return the place of a converted model: other weights under the same id are another one."""
    return settings.models_dir / "converted" / fingerprint(folder)
