"""The first step of an answer: which passages hold it, as they fit the model's context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from langchain_core.documents import Document

from ingest.text import script
from llm.answer.answer_model import AnswerModel
from llm.answer.budget import fit_passages
from llm.answer.judge import Judge, Wording
from llm.answer.question import Question
from llm.prompts import YES_NO, passage_blocks
from llm.question import needs_full_answer


def select_passages(questions: Sequence[Question], model: AnswerModel) -> Iterator[Question]:
    """Yield each question with the passages that it is to be answered from.

    They are parts of one question, or it alone, and have the same passages. A passage that several
    of them share is asked for all of these while it lies in the model's cache, before the next one
    is. Those chosen for a question are asked together when it is its turn: an answer that is
    written before the next is taken then finds them there. Without passages the model is not
    called. Raises ModelError if a question leaves no room for a passage.
    """
    passages = questions[0].passages
    if not passages:
        yield from questions
        return
    for question in questions:
        _fit(question, model)
    if model.odds is None:
        yield from questions
        return
    judges = [
        Judge(
            {n: _wording(question, passages[n]) for n in question.blocks},
            question.blocks,
            model.odds,
            question.cancel,
            None if question.in_full else model.brief,
        )
        for question in questions
    ]
    # The first is the likeliest and asked last: its beginning is then in the model's cache.
    for n in reversed(range(len(passages))):
        for judge in judges:
            judge.read(n)
    for question, judge in zip(questions, judges, strict=True):
        question.answerability = judge.answerability()
        question.blocks = {n: question.blocks[n] for n in question.answerability.chosen}
        yield question


def _fit(question: Question, model: AnswerModel) -> None:
    """Put the passages that are for a question into it as they fit the context."""
    question.in_full = needs_full_answer(question.text)
    question.texts = fit_passages(
        question.text,
        question.passages,
        question.lang,
        model.chat,
        model.context - model.reserve,
        checked=model.odds is not None,
        in_full=question.in_full,
    )
    blocks = dict(enumerate(passage_blocks(question.passages, question.texts)))
    # Passages may have been dropped for room, all those of a part of the question among them.
    own = {n: blocks[n] for n in question.among or () if n in blocks}
    question.blocks = own or blocks


def _wording(question: Question, passage: Document) -> Wording:
    """Return the question in the language of a passage, if one is there, and that language."""
    theirs = passage.metadata.get("lang") or question.lang
    if theirs != question.lang and theirs in YES_NO:
        for other in question.searched:
            if script(other) == theirs:
                return other, theirs
    return question.text, question.lang
