"""Milliseconds a chunk for number formats and batch sizes, as ratios to what the app uses.

python bench/embedding.py [FOLDER]
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import sys
import time
from pathlib import Path

from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from app.loaded_models import Models
from app.settings import load_settings
from ingest.chunks import split
from ingest.folders import scan
from ingest.limits import Limits
from ingest.readers import read

CHUNKS = 96
ROUNDS = 3


def chunks(folder: Path, models: Models, length: int) -> list[str]:
    texts: list[str] = []
    tokenizer = Tokenizer.from_file(str(models.tokenizer_file))
    for found in scan(folder).files:
        reading = read(found.file, found.path, Limits())
        texts += [c.page_content for c in split(reading, tokenizer, length)]
    return texts[:: max(1, len(texts) // CHUNKS)][:CHUNKS]


def main() -> None:
    settings = load_settings()[0]
    models = Models(settings)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("data/samples/docs")
    texts = chunks(folder, models, settings.chunk_tokens)
    loaded = {
        name: SentenceTransformer(
            str(models.embedding_folder),
            local_files_only=True,
            model_kwargs={"dtype": name},
        )
        for name in ("float32", "bfloat16")
    }
    cases = [(name, batch) for name in loaded for batch in (4, 8, 16, 32)]
    best: dict[tuple[str, int], float] = {}
    for _ in range(ROUNDS):  # in turns, so that a busy moment of the machine hits all alike
        for name, batch in cases:
            began = time.perf_counter()
            loaded[name].encode(texts, batch_size=batch, prompt="passage: ")
            seconds = time.perf_counter() - began
            best[name, batch] = min(seconds, best.get((name, batch), seconds))
    reference = best["float32", 8]
    print(f"{len(texts)} chunks of {folder}, best of {ROUNDS} rounds in turns")
    for (name, batch), seconds in best.items():
        ms = 1000 * seconds / len(texts)
        print(f"{name:9} batch {batch:2}: {ms:6.1f} ms a chunk, {seconds / reference:.2f}x")


if __name__ == "__main__":
    main()
