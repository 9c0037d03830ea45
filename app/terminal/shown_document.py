"""How `kb show` prints one document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from app.control_characters import isolated, line
from app.terminal import output
from app.terminal.places import place, recognised

if TYPE_CHECKING:
    from langchain_core.documents import Document

    from app.results import DocumentRow, ShownBlock, ShownDocument


def print_shown(shown: ShownDocument, chunks: Sequence[Document]) -> None:
    """Print a document, what was left out or replaced in it, and its passages."""
    _print_head(shown)
    for chunk in chunks:
        _print_chunk(chunk)


def print_blocks(shown: DocumentRow, blocks: Sequence[ShownBlock]) -> None:
    """Print a document, what was left out or replaced in it, and its blocks, part by part."""
    _print_head(shown)
    for (page, name), found in groupby(blocks, key=lambda block: (block.page, block.name)):
        part = list(found)
        sure = {block.confidence for block in part}
        whole = sure.pop() if len(sure) == 1 else None  # else what stands in pictures says it
        if where := place("", page, name, shown.unit, whole):
            output.out.print(line(where), style="bold", markup=False, highlight=False)
        for block in part:
            _print_block(block, recognised(None if whole is not None else block.confidence))


def _print_block(block: ShownBlock, told: str) -> None:
    level = f" {block.level}" if block.kind == "heading" or block.level else ""
    output.out.print(
        " · ".join(filter(None, (f"{block.kind}{level}", told))), style="dim", highlight=False
    )
    output.out.print(isolated(block.text), markup=False, highlight=False)
    output.out.print()


def _print_head(shown: DocumentRow) -> None:
    output.print_documents([shown])
    said = (("author", shown.author), ("made", shown.made), ("changed", shown.changed))
    told = ", ".join(f"{name} {value}" for name, value in said if value)
    if told:
        output.print_line(told, style="dim")
    for warning in shown.warnings:
        note = f"[yellow]note:[/yellow] {output.escape(warning)}"
        output.out.print(note, highlight=False, soft_wrap=True)


def _print_chunk(chunk: Document) -> None:
    m = chunk.metadata
    where = place("", m["page"], m["heading"], m.get("unit")) or "text"
    head = f"{m['ordinal'] + 1}. {line(where)} ({m['start']}-{m['end']})"
    if told := recognised(m.get("confidence")):
        head += f", {told}"
    if m.get("off"):
        head += ", switched off"
    output.out.print(head, style="bold", markup=False)
    output.out.print(isolated(chunk.page_content), markup=False, highlight=False)
    output.out.print()
