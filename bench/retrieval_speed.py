"""How long a search takes, beside the bare vector query, as the library grows.

    python bench/retrieval_speed.py [-n 1000 -n 10000 -n 100000] [--json FILE]

Chunks are made up: vectors around many centres, and 70 words drawn from 30,000 by Zipf's law, so
that a few are in nearly every chunk and most in a handful. Questions are eight words of a chunk
that was put in, and its vector is looked up; in one row the question is embedded as well, as it is
in use. Each question is searched for in each way in turn.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from rows import Row, add_json, table, write_rows  # noqa: E402
from vector_index import SIZE, vectors  # noqa: E402

from app.loaded_models import Models  # noqa: E402
from app.settings import load_settings  # noqa: E402
from retrieval.index import VectorIndex  # noqa: E402
from retrieval.ledger import (  # noqa: E402
    Filter,
    Ledger,
    OwnerLock,
    VectorTable,
    text_hash,
)
from retrieval.library import (  # noqa: E402
    Library,
    Version,
)
from retrieval.search import (  # noqa: E402
    Hubs,
    LibraryRetriever,
)

QUESTIONS, PER_DOCUMENT, WORDS, VOCABULARY = 200, 100, 70, 30_000


class Known(Embeddings):
    """Looks up the vectors of questions; any other text has a fixed one."""

    def __init__(self, known: dict[str, list[float]]) -> None:
        self._known = known

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self._known.get(text, [1.0, *[0.0] * (SIZE - 1)])


def texts(n: int) -> list[str]:
    random = np.random.default_rng(3)
    syllables = [
        a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ai", "or", "en")
    ]
    words = ["".join(random.choice(syllables, 3)) for _ in range(VOCABULARY)]
    share = 1 / np.arange(1, VOCABULARY + 1)
    drawn = random.choice(VOCABULARY, size=(n, WORDS), p=share / share.sum())
    return [" ".join(words[i] for i in row) for row in drawn]


def fill(folder: Path, bodies: list[str], matrix: np.ndarray) -> None:
    ledger = Ledger(folder / "ledger.sqlite3")
    library, table = Library(ledger), VectorTable(ledger)
    for at in range(0, len(bodies), PER_DOCUMENT):
        part = [f"{at + i} {body}" for i, body in enumerate(bodies[at : at + PER_DOCUMENT])]
        hashes = [text_hash(text) for text in part]
        table.put(dict(zip(hashes, matrix[at : at + PER_DOCUMENT], strict=True)), "model")
        collection = "small" if at == 0 else "default"
        source = library.source(collection, "folder", "/documents")
        document = library.stage(source, f"{at}.md", str(at), 1)
        chunks = [
            Document(page_content=text, metadata={"heading": "", "start": 0, "end": len(text)})
            for text in part
        ]
        version = Version(str(at), 1, "p", "model", f"Report {at}", "en", None)
        library.publish(document, version, chunks, hashes)
    ledger.close()


def in_turns(*acts: Callable[[int], object]) -> list[list[float]]:
    """Return the milliseconds of some calls, one of each in turn, for every question."""
    for act in acts:
        for i in range(20):
            act(i)
    took: list[list[float]] = [[] for _ in acts]
    for i in range(QUESTIONS):
        for act, milliseconds in zip(acts, took, strict=True):
            began = time.perf_counter()
            act(i)
            milliseconds.append(1000 * (time.perf_counter() - began))
    return took


def measure(n: int, embed: Callable[[str], object]) -> list[Row]:
    """Fill a library of n chunks and measure searches in it; `embed` embeds a question."""
    bodies, matrix = texts(n), vectors(n)
    random = np.random.default_rng(4)
    chosen = random.integers(0, n, QUESTIONS)
    asked = [" ".join(random.choice(bodies[i].split(), 8, replace=False)) for i in chosen]
    known = {
        question: list(map(float, matrix[i])) for question, i in zip(asked, chosen, strict=True)
    }
    with tempfile.TemporaryDirectory(prefix="zhiku-bench-") as name:
        folder = Path(name)
        began = time.perf_counter()
        fill(folder, bodies, matrix)
        filled = time.perf_counter() - began
        ledger = Ledger(folder / "ledger.sqlite3")
        owner = OwnerLock(folder / "owner.lock")
        owner.acquire()
        index = VectorIndex(ledger, folder / "index", "model", owner)
        index.sync()
        embeddings = Known(known)

        def retriever(within: Filter) -> LibraryRetriever:
            return LibraryRetriever(
                library=Library(ledger),
                index=index,
                vectors=VectorTable(ledger),
                embeddings=embeddings,
                hubs=Hubs(ledger, embeddings, "model"),
                fingerprint="model",
                language=lambda _: "en",
                k=10,
                within=within,
            )

        full, small = retriever(Filter()), retriever(Filter("small"))
        bare, *others = in_turns(
            lambda i: index.search(matrix[chosen[i]], 10),
            lambda i: full.invoke(asked[i]),
            lambda i: (embed(asked[i]), full.invoke(asked[i])),
            lambda i: small.invoke(asked[i]),
        )
        index.close()
        ledger.close()
    print(f"{n} chunks published in {filled:.0f} s, keywords among it", flush=True)
    rows = []
    works = ("search", "search with the question's embedding", "search in a collection of 100")
    for work, ours in zip(works, others, strict=True):
        for name, q in (("p50", 50), ("p95", 95)):
            ends = [[round(float(np.percentile(ms, q)), 2)] for ms in (ours, bare)]
            rows.append(Row(f"{n:,} chunks: {work}, {name}", "ms", *ends, "bare vector query"))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-n", type=int, action="append", help="chunks (1,000, 10,000, 100,000)")
    add_json(parser)
    given = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    embed = Models(load_settings()[0]).embeddings().embed_query
    rows = [row for n in given.n or (1_000, 10_000, 100_000) for row in measure(n, embed)]
    print(table(rows))
    write_rows(rows, given.json)


if __name__ == "__main__":
    main()
