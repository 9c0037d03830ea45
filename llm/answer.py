"""From a question and its passages to a streamed, cited answer or a refusal."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langchain_core.documents import Document
from langchain_core.language_models.chat_models import BaseChatModel

from llm.budget import fit
from llm.citations import Citation, cite
from llm.prompts import REFUSAL, REFUSAL_MARKS


@dataclass(frozen=True)
class Answer:
    """What came of a question; times in seconds from the call of `answer`."""

    text: str
    refused: bool
    citations: tuple[Citation, ...] = ()
    first_token_s: float | None = None
    total_s: float = 0.0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    stopped: bool = False

    @property
    def grounded(self) -> bool:
        """Whether the answer stands on at least one passage."""
        return bool(self.citations) and not self.refused


def answer(
    question: str,
    passages: Sequence[Document],
    lang: str,
    model: BaseChatModel,
    context: int,
    answer_tokens: int,
    cancel: threading.Event | None = None,
) -> Iterator[str | Answer]:
    """Yield the answer's text as the model writes it, and an Answer as the last item.

    `lang` is the question's language, "zh" or "en"; `context` and `answer_tokens` are in tokens.
    The text of the Answer has its citations checked, so it may differ from what was streamed.
    Without passages the model is not called. Setting `cancel` stops the model.
    """
    began = time.perf_counter()
    if not passages:
        yield Answer(REFUSAL[lang], refused=True, total_s=time.perf_counter() - began)
        return
    reserve = min(answer_tokens, context // 4)
    prompt, texts = fit(question, passages, lang, model, context - reserve)
    cancel = cancel or threading.Event()
    written, first, tokens_in, tokens_out = "", None, 0, 0
    for chunk in model.stream(prompt, cancel=cancel, max_tokens=reserve):
        if first is None:
            first = time.perf_counter() - began
        if usage := getattr(chunk, "usage_metadata", None):
            tokens_in, tokens_out = usage["input_tokens"], usage["output_tokens"]
        if text := str(chunk.text):
            written += text
            yield text
    refused = is_refusal(written)
    cited = None if refused else cite(written.strip(), question, passages, texts)
    yield Answer(
        text=cited.text if cited else REFUSAL[lang],
        refused=refused,
        citations=cited.citations if cited else (),
        first_token_s=first,
        total_s=time.perf_counter() - began,
        prompt_tokens=tokens_in,
        completion_tokens=tokens_out,
        stopped=cancel.is_set(),
    )


def is_refusal(text: str) -> bool:
    """Tell whether a model's reply says, at its beginning, that the answer is not there."""
    head = text.strip()[:160]
    return not head or any(mark in head for mark in REFUSAL_MARKS)
