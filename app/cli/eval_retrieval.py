"""The `kb eval` commands: how good it is, on documents and questions with known answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import platformdirs
import typer

from app.cli.eval_answers import answers
from app.cli.options import Json
from app.errors import KbError, UsageError, one_line
from app.evaluation import (
    Corpus,
    Dataset,
    LibraryReport,
    PlainHits,
    RetrievalQuestion,
    RetrievalReport,
    hand_over,
    lay_out,
    library_of,
    measure_retrieval,
    plain_hits,
    print_retrieval,
    questions,
    read_dataset,
    report_file,
    sample,
)
from app.service import KnowledgeBase
from app.settings import Settings, load_settings
from app.terminal import eval_progress, output

cli = typer.Typer(
    help="Measure on documents and questions whose answers are known.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
cli.command("answers")(answers)
_SCRIPT = Path(__file__).resolve().parents[2] / "bench" / "reference.py"  # in a checkout only


@cli.command("retrieval")
def retrieval(
    context: typer.Context,
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR…", help="Folders with docs/ and queries.jsonl.")
    ],
    mixed: Annotated[
        bool, typer.Option("--mixed", help="Put the documents of all folders into one library.")
    ] = False,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help="Questions of each cell.", show_default="all"),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Which ones --limit chooses.")] = 0,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="The report.", show_default="eval-retrieval-<name of the folder>.json"
        ),
    ] = None,
    plain: Annotated[
        Path | None,
        typer.Option(
            "--plain", help="The script to compare with.", show_default="bench/reference.py"
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure how well documents are found, beside simpler ways to search.

    A library of its own is made in the cache folder, with the settings as they are, and kept.

    kb eval retrieval data/samples --limit 20
    """
    settings = load_settings()[0]
    datasets = [read_dataset(folder) for folder in folders]
    file = report_file(out, "retrieval", [dataset.name for dataset in datasets], "folders")
    script = plain or _SCRIPT
    if not script.is_file():
        if plain:
            raise UsageError(f"--plain {str(plain)!r}: there is no such file")
        output.complain("bench/reference.py is not here, so there are no `plain` rows")
    run = _Run(context, settings, script if script.is_file() else None)
    report = RetrievalReport(
        limit=limit,
        seed=seed,
        embed_model=settings.embed_model,
        chunk_tokens=settings.chunk_tokens,
        libraries=[
            run.library(group, limit, seed)
            for group in ([datasets] if mixed else [[dataset] for dataset in datasets])
        ],
    )
    hand_over(report, file, print_retrieval, as_json=as_json)
    if run.incomplete:
        raise typer.Exit(1)


class _Run:
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
