"""An answer to a question: read the passages, write, verify and cite, then what speaks against."""

from __future__ import annotations

from collections.abc import Iterator

from llm.answer.answer_model import AnswerModel
from llm.answer.budget import fit_passages
from llm.answer.contradict import contradictions
from llm.answer.events import Event, Outcome, Usage
from llm.answer.question import Question
from llm.answer.read import can_be_read, read
from llm.answer.write import Writer
from llm.prompts import NOTHING_PROVEN, REFUSAL, passage_blocks


def answer(question: Question, model: AnswerModel) -> Iterator[Event]:
    """Yield the answer's text as it is verified, and an Answer as the last event.

    The question has its passages. Without any, or when it is not certain enough that they hold the
    answer, the model writes nothing and it is not found. Raises ModelError if a question leaves no
    room for a passage.
    """
    lang, cancel = question.lang, question.cancel
    question.texts = fit_passages(question, model.chat, model.context - model.reserve)
    blocks = passage_blocks(question.passages, question.texts)
    if not blocks:
        yield question.answered(REFUSAL[lang], outcome="not_found")
        return
    sure: float | None = None
    unknown: tuple[str, ...] = ()
    if model.odds and can_be_read(question):
        reading = read(question, blocks, model.odds, model.calibrations.get(lang))
        sure, unknown = reading.certainty, reading.unknown
    if sure is not None and sure < model.least_found and not cancel.is_set():
        yield question.answered(
            REFUSAL[lang],
            outcome="not_found",
            first_token_s=question.seconds,
            certainty=sure,
            unknown=unknown,
        )
        return
    writer = Writer(question, blocks, model)
    yield from writer.written(may_refuse=model.odds is None)
    # Where no odds tell whether the answer is there, a small model refuses half of what is. Asked
    # once more without that way out it answers, for a person to judge, or says so again.
    hesitant = model.odds is None and writer.refused and not writer.shown
    if hesitant and not cancel.is_set():
        tokens = writer.completion_tokens
        writer = Writer(question, blocks, model)
        writer.completion_tokens = tokens
        yield from writer.written(may_refuse=False)
    if writer.shown and model.odds and not cancel.is_set():
        for note in contradictions(question, blocks, writer, model):
            yield writer.add(note)
    citations = writer.citer.citations()
    outcome: Outcome = "answered"
    text = writer.text
    if not writer.shown and not cancel.is_set():
        is_doubtful = writer.left_out and not hesitant
        outcome = "unsure" if is_doubtful else "not_found"
        text = NOTHING_PROVEN[lang] if is_doubtful else REFUSAL[lang]
    elif (
        (sure is not None and sure < model.least_certainty)
        or hesitant
        or writer.main_lost
        or writer.is_strange
        or writer.refused
        or (not citations and not cancel.is_set())
    ):
        outcome = "unsure"
    yield question.answered(
        text,
        citations,
        outcome=outcome,
        first_token_s=writer.first_token_s,
        usage=Usage(completion_tokens=writer.completion_tokens),
        certainty=sure,
        unknown=unknown if outcome != "answered" else (),
    )
