"""The library that a measurement asks: made in the cache folder, brought up to date, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.evaluation.corpus import Corpus
from app.results import IngestReport
from app.service import KnowledgeBase
from app.settings import Settings
from app.terminal import ingest_progress

Open = Callable[[Settings], KnowledgeBase]


@contextmanager
def library_of(
    corpus: Corpus, settings: Settings, open_: Open, complain: Callable[[str], None]
) -> Iterator[tuple[KnowledgeBase, IngestReport]]:
    """Give the library of these documents, and what their ingestion did; it is closed at the end.

    `complain` is told of each document that could not be read.
    """
    kb = open_(settings.model_copy(update={"data_dir": corpus.library}))
    try:
        with ingest_progress() as progress:
            report = kb.ingest([corpus.docs], progress=progress)
        for failed in report.failed:
            complain(f"{failed.path!r}: {failed.reason}: {failed.message}")
        kb.own()  # as the web app does: Chroma answers only in the process that owns it
        kb.sync()
        yield kb, report
    finally:
        kb.close()
