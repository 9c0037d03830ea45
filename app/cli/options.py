"""What several commands share: their options, and the library they work on.

Commands import what they need when they run: for `kb --help` all of them are loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from app.service import KnowledgeBase

Json = Annotated[bool, typer.Option("--json", help="Print exactly one JSON value on stdout.")]
Collection = Annotated[
    str | None, typer.Option("--collection", "-c", help="Only this collection.", show_default="all")
]


def open_library(context: typer.Context) -> KnowledgeBase:
    """Open the library of the settings, to be closed when the command ends."""
    from app.settings import load_settings

    kb: KnowledgeBase = context.obj(load_settings()[0])
    context.call_on_close(kb.close)
    return kb
