"""The embedding model, and the text that is embedded for a chunk."""

from __future__ import annotations

import json
from pathlib import Path

from langchain_core.embeddings import Embeddings

from retrieval.errors import LibraryError, first_line

# Small batches keep in the cache: on two cores 4 and 8 took 40 ms a chunk of 500 characters, the
# usual 32 took 53 (docs/measured/speed.md).
_BATCH = 8
_HEADING_CHARS = 200  # what a title or a heading path may take of the 512 tokens


def passage_text(title: str | None, heading: str, header: str, text: str) -> str:
    """Return what is embedded for a chunk: title, heading path and table header above its text."""
    lines = [part[:_HEADING_CHARS] for part in (title or "", heading, header) if part]
    return "\n".join([*lines, text])


def load_embeddings(folder: Path) -> Embeddings:
    """Load a sentence-transformers folder; vectors have unit length and come as float lists.

    Questions and passages get the prefixes that the folder's own configuration names.
    Raises LibraryError, one line, when the folder cannot be loaded.
    """
    try:
        return _load(folder)
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


def _load(folder: Path) -> Embeddings:
    import transformers
    from langchain_huggingface import HuggingFaceEmbeddings

    # Loading takes a second; a bar for it is noise.
    transformers.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    prompts = _prompts(folder)
    return HuggingFaceEmbeddings(
        model=str(folder),
        # float32: on a CPU with AVX-512 but without AMX, bfloat16 took 1.6 to 5 times as long.
        model_kwargs={
            "local_files_only": True,
            "trust_remote_code": False,
            # Never the pickled weights that may lie beside, whatever the folder's files say.
            "model_kwargs": {"dtype": "float32", "use_safetensors": True},
        },
        encode_kwargs={
            "prompt": prompts.get("passage", prompts.get("document", "")),
            "batch_size": _BATCH,
            "normalize_embeddings": True,
        },
        query_encode_kwargs={"prompt": prompts.get("query", ""), "normalize_embeddings": True},
    )


def _prompts(folder: Path) -> dict[str, str]:
    file = folder / "config_sentence_transformers.json"
    found = json.loads(file.read_text("utf-8")).get("prompts") if file.is_file() else None
    return dict(found or {})
