"""`kb watch`: sources mirrored as they change, with a line a change."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import open_library
from app.control_characters import line
from app.errors import UsageError
from app.library import DEFAULT_COLLECTION
from app.terminal import output
from retrieval.library import shown

if TYPE_CHECKING:
    from app.results import SourceChange


def watch(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; without any, every source.")
    ] = None,
    collection: Annotated[
        str, typer.Option("--collection", "-c", help="The collection to put them into.")
    ] = DEFAULT_COLLECTION,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object for each change, one a line.")
    ] = False,
) -> None:
    """Keep sources mirrored as they change, with a line for each change, until Ctrl+C.

    A file is read once nothing has written to it for two seconds. What is watched is brought up to
    date first, as by kb ingest. A source that vanishes keeps its documents.

    kb watch

    kb watch docs/
    """
    for path in paths or ():
        if not path.expanduser().exists():
            raise UsageError(f"{str(path)!r}: there is no such file or folder; check the path")
    kb = open_library(context)

    def tell(change: SourceChange) -> None:
        if as_json:
            output.print_json(change)
        else:
            output.print_line(_told(change), style=_STYLES.get(change.event, ""))
            output.out.file.flush()

    if not as_json:
        roots = list(map(str, paths or ())) or [s.root for s in kb.sources() if s.kind != "upload"]
        output.say(f"watching {', '.join(map(shown, roots))}; Ctrl+C ends it")
    kb.watch(tell, threading.Event(), paths or (), collection)


_STYLES = {"failed": "red", "unreachable": "red", "skipped": "dim"}


def _told(change: SourceChange) -> str:
    name = shown(change.path)
    if change.event == "renamed":
        return line(f"renamed {shown(change.message)} to {name}")
    message = f": {change.message}" if change.message else ""
    return line(f"{change.event} {name}{message}")
