"""`kb eval answers`: how good the answers are, beside those of a plain script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import Json
from app.errors import UsageError

if TYPE_CHECKING:
    from app.evaluation import Dataset, RgbFile

_NOISES = [0.4, 0.8, 1.0]
_FEW = 1  # of each kind and language of the samples: 28 questions


def answers(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[DIR|FILE…]",
            help="Folders with docs/ and queries.jsonl or questions.jsonl, one such file with "
            "checklists, or RGB files.",
            show_default="one question of each kind and language of the samples",
        ),
    ] = None,
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
            "--kind",
            "--type",
            help="Only questions of this `kind` or `type`, in folders; may be repeated.",
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
    The second example asks 114 questions, which takes hours.

    kb eval answers

    kb eval answers data/samples --limit 10
    """
    import platformdirs

    from app.evaluation import (
        AnswersRun,
        Dataset,
        check_kinds,
        hand_over,
        last_report,
        print_answers,
        report_file,
    )
    from app.settings import load_settings

    settings = load_settings()[0]
    if not paths:
        paths, limit = [_samples()], limit or _FEW
    sources = [_source(path) for path in paths]
    check_kinds([source for source in sources if isinstance(source, Dataset)], kinds or ())
    file = report_file(out, "answers", [source.name for source in sources], "sources")
    run = AnswersRun(
        context.obj, settings, platformdirs.user_cache_path("zhiku") / "eval",
        plain=plain, fresh=fresh, last=last_report(file),
    )  # fmt: skip
    for source in sources:
        run.ask(source, noise or _NOISES, kinds or (), limit, seed)
    hand_over(run.report(limit, seed), file, print_answers, as_json=as_json)
    if run.incomplete:
        raise typer.Exit(1)


def _source(path: Path) -> Dataset | RgbFile:
    from app.evaluation import has_checklists, read_dataset, read_rgb

    if not path.is_file():
        return read_dataset(path)
    return read_dataset(path.parent, path) if has_checklists(path) else read_rgb(path)


def _samples() -> Path:
    from app.evaluation import SAMPLE_QUESTIONS

    if not SAMPLE_QUESTIONS.is_file():
        raise UsageError(
            "the questions that come with the samples are not here; name a folder with docs/ and "
            "queries.jsonl"
        )
    return SAMPLE_QUESTIONS
