"""A document's chunks in order, in parts that a model can read one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

_LEAST_FULL = 0.6  # of a part, below which it is not ended early for a heading


@dataclass(frozen=True)
class DocumentPart:
    """Neighbouring chunks, and their text with the headings above them."""

    chunks: tuple[Document, ...]
    text: str


def in_parts(
    chunks: Sequence[Document], room: int, count: Callable[[str], int], most: int
) -> tuple[list[DocumentPart], float]:
    """Return the parts, each of at most `room` tokens, and the share of the document in them.

    `count` counts tokens. A part ends where a page or section does, if that leaves it well filled.
    Of a document of more than `most` tokens, stretches of one part each are taken that begin at
    equal distances, so that its end is read as well as its beginning.
    """
    # Counted one by one: a tokenizer makes at most as many tokens of the whole.
    sizes = [min(room, count(_lines(None, chunk))) for chunk in chunks]
    total = sum(sizes)
    if total > max(most, room):
        runs = _stretches(sizes, room, total / max(1, most // room))
    else:
        runs = _runs(chunks, sizes, room)
    parts = [_part(chunks[a:b], room, count) for a, b in runs]
    read = sum(sum(sizes[a:b]) for a, b in runs)
    return parts, read / total if total else 1.0


def _runs(chunks: Sequence[Document], sizes: Sequence[int], room: int) -> list[tuple[int, int]]:
    """Cut all chunks into runs that fit, as even as the headings allow."""
    goal = min(room, 1.1 * sum(sizes) / -(-sum(sizes) // room)) if sizes else room
    runs, start = [], 0
    while start < len(chunks):
        end, size = start, 0
        while end < len(chunks) and (end == start or size + sizes[end] <= goal):
            size += sizes[end]
            end += 1
        if end < len(chunks):
            end = _at_a_heading(chunks, sizes, start, end, _LEAST_FULL * goal)
        runs.append((start, end))
        start = end
    return runs


def _at_a_heading(
    chunks: Sequence[Document], sizes: Sequence[int], start: int, end: int, least: float
) -> int:
    for at in range(end, start, -1):
        if sum(sizes[start:at]) < least:
            break
        if any(chunks[at - 1].metadata[k] != chunks[at].metadata[k] for k in ("page", "heading")):
            return at
    return end


def _stretches(sizes: Sequence[int], room: int, distance: float) -> list[tuple[int, int]]:
    """Return runs of at most `room` tokens that begin at multiples of `distance`."""
    runs: list[tuple[int, int]] = []
    at, taken, following = 0, 0, 0.0
    for i, size in enumerate(sizes):
        if at >= following:
            runs.append((i, i + 1))
            taken, following = size, following + distance
        elif runs and runs[-1][1] == i and taken + size <= room:
            runs[-1] = (runs[-1][0], i + 1)
            taken += size
        at += size
    return runs


def _part(chunks: Sequence[Document], room: int, count: Callable[[str], int]) -> DocumentPart:
    text, before = "", None
    for chunk in chunks:
        text += _lines(before, chunk)
        before = chunk
    if len(chunks) == 1 and (size := count(text)) > room:  # one that is longer than the context
        text = text[: int(len(text) * room / size * 0.95)]
    return DocumentPart(tuple(chunks), text.strip())


def _lines(before: Document | None, chunk: Document) -> str:
    """Return a chunk's text below what it needs that does not stand above it already."""
    heading, header = (str(chunk.metadata.get(key) or "") for key in ("heading", "header"))
    same = before is not None and before.metadata.get("heading") == heading
    above = [] if same else [f"\n# {heading}" if heading else "", header]
    return "".join(f"{line}\n" for line in [*above, chunk.page_content.strip()] if line)
