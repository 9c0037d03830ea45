"""What several commands share: their options, and the library they work on."""

from __future__ import annotations

from typing import Annotated

import typer

from app.service import KnowledgeBase
from app.settings import load_settings

Json = Annotated[bool, typer.Option("--json", help="Print exactly one JSON value on stdout.")]
Collection = Annotated[
    str | None, typer.Option("--collection", "-c", help="Only this collection.", show_default="all")
]


def open_library(context: typer.Context) -> KnowledgeBase:
    """Open the library of the settings, to be closed when the command ends."""
    kb: KnowledgeBase = context.obj(load_settings()[0])
    context.call_on_close(kb.close)
    return kb
