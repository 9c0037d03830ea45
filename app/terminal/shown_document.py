"""How `kb show` prints one document."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.documents import Document

from app.control_characters import isolated, line
from app.results import ShownDocument
from app.terminal import output


def print_shown(shown: ShownDocument, chunks: Sequence[Document]) -> None:
    """Print a document, what was left out or replaced in it, and its passages."""
    output.print_documents([shown])
    for warning in shown.warnings:
        note = f"[yellow]note:[/yellow] {output.escape(warning)}"
        output.out.print(note, highlight=False, soft_wrap=True)
    for chunk in chunks:
        _print_chunk(chunk)


def _print_chunk(chunk: Document) -> None:
    m = chunk.metadata
    where = output.place("", m["page"], m["heading"]) or "text"
    head = f"{m['ordinal'] + 1}. {line(where)} ({m['start']}-{m['end']})"
    output.out.print(head, style="bold", markup=False)
    output.out.print(isolated(chunk.page_content), markup=False, highlight=False)
    output.out.print()
