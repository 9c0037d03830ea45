"""Ways to run Chroma in a process that may be killed: survival, opening, questions, recall.

    python bench/chroma_modes.py [--trials 30] [-n 20000 -n 100000]

A trial is three SIGKILLs at random moments while 64-dimensional vectors are added; it survives if
Chroma then opens and finds every vector whose `add` had returned. File sizes are capped, as a
damaged index was seen to grow to 61 GB. Modes:

default     Chroma's settings: the graph is written to its files every 1,000 rows
log only    sync_threshold 1,000,000: the graph is made again from Chroma's log at each opening
Zhiku       default thresholds, a seal, a look from a child process, rebuilt from the ledger
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import vector_index as bench  # in this folder

from retrieval.index.exact import nearest
from retrieval.index.searchable import Vectors

MODES = ("default", "log only", "Zhiku")
KILL_SIZE, KILL_ROWS, STEP = 64, 60_000, 200
FILE_LIMIT = 2 << 30


def collection(folder: Path, mode: str) -> Any:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    hnsw: dict[str, Any] = {"space": "cosine"}
    if mode == "log only":
        hnsw["sync_threshold"] = 1_000_000
    return client.get_or_create_collection("chunks", configuration={"hnsw": hnsw})  # type: ignore[typeddict-item]


def kill_vectors() -> bench.Matrix:
    # On a surface of few dimensions, where an index that is well misses none of its own vectors.
    chance = np.random.default_rng(3)
    surface = chance.normal(size=(12, KILL_SIZE))
    return bench.unit(chance.normal(size=(KILL_ROWS, len(surface))) @ surface)


def add(folder: Path, mode: str, first: int) -> None:
    """Add rows from `first` on, and print how many there are after each step."""
    matrix = kill_vectors()
    if mode == "Zhiku":
        index = bench.open_ours(folder)[1]
        index.sync()
    else:
        rows = collection(folder, mode)
    print(first, flush=True)
    for at in range(first, KILL_ROWS, STEP):
        part = matrix[at : at + STEP]
        if mode == "Zhiku":
            bench.fill(folder, part, at)
            index.sync()
        else:
            rows.upsert(ids=[str(at + i) for i in range(len(part))], embeddings=part)
        print(at + len(part), flush=True)
    raise SystemExit("nobody ended this process")


def check(folder: Path, mode: str, first: int) -> dict[str, int]:
    """Look for each of the first rows by its own vector."""
    matrix = kill_vectors()[:first]
    built = 0
    if mode == "Zhiku":
        search, index = bench.open_ours(folder)
        index.sync()
        bench.ready(index)
        built = index.built
        lost = sum(str(i) not in search(vector) for i, vector in enumerate(matrix))
    else:
        rows = collection(folder, mode)
        lost = 0
        for at in range(0, len(matrix), 500):
            found = rows.query(query_embeddings=matrix[at : at + 500], n_results=10)["ids"]
            lost += sum(str(at + i) not in ids for i, ids in enumerate(found))
    return {"lost": lost, "built": built}


def run(step: str, folder: Path, mode: str, first: int) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, "--step", step, "--folder", str(folder), "--mode", mode]
    return subprocess.Popen(
        [*command, "--first", str(first)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def trial(mode: str, seed: int) -> tuple[bool, int]:
    """Return whether the index survived three kills, and how often it was built again."""
    chance = random.Random(seed)  # noqa: S311
    done = built = 0
    folder = Path(tempfile.mkdtemp(prefix="zhiku-bench-"))
    try:
        for _ in range(3):
            with run("add", folder, mode, done) as process:
                deadline = 0.0
                for line in process.stdout or ():
                    done = int(line)
                    deadline = deadline or time.monotonic() + chance.uniform(0.1, 1.5)
                    if time.monotonic() > deadline:
                        time.sleep(chance.uniform(0, 0.05))  # anywhere within the next step
                        process.send_signal(signal.SIGKILL)
        with run("check", folder, mode, done) as process:
            text = process.communicate(timeout=300)[0]
        if process.returncode:
            return False, built
        result = json.loads(text)
        return result["lost"] <= done // 1000, result["built"]  # the search is approximate
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def survival(trials: int) -> None:
    print(f"\n| mode | survived of {trials} | built again |\n|---|---|---|")
    for mode in MODES:
        results = [trial(mode, seed) for seed in range(trials)]
        print(
            f"| {mode} | {sum(s for s, _ in results)} | {sum(b for _, b in results)} |", flush=True
        )


def speed(folder: Path, mode: str, n: int) -> dict[str, float]:
    """Open an index that was closed well, and ask it."""
    import chromadb  # noqa: F401

    matrix = bench.vectors(n)
    asked = bench.questions(matrix)
    began = time.perf_counter()
    if mode == "Zhiku":
        search, index = bench.open_ours(folder)
        index.sync()
        bench.ready(index)
    else:
        rows = collection(folder / mode, mode)

        def search(vector: bench.Matrix) -> list[str]:
            found = rows.query(query_embeddings=vector[np.newaxis], n_results=bench.K)
            return [str(int(i.replace("-", ""), 16)) for i in found["ids"][0]]

    search(asked[0])
    opened = time.perf_counter() - began
    seconds, found = [], []
    for question in asked:
        began = time.perf_counter()
        found.append(search(question))
        seconds.append(time.perf_counter() - began)
    everything = Vectors([str(i) for i in range(n)], matrix)
    right = [{i for i, _ in nearest(everything, question, bench.K)} for question in asked]
    hits = sum(len(set(f) & r) for f, r in zip(found, right, strict=True))
    p50, p95 = 1000 * np.percentile(seconds, [50, 95])
    recall = hits / bench.K / len(asked)
    return {"open s": opened, "p50 ms": p50, "p95 ms": p95, "recall@10": recall}


def build(folder: Path, mode: str, n: int) -> None:
    matrix = bench.vectors(n)
    if mode == "Zhiku":
        bench.fill(folder, matrix)
        index = bench.open_ours(folder)[1]
        index.sync()
        index.close()
    else:
        bench.add_plain(collection(folder / mode, mode), matrix)


def speeds(n: int) -> None:
    print(f"\n| {n} chunks | open s | p50 ms | p95 ms | recall@10 |\n|---|---|---|---|---|")
    for mode in MODES:
        folder = Path(tempfile.mkdtemp(prefix="zhiku-bench-"))
        try:
            with run("build", folder, mode, n):
                pass
            with run("speed", folder, mode, n) as process:
                result = json.loads(process.communicate()[0])
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(f"| {mode} | " + " | ".join(f"{v:.3f}" for v in result.values()) + " |", flush=True)


STEPS = {"add": add, "check": check, "build": build, "speed": speed}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=30)
    parser.add_argument("-n", type=int, action="append", help="chunks; may be given again")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--mode", choices=MODES, help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_LIMIT, FILE_LIMIT))
        print(json.dumps(STEPS[given.step](given.folder, given.mode, given.first)))
    else:
        for n in given.n or [20_000, 100_000]:
            speeds(n)
        survival(given.trials)
