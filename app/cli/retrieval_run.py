"""What `kb eval retrieval` does: the libraries of its folders, built and asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import platformdirs
import typer

from app.errors import KbError, one_line
from app.evaluation import (
    Corpus,
    Dataset,
    LibraryReport,
    PlainHits,
    RetrievalQuestion,
    lay_out,
    library_of,
    measure_retrieval,
    plain_hits,
    questions,
    sample,
)
from app.service import KnowledgeBase
from app.settings import Settings
from app.terminal import eval_progress, output


class RetrievalRun:
    """The libraries of one command, one after the other."""

    def __init__(self, context: typer.Context, settings: Settings, script: Path | None) -> None:
        self._open = context.obj
        self._settings = settings
        self._script = script
        self._cache = platformdirs.user_cache_path("zhiku") / "eval"
        self.incomplete = False

    def library(self, datasets: Sequence[Dataset], limit: int | None, seed: int) -> LibraryReport:
        """Build the library of these folders, or bring it up to date, and ask it."""
        corpus = lay_out(datasets, self._settings, self._cache)
        asked = questions(datasets)
        with (
            library_of(corpus, self._settings, self._open, self._complain) as (kb, report),
            eval_progress() as show,
        ):
            show("running the plain script", 0, 0)
            plain = self._plain(kb, datasets, corpus, asked)
            cells, seconds = measure_retrieval(kb, sample(asked, limit, seed), plain, show)
        return LibraryReport(
            folders=corpus.folders,
            documents=report.documents,
            chunks=report.chunks,
            failed=len(report.failed),
            search_seconds=seconds,
            cells=cells,
        )

    def _plain(
        self,
        kb: KnowledgeBase,
        datasets: Sequence[Dataset],
        corpus: Corpus,
        asked: Sequence[RetrievalQuestion],
    ) -> PlainHits | None:
        """Run the plain script for all questions, of which every sample takes its own."""
        if self._script is None:
            return None
        folder = kb.models.embedding_folder
        try:
            texts = {q.query.id: q.query.question for q in asked}
            return plain_hits(self._script, datasets, corpus, texts, folder, self._cache)
        except KbError as error:
            self._complain(f"{one_line(error)}; there are no `plain` rows")
            return None

    def _complain(self, line: str) -> None:
        output.complain(line)
        self.incomplete = True
