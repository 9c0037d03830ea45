"""The second step of an answer: it is streamed and cited, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from llm.answer.answer_model import AnswerModel
from llm.answer.cite import CitedText, cite
from llm.answer.events import Event, Text, Usage
from llm.answer.harmless import HarmlessStream, harmless
from llm.answer.notes import with_notes
from llm.answer.question import Question
from llm.answer.shorten import shorten
from llm.answer.table_rows import with_rows
from llm.answer.verify import verify
from llm.prompts import REFUSAL, REFUSAL_MARKS, messages

_NUMBERED = re.compile(r"[\[【［]\s*\d+\s*[\]】］]?")


def write_answer(question: Question, model: AnswerModel) -> Iterator[Event]:
    """Yield the answer's text as the model writes it, and an Answer as the last event.

    The question has its passages selected. The text of the Answer is proven, cited and may be cut,
    so it may differ from what was streamed. Without passages, or when it is not certain enough that
    they hold the answer, nothing is written.
    """
    lang, judged, cancel = question.lang, question.answerability, question.cancel
    if not question.blocks:
        yield question.answered(REFUSAL[lang], refused=True)
        return
    blocks, texts = list(question.blocks.values()), question.texts
    prompt = messages(
        question.text,
        blocks,
        lang,
        checked=judged is not None,
        in_full=question.in_full,
        read_in=judged.lang if judged else lang,
    )
    certainty = judged.certainty if judged else None
    if certainty is not None and certainty < model.least_certainty and not cancel.is_set():
        yield question.answered(
            REFUSAL[lang],
            refused=True,
            first_token_s=question.seconds,
            usage=Usage(model.chat.get_num_tokens_from_messages(prompt)),
            certainty=certainty,
        )
        return
    written, first, usage = "", None, Usage()
    stream = HarmlessStream(texts)
    likeliest = judged.likeliest if judged else None
    for chunk in model.chat.stream(prompt, cancel=cancel, max_tokens=model.reserve):
        if first is None:
            first = question.seconds
        if counted := getattr(chunk, "usage_metadata", None):
            usage = Usage(counted["input_tokens"], counted["output_tokens"])
        if text := str(chunk.text):
            written += text
            if shown := stream.add(text):
                yield Text(shown)
    if (shown := stream.rest()) and not cancel.is_set():
        yield Text(shown)
    written = harmless(written, texts).strip()
    if likeliest and not is_refusal(written) and not cancel.is_set():
        short = shorten(written, likeliest.said, question.text, texts[likeliest.n])
        written = harmless(short, texts).strip()
    cited = _proven(written, question, strict=model.strict)
    sources = [texts[c.n - 1] for c in cited.citations] if cited else []
    yield question.answered(
        harmless(cited.text, sources) if cited else REFUSAL[lang],
        cited.citations if cited else (),
        refused=cited is None,
        first_token_s=first,
        usage=usage,
        certainty=certainty,
    )


def _proven(written: str, question: Question, *, strict: bool) -> CitedText | None:
    """Return what the passages bear out of an answer, cited, with what others say behind it."""
    text, judged = question.text, question.answerability
    if is_refusal(written):
        return None
    kept = verify(written, text, list(question.blocks.values()), strict=strict)
    if not kept:
        return None
    likeliest = judged.likeliest if judged else None
    cited = cite(kept, text, question.passages, question.texts, likeliest)
    # What names no passage is no answer, unless it was stopped before it could.
    if strict and not cited.citations and not question.cancel.is_set():
        return None
    others = judged.others if judged else ()
    noted = with_notes(cited, text, others, question.lang, question.passages, question.texts)
    return with_rows(noted, text, question.lang, question.texts)


def is_refusal(text: str) -> bool:
    """Tell whether a model's reply says, at its beginning, that the answer is not there."""
    head = text.strip()[:160]
    return not any(map(str.isalnum, _NUMBERED.sub("", head))) or any(
        mark in head for mark in REFUSAL_MARKS
    )
