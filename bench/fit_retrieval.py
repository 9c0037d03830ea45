"""Fit the few weights of the fusion, and show what each part of it brings.

    python bench/fit_retrieval.py DIR… [--limit N] [--seed S]

DIR is a folder for `kb eval retrieval`, whose library in the cache is used, or made. The questions
are a seeded sample of each pair of languages. What is maximised is the mean reciprocal rank of the
first relevant document, averaged over the pairs, so that a large set counts no more than a small
one. Candidates are those of the present weights.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.evaluation import (  # noqa: E402
    lay_out,
    questions,
    read_dataset,
    sample,
)
from app.service import build  # noqa: E402
from app.settings import load_settings  # noqa: E402
from retrieval.search import WEIGHTS, FusionWeights  # noqa: E402

HUBS = (0.0, 0.2, 0.3, 0.4)
KEYWORDS = (0.0, 0.08, 0.12, 0.15, 0.2)
TRANSLATED = (0.0, 0.05, 0.1, 0.15)
TITLES = (0.0, 0.03, 0.05)
OTHERS = (0.0, 0.02, 0.04, 0.06)
Parts = NDArray[np.float64]  # a row for each candidate: see `gather`
Asked = tuple[list[str], Parts, set[str]]  # paths of the candidates, their parts, relevant paths


def gather(folder: Path, limit: int, seed: int) -> dict[str, list[Asked]]:
    """Return the candidates of each question, by pair of languages."""
    settings = load_settings()[0]
    dataset = read_dataset(folder)
    corpus = lay_out([dataset], settings, platformdirs.user_cache_path("zhiku") / "eval")
    kb = build(settings.model_copy(update={"data_dir": corpus.library}))
    found = defaultdict(list)
    try:
        kb.ingest([corpus.docs])
        kb.own()
        kb.sync()
        for question in sample(questions([dataset]), limit, seed):
            query = question.query
            also = kb.search(query.question, 10).searched[1:]
            candidates = kb.finder.retriever(50, also=also).candidates(query.question).values()
            parts = [
                (e.cosine, -e.hub, e.keywords - e.rival, e.translated, e.named, e.other)
                for e in (c.evidence for c in candidates)
            ]
            paths = [c.document.metadata["path"] for c in candidates]
            cell = f"{question.folder} {query.lang} > {query.doc_lang}"
            found[cell].append((paths, np.array(parts, float), set(query.relevant)))
            print(f"\r{cell}: {len(found[cell])}   ", end="", file=sys.stderr, flush=True)
    finally:
        kb.close()
    print(file=sys.stderr)
    return found


def rank(asked: Asked, weights: FusionWeights) -> int:
    """Return the rank of the first relevant document, 0 if there is none among the candidates."""
    paths, parts, relevant = asked
    scores = parts @ np.array([1.0, *astuple(weights)])
    seen: dict[str, None] = dict.fromkeys(paths[i] for i in np.argsort(-scores, kind="stable"))
    return next((n for n, path in enumerate(seen, 1) if path in relevant), 0)


def measures(asked: Iterable[Asked], weights: FusionWeights) -> tuple[float, float]:
    """Return the share of questions with a relevant document first, and the reciprocal rank."""
    ranks = [rank(one, weights) for one in asked]
    return float(np.mean([r == 1 for r in ranks])), float(
        np.mean([1 / r if r else 0 for r in ranks])
    )


def show(name: str, cells: dict[str, list[Asked]], weights: FusionWeights) -> None:
    values = [measures(asked, weights) for asked in cells.values()]
    row = " | ".join(f"{first:.3f} / {mrr:.3f}" for first, mrr in values)
    print(f"| {name} | {row} | {np.mean([mrr for _, mrr in values]):.4f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    cells: dict[str, list[Asked]] = {}
    for folder in given.folders:
        cells |= gather(folder, given.limit, given.seed)
    grid = [
        FusionWeights(*values)
        for values in itertools.product(HUBS, KEYWORDS, TRANSLATED, TITLES, OTHERS)
    ]
    best = max(grid, key=lambda w: np.mean([measures(asked, w)[1] for asked in cells.values()]))
    print(f"\nR@1 / MRR; {given.limit} questions of each pair at most, seed {given.seed}\n")
    print(f"| | {' | '.join(cells)} | mean MRR |")
    print("|---" * (len(cells) + 2) + "|")
    show(f"best of the grid: {best}", cells, best)
    show(f"the default: {WEIGHTS}", cells, WEIGHTS)
    show("without the hub correction", cells, replace(WEIGHTS, hub=0.0))
    show("without keywords", cells, replace(WEIGHTS, keywords=0.0))
    show("without titles", cells, replace(WEIGHTS, title=0.0))
    show("without the other language's part", cells, replace(WEIGHTS, other=0.0, translated=0.0))
    show("cosines alone", cells, FusionWeights(0.0, 0.0, 0.0, 0.0, 0.0))


if __name__ == "__main__":
    main()
