"""Passages and answers in the form in which they are handed on."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from langchain_core.documents import Document

from app.results import Hit
from llm.answer import Answer, ClosestPassage
from llm.question import Turn

_CLOSEST = 2  # passages offered with a refusal


def hits(found: Sequence[Document]) -> list[Hit]:
    """Return passages as `kb search` prints them."""
    return [
        Hit(
            rank=rank,
            score=round(d.metadata["score"], 6),
            document=d.metadata["document"],
            path=d.metadata["path"],
            page=d.metadata["page"],
            heading=d.metadata["heading"],
            text=d.page_content,
            chunk_id=d.id or "",
            unit=d.metadata.get("unit"),
            confidence=d.metadata.get("confidence"),
        )
        for rank, d in enumerate(found, 1)
    ]


def closest(
    passages: Sequence[Document], cited: Collection[str] = ()
) -> tuple[ClosestPassage, ...]:
    """Return the chunks that the best passages of the library were found by.

    Passages that hold a `cited` chunk, by its id, are left out: they are shown as sources.
    """
    ranked = sorted(
        (p for p in passages if "score" in p.metadata and not _is_among(p, cited)),
        key=lambda p: -p.metadata["score"],
    )
    return tuple(
        ClosestPassage(
            document=p.metadata["document"],
            path=p.metadata["path"],
            page=p.metadata["page"],
            heading=p.metadata["heading"],
            text=p.metadata.get("parts", {}).get(p.id, p.page_content),
            chunk_id=p.id or "",
            unit=p.metadata.get("unit"),
            confidence=p.metadata.get("confidence"),
        )
        for p in ranked[:_CLOSEST]
    )


def _is_among(passage: Document, chunks: Collection[str]) -> bool:
    parts = passage.metadata.get("parts", ())
    return passage.id in chunks or any(part in chunks for part in parts)


def turn_of(answer: Answer) -> Turn:
    """Return what was said, for the questions that follow; a refusal says nothing."""
    said = "" if answer.refused else answer.answer
    return Turn(answer.question, said, tuple(c.chunk_id for c in answer.citations))
