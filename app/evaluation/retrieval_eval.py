"""Every question asked in several ways, and the report of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from app.evaluation.dataset import RetrievalQuestion
from app.evaluation.grouping import PLAIN, ZHIKU, in_cells
from app.evaluation.plain_search import PlainHits
from app.evaluation.ranking_cells import (
    Passage,
    RankingCell,
    RankingScore,
    ranking_cell,
    score_ranking,
)
from app.service import KnowledgeBase
from app.terminal import EvalProgress
from retrieval.search import Method

HITS = 50  # passages looked at for each question

# The name in the report, and the way to search; what the app does by default comes first.
METHODS: dict[str, Method] = {
    ZHIKU: "fused",
    "dense": "dense",
    "keywords": "keywords",
    "ranks": "ranks",
}


@dataclass(frozen=True)
class LibraryReport:
    """What was measured on one library."""

    folders: tuple[str, ...]
    documents: int
    chunks: int
    failed: int
    search_seconds: float
    cells: list[RankingCell]


@dataclass(frozen=True)
class RetrievalReport:
    """What `kb eval retrieval` measured, and with which settings."""

    limit: int | None
    seed: int
    embed_model: str
    chunk_tokens: int
    libraries: list[LibraryReport]


def measure_retrieval(
    kb: KnowledgeBase,
    asked: Sequence[RetrievalQuestion],
    plain: PlainHits | None,
    progress: EvalProgress = lambda *_: None,
) -> tuple[list[RankingCell], float]:
    """Ask a library in every way; return the means and the median seconds of a `zhiku` search.

    `plain` is what another program found for the same questions.
    """
    kb.models.embeddings()  # neither loading nor the first search counts
    kb.search(asked[0].query.question, HITS)
    scores: dict[tuple[str, str], RankingScore] = {}
    seconds = []
    for done, question in enumerate(asked):
        progress("asking", done, len(asked))
        query = question.query
        for name, method in METHODS.items():
            began = time.perf_counter()
            hits = kb.search(query.question, HITS, method=method)
            if name == ZHIKU:
                seconds.append(time.perf_counter() - began)
            found = [Passage(d.metadata["path"], d.page_content) for d in hits.passages]
            scores[name, query.id] = score_ranking(query, found)
        if plain is not None:
            scores[PLAIN, query.id] = score_ranking(query, plain[query.id])
    names = [*METHODS, *([PLAIN] if plain is not None else [])]
    cells = [
        ranking_cell(cell, name, [scores[name, q.query.id] for q in members])
        for cell, members in in_cells(asked).items()
        for name in names
    ]
    return cells, round(median(seconds), 4)
