"""`kb show`: a document, its passages, or what was understood of it."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.options import Collection, Json, open_library
from app.terminal import output, print_blocks, print_shown


def show(
    context: typer.Context,
    doc: Annotated[str, typer.Argument(help="An id, the beginning of one, or a path.")],
    collection: Collection = None,
    blocks: Annotated[
        bool, typer.Option("--blocks", help="Show what was understood of it, block by block.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show a document, what was left out or replaced in it, and the passages it was cut into.

    kb show 差旅与报销制度.md

    kb show 差旅与报销制度.md --blocks   headings, paragraphs, tables, …, page by page
    """
    kb = open_library(context)
    if blocks:
        whole = kb.understood(doc, collection)
        if as_json:
            output.print_json([whole])
        else:
            print_blocks(whole, whole.blocks)
        return
    shown = kb.shown(doc, collection)
    if as_json:
        output.print_json([shown])
    else:
        print_shown(shown, kb.text(shown.document))
