"""What it costs a question to know which edition of each document is in force.

    python bench/editions_speed.py [-n 1000 -n 10000]

A ledger of n made-up documents, each third of them with two older editions, and questions that
found passages of 100 documents: what is timed is all that a search does more than without editions
(looked up, ordered). No model is loaded.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
from langchain_core.documents import Document

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from retrieval.ledger import Ledger, VectorTable, text_hash  # noqa: E402
from retrieval.library import Library, Version, fill_editions, standings  # noqa: E402
from retrieval.search import RankedChunk, asked_edition, by_edition  # noqa: E402

QUESTIONS, FOUND = 100, 100
WORDS = 60  # of a document


def fill(ledger: Ledger, n: int) -> list[str]:
    """Put the documents in; return their ids."""
    library, vectors = Library(ledger), VectorTable(ledger)
    source = library.source("default", "folder", "/docs")
    ids = []
    with ledger.write():
        for i in range(n):
            series, edition = divmod(i, 3)
            body = " ".join(f"word{series * 7 + w}" for w in range(WORDS))
            text = f"Version {edition + 1}.0, in force from 1 May {2020 + edition}\n\n{body} {i}"
            document = library.stage(source, f"{series % 50}/policy-{series}-v{edition}.md", "s", 1)
            hashed = text_hash(text)
            vectors.put({hashed: np.ones(4, np.float32)}, "model")
            version = Version("s", 1, "p", "model", f"Policy of topic{series}", "en", None)
            chunk = Document(
                page_content=text, metadata={"heading": "", "start": 0, "end": len(text)}
            )
            library.publish(document, version, [chunk], [hashed])
            ids.append(document)
    return ids


def measure(n: int) -> None:
    """Print the times for a library of n documents."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "ledger.sqlite3")
        ids = fill(ledger, n)
        random, today, times, all_described = np.random.default_rng(1), date(2026, 1, 1), [], 0
        for _ in range(QUESTIONS):
            documents = [ids[i] for i in random.choice(n, FOUND)]
            began = time.process_time()
            fill_editions(ledger)
            with ledger.read() as db:
                found = standings(db, documents, today)
            ranked = [RankedChunk(str(k), d, 0.5, frozenset()) for k, d in enumerate(documents)]
            by_edition(ranked, found, asked_edition("How many days of leave?"), only_asked=True)
            times.append(1000 * (time.process_time() - began))
            all_described += len(found)
        began = time.process_time()
        with ledger.write() as db:
            db.execute("UPDATE documents SET described=0")
        fill_editions(ledger)
        described = time.process_time() - began
        ledger.close()
    print(
        f"{n:7} documents: {np.median(times):6.2f} ms of processor time a question (median;"
        f" {max(times):.2f} at most); {all_described / QUESTIONS:.0f} of {FOUND} documents have"
        f" editions; all described anew in {described:.1f} s",
        flush=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, action="append")
    for size in parser.parse_args().n or [1_000, 10_000]:
        measure(size)
