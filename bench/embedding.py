"""Tokens a second of what can run the embedding model, in turns, and how near the vectors are.

    python bench/embedding.py [FOLDER]

torch embeds in batches of 32, as sentence-transformers does unless told otherwise, and of 8;
OpenVINO in batches of its own, all texts at once and in slices as a document is embedded.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from app.embedding_model import converted, load_embedding
from app.loaded_models import Models
from app.settings import load_settings
from ingest.chunks import split
from ingest.folders import scan
from ingest.limits import Limits
from ingest.readers import read

CHUNKS = 96
ROUNDS = 3
SLICE = 8


def chunks(folder: Path, tokenizer: Tokenizer, length: int) -> list[str]:
    texts: list[str] = []
    for found in scan(folder).files:
        reading = read(found.file, found.path, Limits())
        texts += [c.page_content for c in split(reading, tokenizer, length)]
    return texts[:: max(1, len(texts) // CHUNKS)][:CHUNKS]


def main() -> None:
    settings = load_settings()[0]
    models = Models(settings)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("data/samples/docs")
    tokenizer = Tokenizer.from_file(str(models.tokenizer_file))
    texts = chunks(folder, tokenizer, settings.chunk_tokens)
    tokens = sum(len(tokenizer.encode(text).ids) for text in texts)
    embedding = models.embedding_folder
    fast = load_embedding(embedding, converted(embedding, settings), "openvino")
    torch = SentenceTransformer(
        str(models.embedding_folder), local_files_only=True, model_kwargs={"dtype": "float32"}
    )

    def by_torch(batch: int) -> list[list[float]]:
        whole = [text.replace("\n", " ") for text in texts]
        found = torch.encode(whole, batch_size=batch, prompt="passage: ", normalize_embeddings=True)
        return list(found.tolist())

    def in_slices() -> list[list[float]]:
        parts = (texts[at : at + SLICE] for at in range(0, len(texts), SLICE))
        return [vector for part in parts for vector in fast.embed_documents(part)]

    cases: dict[str, Callable[[], list[list[float]]]] = {
        "torch, batch 32": lambda: by_torch(32),
        "torch, batch 8": lambda: by_torch(8),
        type(fast).__name__: lambda: fast.embed_documents(texts),
        f"the same, {SLICE} texts at once": in_slices,
    }
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    vectors: dict[str, list[list[float]]] = {}
    for _ in range(ROUNDS):  # in turns, so that a busy moment of the machine hits all alike
        for name, run in cases.items():
            began = time.perf_counter()
            vectors[name] = run()
            seconds[name].append(time.perf_counter() - began)
    reference = np.asarray(vectors["torch, batch 8"])
    print(f"{len(texts)} chunks of {folder}, {tokens} tokens, median of {ROUNDS} rounds in turns")
    for name, took in seconds.items():
        # Of each round on its own: what the machine does besides is much the same within one.
        ratio = statistics.median(
            a / b for a, b in zip(seconds["torch, batch 32"], took, strict=True)
        )
        least = (reference * np.asarray(vectors[name])).sum(axis=1).min()
        print(
            f"{name:28} {tokens / statistics.median(took):7.0f} tokens/s  {ratio:5.2f}x"
            f"  least cosine {least:.5f}"
        )
    began = time.perf_counter()
    for text in texts[:20]:
        fast.embed_query(text[:30])
    print(f"a question: {50 * (time.perf_counter() - began):.0f} ms")


if __name__ == "__main__":
    main()
