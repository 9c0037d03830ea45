"""The embedding model run by torch, through sentence-transformers: where OpenVINO cannot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.embedding.recipe import prompts

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

# Small batches keep in the cache: on two cores 4 and 8 took 40 ms a chunk of 500 characters, the
# usual 32 took 53 (docs/measured/speed.md).
_BATCH = 8
# float32: on a CPU with AVX-512 but without AMX, bfloat16 took 1.6 to 5 times as long. Never the
# pickled weights that may lie beside, whatever the folder's files say.
WEIGHTS: dict[str, Any] = {"dtype": "float32", "use_safetensors": True}


def load_torch(folder: Path) -> Embeddings:
    """Load a sentence-transformers folder; raises whatever the libraries below do."""
    import transformers
    from langchain_huggingface import HuggingFaceEmbeddings

    # Loading takes a second; a bar for it is noise.
    transformers.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    query, passage = prompts(folder)
    return HuggingFaceEmbeddings(
        model=str(folder),
        model_kwargs={
            "local_files_only": True,
            "trust_remote_code": False,
            "model_kwargs": WEIGHTS,
        },
        encode_kwargs={
            "prompt": passage,
            "batch_size": _BATCH,
            "normalize_embeddings": True,
        },
        query_encode_kwargs={"prompt": query, "normalize_embeddings": True},
    )
