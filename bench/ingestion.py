"""What ingesting a folder costs: the first time, again, one file edited, one renamed.

    python bench/ingestion.py [FOLDER]

Works on a copy in a temporary folder; the embedding model is loaded before the clock starts.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import shutil
import sys
import tempfile
from pathlib import Path

from app.service import build
from app.settings import load_settings


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("data/samples/docs")
    with tempfile.TemporaryDirectory() as name:
        docs = Path(name) / "docs"
        shutil.copytree(folder, docs)
        settings = load_settings()[0].model_copy(update={"data_dir": Path(name) / "library"})
        kb = build(settings)
        kb.models.embeddings()
        first = kb.ingest([docs]).seconds
        print(f"first        {first:7.2f} s  {kb.status()['chunks']} chunks")
        texts = sorted(p for p in docs.rglob("*") if p.suffix in (".md", ".txt"))
        for case in ("again", "one edited", "one renamed"):
            if case == "one edited":
                texts[0].write_bytes(texts[0].read_bytes() + b"\n\nOne line more.\n")
            elif case == "one renamed":
                texts[-1].rename(texts[-1].with_stem(texts[-1].stem + "-new"))
            report = kb.ingest([docs])
            share = report.seconds / first
            print(f"{case:12} {report.seconds:7.2f} s  {share:6.1%} of the first")
        kb.close()


if __name__ == "__main__":
    main()
