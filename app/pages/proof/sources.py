"""The sources of an answer, of whatever kind, as one thing that can be opened."""

from __future__ import annotations

from dataclasses import dataclass

from langchain_core.documents import Document

from app.conversations import SourceState
from app.pages.parts.places import place
from app.pages.proof.refs import Kind, Ref
from app.texts import Words
from app.web import AnswerProgress
from llm.answer import Citation, ClosestPassage


@dataclass(frozen=True)
class Source:
    """A passage and where it stands; `quote` is what is cited of it, "" if all of it was found.

    `header` is what stands above the rows of a table that the passage begins with, `state` how
    the document stood when the page was drawn.
    """

    document: str
    path: str
    page: int | None
    heading: str
    unit: str | None
    confidence: float | None
    chunk_id: str
    text: str
    quote: str = ""
    header: str = ""
    state: SourceState = "current"

    def where(self, words: Words) -> str:
        """Return where it stands, in words."""
        return place(
            self.path,
            self.page,
            self.heading,
            words,
            unit=self.unit,
            confidence=self.confidence,
        )


Numbered = dict[int, Source]
"""Sources by the number that is shown; those without one count from 1."""


def sources_of(progress: AnswerProgress, kind: Kind) -> Numbered:
    """Return the sources of an answer that are of one kind, by their numbers."""
    result = progress.result
    if kind == "found":
        return {n: _passage(passage) for n, passage in enumerate(progress.passages, 1)}
    if result is None:
        return {}
    if kind == "near":
        return {n: _closest(near, progress.state(near)) for n, near in enumerate(result.closest, 1)}
    around = {
        part: passage
        for passage in progress.passages
        for part in passage.metadata.get("parts", (passage.id,))
    }
    return {c.n: _cited(c, around.get(c.chunk_id), progress.state(c)) for c in result.citations}


def growing(progress: AnswerProgress, exchange: int) -> dict[int, tuple[Ref, Source]]:
    """Return what the numbers in an answer mean while it is written: passages that were found."""
    places = {passage.id: n for n, passage in enumerate(progress.passages, 1)}
    found = sources_of(progress, "found")
    return {
        n: (Ref("found", exchange, places[passage]), found[places[passage]])
        for n, passage in progress.cited.items()
        if passage in places
    }


def _cited(citation: Citation, passage: Document | None, state: SourceState) -> Source:
    c = citation
    text = passage.page_content if passage else c.quote
    header = str(passage.metadata.get("header", "")) if passage else ""
    return Source(
        c.document, c.path, c.page, c.heading, c.unit, c.confidence, c.chunk_id, text, c.quote,
        header, state,
    )  # fmt: skip


def _closest(near: ClosestPassage, state: SourceState) -> Source:
    n = near
    return Source(
        n.document, n.path, n.page, n.heading, n.unit, n.confidence, n.chunk_id, n.text,
        state=state,
    )  # fmt: skip


def _passage(passage: Document) -> Source:
    m = passage.metadata
    parts = m.get("parts") or {}
    return Source(
        m.get("document", ""), m["path"], m["page"], m["heading"], m.get("unit"),
        m.get("confidence"), str(next(iter(parts), passage.id)), passage.page_content,
        header=m.get("header", ""),
    )  # fmt: skip
