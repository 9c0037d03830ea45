"""The `kb jobs` commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import Json, open_library
from app.terminal import output, share
from retrieval.library import UPLOAD

if TYPE_CHECKING:
    from retrieval.library import Job

cli = typer.Typer(
    help="Work in hand: what waits, runs and ended; stop it, do it again.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@cli.command("list")
def list_jobs(context: typer.Context, as_json: Json = False) -> None:
    """List the jobs that wait or run, and the last that ended, the newest first.

    Every `kb ingest` is a job, and so is every file uploaded in the browser. They are done by the
    process that owns the library, which is the web app while that runs, uploads first, and go on
    after a crash.
    """
    jobs = open_library(context).jobs()
    if as_json:
        output.print_json(jobs)
    else:
        output.print_pairs([(str(j.id), j.status, _told(j)) for j in jobs])


@cli.command("cancel")
def cancel_job(
    context: typer.Context,
    job: Annotated[int, typer.Argument(help="The number that `kb jobs list` shows.")],
    as_json: Json = False,
) -> None:
    """Stop a job within two seconds; what it has done so far is kept.

    kb jobs cancel 7
    """
    asked = open_library(context).cancel(job)
    if as_json:
        output.print_json([asked])
    else:
        word = "is being stopped"
        if asked.ended:
            word = asked.status if asked.cancel else f"had ended before: {asked.status}"
        output.print_line(f"job {job}: {word}")


@cli.command("retry")
def retry_job(
    context: typer.Context,
    job: Annotated[int, typer.Argument(help="The number that `kb jobs list` shows.")],
    as_json: Json = False,
) -> None:
    """Ask again for what a job was to do that failed or was stopped.

    The new job has a number of its own. It is done by the web app, or by the next `kb ingest`.

    kb jobs retry 7
    """
    kb = open_library(context)
    again = kb.retry(job)
    if as_json:
        output.print_json([again])
        return
    output.print_line(f"job {again.id}: {again.status}, {_about(again)}")
    if kb.owner.holder() is None:
        output.print_line("it is done by the web app, or by the next `kb ingest`")


def _about(job: Job) -> str:
    """What a job is about: the file of an upload, or folders and files."""
    if job.kind == UPLOAD:
        return f"upload {job.arguments['path']}"
    if documents := job.arguments.get("documents"):
        return f"{len(documents)} documents" if len(documents) > 1 else f"document {documents[0]}"
    return ", ".join(job.arguments.get("paths", [])) or "every source"


def _told(job: Job) -> str:
    """What a job is about, and how far it is or what came of it, in a line."""
    about = _about(job)
    if job.progress:
        path, step, done, total = job.progress
        of = "" if job.kind == UPLOAD else f" {path}"
        return f"{about}: {step}{of}{share(step, done, total)}"
    return f"{about}: {job.message}" if job.message else about
