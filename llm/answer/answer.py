"""The second step of an answer: it is streamed and cited, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from llm.answer.cite import Citation, cite
from llm.answer.harmless import HarmlessStream, harmless
from llm.answer.notes import with_notes
from llm.answer.select import Selection
from llm.answer.shorten import shorten
from llm.answer.table_rows import with_rows
from llm.answer.task import Task
from llm.answer.verify import verified
from llm.prompts import REFUSAL, REFUSAL_MARKS, messages

_NUMBERED = re.compile(r"[\[【［]\s*\d+\s*[\]】］]?")


@dataclass(frozen=True)
class Answer:
    """What came of a question; times in seconds from when its task began."""

    text: str
    refused: bool
    citations: tuple[Citation, ...] = ()
    first_token_s: float | None = None
    total_s: float = 0.0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    stopped: bool = False
    certainty: float | None = None  # that the passages hold the answer, where it was asked

    @property
    def grounded(self) -> bool:
        """Whether the answer stands on at least one passage."""
        return bool(self.citations) and not self.refused


def answer(evidence: Selection, task: Task) -> Iterator[str | Answer]:
    """Yield the answer's text as the model writes it, and an Answer as the last item.

    The text of the Answer is proven, cited and may be cut, so it may differ from what was streamed.
    Without passages, or when it is not certain enough that they hold the answer, nothing is
    written.
    """
    question, lang, presence = evidence.question, task.lang, evidence.presence
    if not evidence.blocks:
        yield Answer(REFUSAL[lang], refused=True, total_s=task.seconds)
        return
    blocks, texts = list(evidence.blocks.values()), evidence.texts
    prompt = messages(
        question,
        blocks,
        lang,
        checked=presence is not None,
        in_full=evidence.in_full,
        read_in=presence.lang if presence else lang,
    )
    certainty = presence.certainty if presence else None
    if certainty is not None and certainty < task.least and not task.cancel.is_set():
        seconds = task.seconds
        yield Answer(
            text=REFUSAL[lang],
            refused=True,
            first_token_s=seconds,
            total_s=seconds,
            prompt_tokens=task.model.get_num_tokens_from_messages(prompt),
            certainty=certainty,
        )
        return
    written, first, tokens_in, tokens_out = "", None, 0, 0
    stream = HarmlessStream(texts)
    likeliest = presence.likeliest if presence else None
    for chunk in task.model.stream(prompt, cancel=task.cancel, max_tokens=task.reserve):
        if first is None:
            first = task.seconds
        if usage := getattr(chunk, "usage_metadata", None):
            tokens_in, tokens_out = usage["input_tokens"], usage["output_tokens"]
        if text := str(chunk.text):
            written += text
            if shown := stream.add(text):
                yield shown
    if (shown := stream.rest()) and not task.cancel.is_set():
        yield shown
    written = harmless(written, texts).strip()
    if likeliest and not is_refusal(written) and not task.cancel.is_set():
        short = shorten(written, likeliest.said, question, texts[likeliest.n])
        written = harmless(short, texts).strip()
    cited = None
    if not is_refusal(written) and (
        kept := verified(written, question, blocks, strict=task.strict)
    ):
        found = cite(kept, question, task.passages, texts, likeliest)
        # What names no passage is no answer, unless it was stopped before it could.
        if found.citations or not task.strict or task.cancel.is_set():
            others = presence.others if presence else ()
            noted = with_notes(found, question, others, lang, task.passages, texts)
            cited = with_rows(noted, question, lang, texts)
    sources = [texts[c.n - 1] for c in cited.citations] if cited else []
    yield Answer(
        text=harmless(cited.text, sources) if cited else REFUSAL[lang],
        refused=cited is None,
        citations=cited.citations if cited else (),
        first_token_s=first,
        total_s=task.seconds,
        prompt_tokens=tokens_in,
        completion_tokens=tokens_out,
        stopped=task.cancel.is_set(),
        certainty=certainty,
    )


def is_refusal(text: str) -> bool:
    """Tell whether a model's reply says, at its beginning, that the answer is not there."""
    head = text.strip()[:160]
    return not any(map(str.isalnum, _NUMBERED.sub("", head))) or any(
        mark in head for mark in REFUSAL_MARKS
    )
