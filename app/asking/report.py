"""What was found and answered, in the form that commands print."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.documents import Document

from app.asking.finder import FoundPassages
from app.results import AskResult, Hit, Near, Timings, Usage
from llm.answer import Answer

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
        )
        for rank, d in enumerate(found, 1)
    ]


def result(
    question: str, found: FoundPassages, given: Answer, retrieve_s: float, calls: int
) -> AskResult:
    """Return an answer as `kb ask` prints it; its times count from the question.

    `calls` is how often the chat model was asked for it.
    """
    first = given.first_token_s
    return AskResult(
        question=question,
        searched=found.searched,
        answer=given.text,
        grounded=given.grounded,
        refused=given.refused,
        citations=given.citations,
        timings=Timings(
            round(retrieve_s, 4),
            None if first is None else round(retrieve_s + first, 4),
            round(retrieve_s + given.total_s, 4),
        ),
        usage=Usage(given.prompt_tokens, given.completion_tokens, calls),
        closest=_closest(found.passages) if given.refused and not given.citations else (),
        certainty=None if given.certainty is None else round(given.certainty, 4),
    )


def _closest(passages: Sequence[Document]) -> tuple[Near, ...]:
    """Return the chunks that the best passages of the library were found by."""
    ranked = sorted(
        (p for p in passages if "score" in p.metadata), key=lambda p: -p.metadata["score"]
    )
    return tuple(
        Near(
            document=p.metadata["document"],
            path=p.metadata["path"],
            page=p.metadata["page"],
            heading=p.metadata["heading"],
            text=p.metadata.get("parts", {}).get(p.id, p.page_content),
            chunk_id=p.id or "",
        )
        for p in ranked[:_CLOSEST]
    )
