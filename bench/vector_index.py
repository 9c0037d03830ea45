"""The library's vector index beside plain Chroma, with as many chunks.

    python bench/vector_index.py [-n CHUNKS]

Vectors are made up: 384 dimensions, 20 around each of many centres, as texts on one subject are.
Each measurement runs in a process of its own. Opening is counted from an imported chromadb to the
first answer. Plain Chroma is used as tutorials do: default settings, texts in it, one `query` call.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.documents import Document
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from retrieval.index import VectorIndex  # noqa: E402
from retrieval.index.exact import nearest  # noqa: E402
from retrieval.index.searchable import Vectors  # noqa: E402
from retrieval.ledger import (  # noqa: E402
    Ledger,
    OwnerLock,
    VectorTable,
    text_hash,
)
from retrieval.library import (  # noqa: E402
    Library,
    Version,
)

SIZE, PER_DOCUMENT, QUESTIONS, K = 384, 100, 500, 10
OPENINGS = 7  # of which the median is told: a single one varies by half
PAUSE = 0.05  # seconds between two questions while the index is built anew
VECTORS = "vectors.npy"
TEXT = "Zhiku 知库 answers from documents, in Chinese or English. " * 9
Matrix = NDArray[np.float32]
Search = Callable[[Matrix], list[str]]


def unit(matrix: NDArray[np.float64]) -> Matrix:
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)


def vectors(n: int, seed: int = 0) -> Matrix:
    random = np.random.default_rng(seed)
    centres = random.normal(size=(max(1, n // 20), SIZE))
    return unit(centres[np.arange(n) % len(centres)] + 0.7 * random.normal(size=(n, SIZE)))


def questions(matrix: Matrix) -> Matrix:
    random = np.random.default_rng(1)
    near = matrix[random.integers(0, len(matrix), QUESTIONS)]
    return unit(near + 0.03 * random.normal(size=near.shape))


# -- the library


def fill(folder: Path, matrix: Matrix, first: int = 0) -> None:
    """Publish documents of 100 chunks each."""
    ledger = Ledger(folder / "ledger.sqlite3")
    library, table = Library(ledger), VectorTable(ledger)
    source = library.source("default", "folder", "/documents")
    for at in range(0, len(matrix), PER_DOCUMENT):
        texts = [f"{first + i} {TEXT}" for i in range(at, min(at + PER_DOCUMENT, len(matrix)))]
        hashes = [text_hash(t) for t in texts]
        table.put(dict(zip(hashes, matrix[at : at + PER_DOCUMENT], strict=True)), "model")
        name = f"{first + at}"
        document = library.stage(source, f"{name}.md", name, 1)
        chunks = [
            Document(page_content=t, metadata={"heading": "", "start": 0, "end": len(t)})
            for t in texts
        ]
        library.publish(document, Version(name, 1, "p", "model", None, "en", None), chunks, hashes)
    ledger.close()


def open_ours(folder: Path) -> tuple[Search, VectorIndex]:
    ledger = Ledger(folder / "ledger.sqlite3")
    owner = OwnerLock(folder / "owner.lock")
    owner.acquire()
    index, library = VectorIndex(ledger, folder / "index", "model", owner), Library(ledger)

    def search(vector: Matrix) -> list[str]:
        with library.snapshot():
            hits = index.search(vector, K)
            visible = library.chunks([chunk for chunk, _ in hits])
        return [visible[chunk].page_content.split()[0] for chunk, _ in hits]

    return search, index


def ready(index: VectorIndex) -> None:
    if not index.ready:
        raise SystemExit(f"Chroma is not in use: {index.trouble}")


# -- plain Chroma


def open_plain(folder: Path) -> tuple[Search, Any]:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(
        str(folder / "plain"), settings=Settings(anonymized_telemetry=False)
    )
    rows = client.get_or_create_collection("chunks", configuration={"hnsw": {"space": "cosine"}})

    def search(vector: Matrix) -> list[str]:
        found = rows.query(query_embeddings=vector[np.newaxis], n_results=K)["ids"][0]
        return [str(int(i.replace("-", ""), 16)) for i in found]

    return search, rows


def add_plain(rows: Any, matrix: Matrix, first: int = 0) -> None:
    for at in range(0, len(matrix), 1000):
        part = matrix[at : at + 1000]
        # UUIDs, as LangChain gives them: Chroma reads all ids when it opens.
        ids = [str(uuid.UUID(int=first + at + i)) for i in range(len(part))]
        rows.add(
            ids=ids,
            embeddings=part,
            documents=[f"{i} {TEXT}" for i in ids],
            metadatas=[{"collection": "default"}] * len(ids),
        )


def memory_mb() -> float:
    """Return what this process holds in memory now, the file of the made-up vectors left out."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.endswith(" kB")}
    return (sizes["VmRSS"] - sizes["RssFile"]) / 1024


# -- what is measured, each in a process of its own


def measure_build(which: str, folder: Path, matrix: Matrix) -> dict[str, Any]:
    began = time.perf_counter()
    if which == "plain":
        add_plain(open_plain(folder)[1], matrix)
    else:
        index = open_ours(folder)[1]
        index.sync()
        ready(index)
        index.close()
    return {"build s": time.perf_counter() - began}


def measure_open(which: str, folder: Path, matrix: Matrix) -> dict[str, Any]:
    import chromadb  # noqa: F401

    question = questions(matrix[:1000])[0]
    before = time.perf_counter()
    result: dict[str, Any] = {}
    if which == "plain":
        search = open_plain(folder)[0]
    else:
        search, index = open_ours(folder)
        search(question)
        result["first answer (exact) s"] = time.perf_counter() - before
        before = time.perf_counter()
        index.sync()
        result["rebuilt"] = index.built
        ready(index)
    search(question)
    result["open s"] = time.perf_counter() - before
    return result


def measure_query(which: str, folder: Path, matrix: Matrix) -> dict[str, Any]:
    if which == "plain":
        search = open_plain(folder)[0]
    else:
        search, index = open_ours(folder)
        index.sync()
        ready(index)
    asked = questions(matrix)
    for question in asked[:20]:
        search(question)
    memory = memory_mb()
    seconds, found = [], []
    for question in asked:
        began = time.perf_counter()
        found.append(search(question))
        seconds.append(time.perf_counter() - began)
    everything = Vectors([str(i) for i in range(len(matrix))], matrix)
    right = [{i for i, _ in nearest(everything, question, K)} for question in asked]
    hits = sum(len(set(f) & r) for f, r in zip(found, right, strict=True))
    return {
        "p50 ms": 1000 * float(np.percentile(seconds, 50)),
        "p95 ms": 1000 * float(np.percentile(seconds, 95)),
        "recall@10": hits / (K * len(asked)),
        "memory MB": memory,
    }


def measure_rebuild(which: str, folder: Path, matrix: Matrix) -> dict[str, Any]:
    """Ask again and again while the index is built anew; an answer must be the exact one."""
    search, index = open_ours(folder)
    thread = threading.Thread(target=index.rebuild)
    asked = questions(matrix)
    everything = Vectors([str(i) for i in range(len(matrix))], matrix)
    right = [[i for i, _ in nearest(everything, q, K)] for q in asked[:50]]
    search(asked[0])
    began = time.perf_counter()
    thread.start()
    seconds, wrong = [], 0
    while thread.is_alive():
        n = len(seconds) % 50
        asked_at = time.perf_counter()
        wrong += search(asked[n]) != right[n]
        seconds.append(time.perf_counter() - asked_at)
        time.sleep(PAUSE)
    return {
        "rebuild s": time.perf_counter() - began,
        "answered meanwhile": len(seconds),
        "wrong meanwhile": wrong,
        "p95 meanwhile ms": 1000 * float(np.percentile(seconds, 95)),
        "memory after it MB": memory_mb(),
    }


def add_until_killed(which: str, folder: Path, matrix: Matrix) -> dict[str, Any]:
    """Add more and more, a batch at a time; somebody will end this process."""
    more, first = vectors(20_000, seed=2), len(matrix)
    if which == "plain":
        rows = open_plain(folder)[1]
    else:
        index = open_ours(folder)[1]
        index.sync()
    print("adding", flush=True)
    for at in range(0, len(more), 500):
        if which == "plain":
            add_plain(rows, more[at : at + 500], first + at)
        else:
            fill(folder, more[at : at + 500], first + at)
            index.sync()
    raise SystemExit("nobody ended this process")


STEPS = {
    "build": measure_build, "open": measure_open, "query": measure_query,
    "rebuild": measure_rebuild, "add": add_until_killed,
}  # fmt: skip


def child(step: str, which: str, folder: Path, n: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--step", step, "--which", which, "--folder", str(folder)]
    done = subprocess.run(
        [*command, "-n", str(n)], stdout=subprocess.PIPE, text=True, check=False, timeout=3600
    )
    if done.returncode:
        return {f"{step} s": f"failed ({done.returncode})"}
    return dict(json.loads(done.stdout))


def killed(which: str, folder: Path, n: int, seconds: float) -> None:
    command = [sys.executable, __file__, "--step", "add", "--which", which, "--folder", str(folder)]
    with subprocess.Popen([*command, "-n", str(n)], stdout=subprocess.PIPE, text=True) as process:
        next(iter(process.stdout or ()))
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)


def compare(n: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="zhiku-bench-"))
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    try:
        np.save(folder / VECTORS, vectors(n))
        fill(folder, np.load(folder / VECTORS))
        results: dict[str, dict[str, Any]] = {}
        for which in ("plain", "ours"):
            results[which] = child("build", which, folder, n)
        openings = [
            {which: child("open", which, folder, n) for which in results} for _ in range(OPENINGS)
        ]
        for which, result in results.items():
            result |= medians([opened[which] for opened in openings])
            result |= child("query", which, folder, n)
        results["ours"] |= child("rebuild", "ours", folder, n)
        for which in ("plain", "ours"):
            killed(which, folder, n, 3.0)
            after = child("open", which, folder, n)
            results[which] |= {f"after a kill: {name}": value for name, value in after.items()}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{n} chunks of {SIZE} dimensions, {QUESTIONS} questions\n")
    print("| | plain Chroma | Zhiku | ratio |\n|---|---|---|---|")
    for name in dict.fromkeys([*results["plain"], *results["ours"]]):
        plain, ours = (results[which].get(name) for which in ("plain", "ours"))
        numbers = isinstance(plain, float) and isinstance(ours, float) and plain > 0
        ratio = f"{ours / plain:.2f}" if numbers else ""  # type: ignore[operator]
        print(f"| {name} | {_cell(plain)} | {_cell(ours)} | {ratio} |")


def medians(results: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: statistics.median(r[name] for r in results) for name in results[0]}


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "" if value is None else str(value)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=100_000, help="chunks (100,000: about 15 minutes)")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--which", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        matrix = np.load(given.folder / VECTORS, mmap_mode="r")
        print(json.dumps(STEPS[given.step](given.which, given.folder, matrix)))
    else:
        compare(given.n)
