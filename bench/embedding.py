"""Tokens a second of what can run the embedding model, in turns, and how near the vectors are.

    python bench/embedding.py [FOLDER] [--json FILE]

torch embeds in batches of 32, as sentence-transformers does unless told otherwise, and of 8;
OpenVINO in batches of its own, all texts at once and in slices as a document is embedded.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import argparse
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

sys.path.insert(0, str(Path(__file__).parent))

from rows import Row, add_json, table, write_rows

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
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("data/samples/docs"))
    add_json(parser)
    given = parser.parse_args()
    settings, folder = load_settings()[0], given.folder
    models = Models(settings)
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
    rows = []
    for ours in list(cases)[2:]:
        least = (reference * np.asarray(vectors[ours])).sum(axis=1).min()
        for other in list(cases)[:2]:
            speeds = [[tokens / took for took in seconds[name]] for name in (ours, other)]
            note = f"least cosine {least:.5f}"
            rows.append(Row(f"embed: {ours}", "tokens/s", *speeds, other, note=note))
    took = []
    for text in texts[:20]:
        began = time.perf_counter()
        fast.embed_query(text[:30])
        took.append(1000 * (time.perf_counter() - began))
    rows.append(Row("embed a question", "ms", took))
    print(f"{len(texts)} chunks of {folder}, {tokens} tokens, {ROUNDS} rounds in turns")
    print(table(rows))
    write_rows(rows, given.json)


if __name__ == "__main__":
    main()
