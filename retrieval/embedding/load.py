"""What runs the embedding model on this machine, and the model loaded by it."""

from __future__ import annotations

import ctypes
import logging
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from retrieval.embedding.converted import XML, about, is_whole, make
from retrieval.embedding.recipe import NotConvertible, recipe
from retrieval.embedding.runtime import openvino_version
from retrieval.embedding.torch_embeddings import load_torch
from retrieval.errors import LibraryError, first_line

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

log = logging.getLogger(__name__)

Backend = Literal["auto", "openvino", "torch"]
_CUDA = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"


def backend(
    folder: Path, converted: Path, wanted: Backend = "auto"
) -> Literal["openvino", "torch"]:
    """Return what runs, or will run, the model in a folder; loads nothing.

    `converted` is the place of the model as OpenVINO reads it, named by the model's fingerprint.
    """
    if not _wants_openvino(wanted):
        return "torch"
    try:
        recipe(folder)
    except NotConvertible:
        return "torch"
    found = about(folder, converted)
    return "torch" if found and found.refused else "openvino"


def prepare(folder: Path, converted: Path, wanted: Backend = "auto") -> bool:
    """Convert a model unless that is done or not to be; tell whether it was done now.

    Takes half a minute. What cannot be converted is left to torch, which the log says.
    """
    if backend(folder, converted, wanted) == "torch":
        return False
    found = about(folder, converted)
    if found and is_whole(converted, found):
        return False
    try:
        return not make(folder, converted).refused
    except NotConvertible as error:
        _say(error)
        return False


def load_embeddings(
    folder: Path, converted: Path | None = None, wanted: Backend = "auto"
) -> Embeddings:
    """Load a sentence-transformers folder; vectors have unit length and come as float lists.

    Questions and passages get the prefixes that the folder's own configuration names. OpenVINO
    runs it where `converted` is a place to keep what it reads, and it can; else torch does.
    Raises LibraryError, one line, when the folder cannot be loaded.
    """
    if converted is not None and _wants_openvino(wanted):
        try:
            return _by_openvino(folder, converted)
        except NotConvertible as error:
            _say(error)
    try:
        return load_torch(folder)
    except Exception as error:
        # The libraries below raise OSError, ValueError, SafetensorError, …, some with a page of
        # text; the first line says it.
        raise LibraryError(
            f"the embedding model in {str(folder)!r} cannot be loaded ({first_line(error)}); "
            "try `kb models verify`, or another one with KB_EMBED_MODEL",
            "embedding-unloadable",
            folder=str(folder),
            why=first_line(error),
        ) from error


def _by_openvino(folder: Path, converted: Path) -> Embeddings:
    """Load a converted model, made where it is not there, damaged, or of another release."""
    from retrieval.embedding.openvino_embeddings import OpenVinoEmbeddings

    found = about(folder, converted)
    if found is None or not (found.refused or is_whole(converted, found)):
        found = make(folder, converted)
    if found.refused:
        raise NotConvertible(found.refused)
    try:
        return OpenVinoEmbeddings.load(folder, converted / XML)
    except Exception as error:  # native code says in its own ways that it does not run here
        raise NotConvertible(f"OpenVINO does not run it: {first_line(error)}") from error


def _say(why: NotConvertible) -> None:
    log.warning("torch runs the embedding model, not OpenVINO: %s", why)


def _wants_openvino(wanted: Backend) -> bool:
    if wanted == "torch" or openvino_version() is None:
        return False
    return wanted == "openvino" or not _has_gpu()


def _has_gpu() -> bool:
    """Tell whether torch would run on an NVIDIA GPU; does not import it."""
    with suppress(PackageNotFoundError):
        if version("torch").endswith("+cpu"):
            return False
    try:
        cuda, count = ctypes.CDLL(_CUDA), ctypes.c_int(0)
    except OSError:
        return False
    return not cuda.cuInit(0) and not cuda.cuDeviceGetCount(ctypes.byref(count)) and count.value > 0
