"""The `kb eval` commands: how good it is, on documents and questions with known answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.eval_answers import answers
from app.cli.options import Json
from app.errors import UsageError
from app.terminal import output

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
    from app.cli.retrieval_run import RetrievalRun
    from app.evaluation import (
        RetrievalReport,
        hand_over,
        print_retrieval,
        read_dataset,
        report_file,
    )
    from app.settings import load_settings

    settings = load_settings()[0]
    datasets = [read_dataset(folder) for folder in folders]
    file = report_file(out, "retrieval", [dataset.name for dataset in datasets], "folders")
    script = plain or _SCRIPT
    if not script.is_file():
        if plain:
            raise UsageError(f"--plain {str(plain)!r}: there is no such file")
        output.complain("bench/reference.py is not here, so there are no `plain` rows")
    run = RetrievalRun(context, settings, script if script.is_file() else None)
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
