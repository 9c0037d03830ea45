"""The commands that look after the library: `kb doctor`, `kb backup`, `kb restore`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import Json, open_library
from app.terminal import output
from retrieval.errors import LibraryError

if TYPE_CHECKING:
    from app.library import ArchiveReport, Check, Report


def doctor(
    context: typer.Context,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what can be rebuilt from the ledger.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check every layer of the library: ledger, documents, files, vectors, index, models, disk.

    kb doctor

    kb doctor --repair         read, embed, fetch and build again what is damaged
    """
    from app.library import examine_closed
    from app.settings import load_settings

    with _progress() as report:
        try:
            kb = open_library(context)
        except LibraryError as error:
            checks = examine_closed(load_settings()[0], error, report)
        else:
            checks = kb.doctor(repair=repair, report=report)
    if as_json:
        output.print_json({"checks": checks})
    else:
        _print_checks(checks)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write, outside the data folder.")],
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the whole library into one file, while the web app and other commands go on.

    kb backup /media/disk/zhiku.tar
    """
    report = open_library(context).backup(file, force=force)
    for path in report.missing:
        output.complain(f"{path!r}: its bytes are lost or damaged and not in the backup")
    _print_archive("backed up", report, report.file, as_json)
    if report.missing:
        raise typer.Exit(1)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `kb backup` wrote.")],
    as_json: Json = False,
) -> None:
    """Make the library of a backup in an empty KB_DATA_DIR, after checking all of it.

    KB_DATA_DIR=/srv/zhiku kb restore /media/disk/zhiku.tar
    """
    from app.library import restore as restore_file
    from app.settings import load_settings

    report = restore_file(load_settings()[0], file)
    for path in report.missing:
        output.complain(f"{path!r}: its bytes were not in the backup; it can still be searched")
    for root in report.sources:
        output.complain(f"{root!r} is not read until you name it once: kb ingest {root!r}")
    _print_archive("restored", report, report.data_dir, as_json)


def _print_archive(done: str, report: ArchiveReport, place: str, as_json: bool) -> None:
    if as_json:
        output.print_json(report)
        return
    output.print_line(
        f"{done} {report.documents} documents, {report.chunks} chunks, {report.blobs} files"
        f" ({report.bytes / 1e6:.1f} MB, {report.seconds:.1f} s): {place}"
    )


def _print_checks(checks: Sequence[Check]) -> None:
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    for check in checks:
        mark = "[green]ok[/green]" if check.ok else "[red]not ok[/red]"
        table.add_row(mark, f"[bold]{check.name}[/bold]", output.escape(check.message))
    output.out.print(table)


@contextmanager
def _progress() -> Iterator[Report]:
    """Give a callback that shows, on a terminal, which check runs."""
    if not output.err.is_terminal:
        yield lambda _: None
        return
    with output.err.status("opening") as status:
        yield lambda name: status.update(f"checking {name}")
