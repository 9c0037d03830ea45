"""`kb eval answers`: how good the answers are, beside those of a plain script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import platformdirs
import typer

from app import output
from app.errors import UsageError
from app.evaluation.answers_table import print_answers
from app.evaluation.dataset import Dataset, read_dataset
from app.evaluation.rgb import RgbFile, read_rgb
from app.options import Json
from app.settings import load_settings

_NOISES = [0.4, 0.8, 1.0]


def answers(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR|FILE…", help="Folders with docs/ and queries.jsonl, or RGB files."
        ),
    ],
    noise: Annotated[
        list[float] | None,
        typer.Option(
            "--noise",
            min=0,
            max=1,
            help="Share of passages beside the point in RGB files; may be repeated.",
            show_default="0.4, 0.8 and 1.0",
        ),
    ] = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            help="Only answerable questions of this `type`; may be repeated.",
            show_default="all",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help="Questions of each cell.", show_default="all"),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Which ones --limit chooses.")] = 0,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="The report.", show_default="eval-answers-<name>.json"),
    ] = None,
    plain: Annotated[
        bool,
        typer.Option("--plain/--no-plain", help="Ask bench/reference_answers.py too."),
    ] = True,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Ask again what earlier runs have asked.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Measure how good answers are, beside those of a plain script with the same model.

    Answers are kept in the cache folder as they come: a run that was stopped goes on.

    kb eval answers data/samples --limit 10
    """
    from app.evaluation.answers_run import AnswersRun

    settings = load_settings()[0]
    sources = [_source(path) for path in paths]
    names = [source.name for source in sources]
    if len(set(names)) < len(names):
        raise UsageError(f"two of the sources have the same name: {', '.join(names)}")
    file = report_file(out, f"eval-answers-{'+'.join(names)}.json")
    run = AnswersRun(
        context.obj, settings, platformdirs.user_cache_path("zhiku") / "eval",
        plain=plain, fresh=fresh,
    )  # fmt: skip
    for source in sources:
        run.ask(source, noise or _NOISES, kinds or (), limit, seed)
    report = run.report(limit, seed)
    file.write_text(json.dumps(output.plain(report), ensure_ascii=False, indent=1) + "\n", "utf-8")
    if as_json:
        output.print_json(report)
    else:
        print_answers(report)
        output.out.print(f"report: {file}", markup=False, highlight=False, soft_wrap=True)
    if run.incomplete:
        raise typer.Exit(1)


def report_file(out: Path | None, usual: str) -> Path:
    """Return the file of a report. Raises UsageError if it cannot be written."""
    file = out or Path(usual)
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise UsageError(
            f"--out {str(file)!r} cannot be written; name a file in a folder that is there"
        )
    return file


def _source(path: Path) -> Dataset | RgbFile:
    return read_rgb(path) if path.is_file() else read_dataset(path)
