"""`kb models tune`: what suits the chat model on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import Json
from app.terminal import output

if TYPE_CHECKING:
    from app.kept_machine import Tuning


def tune_model(
    again: Annotated[
        bool, typer.Option("--again", help="Measure also what was measured before.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Measure threads, steps and memory with the chat model, and keep what suits this machine.

    It takes up to two minutes, once; best while nothing else runs. What was measured of this model
    on this machine is only shown. KB_THREADS wins over it.

    kb models tune
    """
    from app.settings import load_settings
    from app.tuning import tune, valid_tuning

    settings = load_settings()[0]
    tuning = None if again else valid_tuning(settings)
    if tuning is None:
        if output.err.is_terminal:
            with output.err.status("measuring") as status:
                tuning = tune(settings, lambda what: status.update(f"measuring: {what}"))
        else:
            tuning = tune(settings)
    if as_json:
        output.print_json(tuning.model_dump(mode="json"))
        return
    _print(tuning)
    if settings.threads:
        output.print_line(f"KB_THREADS={settings.threads} holds instead")


def _print(tuning: Tuning) -> None:
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("measured", "read", "written", "taken"):
        table.add_column(name)
    table.add_row("memory", _gigabytes(tuning.read_bytes), "", "")
    table.add_row("memory copied", _gigabytes(tuning.copied_bytes), "", "")
    for tried in tuning.tried:
        threads = "1 thread" if tried.threads == 1 else f"{tried.threads} threads"
        told = f"{threads}, steps of {tried.step}"
        taken = []
        if tried.written is not None and tried.threads == tuning.threads:
            taken.append("writing")
        if (tried.threads, tried.step) == (tuning.read_threads, tuning.step):
            taken.append("reading")
        written = "" if tried.written is None else f"{tried.written:.1f} tokens/s"
        table.add_row(told, f"{tried.read:.0f} tokens/s", written, ", ".join(taken))
    output.out.print(table)
    output.print_line(f"{tuning.model_name} on {tuning.machine}, {tuning.seconds:.0f} s")
    if tuning.busy:
        output.print_line(
            "other programs were at work, so the usual stays: run `kb models tune --again` "
            "while nothing else runs"
        )


def _gigabytes(bytes_a_second: float) -> str:
    return f"{bytes_a_second / 1e9:.1f} GB/s"
