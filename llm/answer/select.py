"""The first step of an answer: which passages hold it, as they fit the model's context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from langchain_core.documents import Document

from ingest.text import script
from llm.answer.answerability import Answerability
from llm.answer.budget import fit
from llm.answer.judge import Judge, Wording
from llm.answer.task import Asked, Task
from llm.prompts import YES_NO, passage_blocks
from llm.question import in_one_piece


@dataclass(frozen=True)
class Selection:
    """What the answer to a question is written from.

    `texts` are those of the first passages, as many as have room; `blocks` the chosen ones, best
    first, by number from 0, as the prompt has them. What a few words cannot tell is written
    `in_full`. Without a `presence` the model was not asked.
    """

    question: str
    texts: Sequence[str] = ()
    blocks: Mapping[int, str] = field(default_factory=dict)
    in_full: bool = False
    presence: Answerability | None = None


def select_passages(questions: Sequence[Asked], task: Task) -> Iterator[Selection]:
    """Yield for each question what it is to be answered from, one after the other.

    A passage that several of them share is asked for all of these while it lies in the model's
    cache, before the next one is. Those chosen for a question are asked together when it is its
    turn: an answer that is written before the next is taken then finds them there. Without passages
    the model is not called. Raises ModelError if a question leaves no room for a passage.
    """
    if not task.passages:
        yield from (Selection(asked.question) for asked in questions)
        return
    prepared = [_fitted(asked, task) for asked in questions]
    if task.odds is None:
        yield from prepared
        return
    hearings = [
        Judge(
            {n: _wording(asked, task.lang, task.passages[n]) for n in found.blocks},
            found.blocks,
            task.odds,
            task.cancel,
            None if found.in_full else task.brief,
        )
        for asked, found in zip(questions, prepared, strict=True)
    ]
    # The first is the likeliest and asked last: its beginning is then in the model's cache.
    for n in reversed(range(len(task.passages))):
        for hearing in hearings:
            hearing.hear(n)
    for found, hearing in zip(prepared, hearings, strict=True):
        presence = hearing.presence()
        chosen = {n: found.blocks[n] for n in presence.chosen}
        yield replace(found, blocks=chosen, presence=presence)


def _fitted(asked: Asked, task: Task) -> Selection:
    """Return the passages that are for a question as they fit the context."""
    in_full = in_one_piece(asked.question)
    texts = fit(
        asked.question,
        task.passages,
        task.lang,
        task.model,
        task.context - task.reserve,
        checked=task.odds is not None,
        in_full=in_full,
    )
    blocks = dict(enumerate(passage_blocks(task.passages, texts)))
    # Passages may have been dropped for room, all those of a part of the question among them.
    own = {n: blocks[n] for n in asked.among or () if n in blocks}
    return Selection(asked.question, texts, own or blocks, in_full)


def _wording(asked: Asked, lang: str, passage: Document) -> Wording:
    """Return the question in the language of a passage, if one is there, and that language."""
    theirs = passage.metadata.get("lang") or lang
    if theirs != lang and theirs in YES_NO:
        for other in asked.also:
            if script(other) == theirs:
                return other, theirs
    return asked.question, lang
