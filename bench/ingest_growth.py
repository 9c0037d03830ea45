"""Time per file and peak memory as a folder grows from 100 to 10,000 small files.

    python bench/ingest_growth.py [--most 10000] [--rounds 1] [--no-model] [--json FILE]

The files are made up, each of one passage that no other has: 60 words drawn from 5,000. Each size
is ingested into a new library by a process of its own; its models are loaded before the clock runs.
With --no-model vectors are drawn by chance, which shows how all else grows: embedding takes most of
the time, and as long for each file.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings

from app.loaded_models import Models
from app.service import KnowledgeBase, build
from app.settings import Settings, load_settings
from retrieval.ledger import Ledger

sys.path.insert(0, str(Path(__file__).parent))

from rows import Row, add_json, table, write_rows

SIZES = (100, 1000, 3000, 10_000)
WORDS, VOCABULARY, PER_FOLDER, DIMENSIONS = 60, 5000, 100, 384


class ByChance(Models):
    """Has vectors that are drawn by chance, the same for the same text."""

    def embeddings(self) -> Embeddings:
        if self._embeddings is None:
            self._embeddings = DeterministicFakeEmbedding(size=DIMENSIONS)
        return self._embeddings


def write(folder: Path, files: int) -> None:
    chance = random.Random(files)  # noqa: S311
    letters = "abcdefghijklmnoprstuvwy"
    words = ["".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(VOCABULARY)]
    for number in range(files):
        place = folder / f"{number // PER_FOLDER:03}" / f"{number:05}.txt"
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"Note {number}. {' '.join(chance.choices(words, k=WORDS))}.\n", "utf-8")


def opened(settings: Settings, model: bool) -> KnowledgeBase:
    if model:
        return build(settings)
    return KnowledgeBase(settings, Ledger(settings.ledger_path), ByChance(settings))


def one(files: int, *, model: bool) -> dict[str, Any]:
    """Ingest so many files; tell the seconds, the processor's, and the peak of memory in MiB."""
    with tempfile.TemporaryDirectory() as name:
        docs = Path(name) / "docs"
        docs.mkdir()
        write(docs, files)
        mine = {"data_dir": Path(name) / "library", "model_process": "off"}
        kb = opened(load_settings()[0].model_copy(update=mine), model)
        kb.models.embeddings().embed_documents(["The first call makes ready what the model needs."])
        began, used = time.perf_counter(), processor()
        report = kb.ingest([docs])
        seconds = time.perf_counter() - began
        again = kb.ingest([docs]).seconds
        kb.close()
        if report.added != files:
            raise SystemExit(f"{report.added} of {files} files were read: {report.failed[:3]}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        return {
            "files": files,
            "seconds": seconds,
            "processor": processor() - used,  # with the processes that read, which have ended
            "again": again,
            "peak_mib": peak,
        }


def processor() -> float:
    used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def started(files: int, *, model: bool) -> dict[str, Any]:
    command = [sys.executable, __file__, "--one", str(files), *([] if model else ["--no-model"])]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--most", type=int, default=SIZES[-1], help="files of the largest folder")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--no-model", action="store_true", help="vectors by chance")
    add_json(parser)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(one(given.one, model=not given.no_model)))
        return
    sizes = [size for size in SIZES if size <= given.most]
    runs = [started(size, model=not given.no_model) for _ in range(given.rounds) for size in sizes]
    rows: list[Row] = []
    for size in sizes:
        mine, first = ([r for r in runs if r["files"] == n] for n in (size, sizes[0]))
        beside, goal = f"of {sizes[0]} files", "≤ 1.15"
        for what, unit in (("seconds", "ms a file"), ("processor", "ms of the processor a file")):
            each = [[1000 * r[what] / r["files"] for r in some] for some in (mine, first)]
            rows.append(Row(f"ingest {size:,} small files", unit, *each, beside, goal))
        peaks = [[r["peak_mib"] for r in some] for some in (mine, first)]
        rows.append(Row(f"ingest {size:,} small files", "MiB at most", *peaks, beside, goal))
        rows.append(Row("the same again, nothing changed", "s", [r["again"] for r in mine]))
    print(table(rows))
    write_rows(rows, given.json)


if __name__ == "__main__":
    main()
