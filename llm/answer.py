"""From a question and its passages to a streamed, cited answer or a refusal."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langchain_core.documents import Document
from langchain_core.language_models.chat_models import BaseChatModel

from llm.budget import fit
from llm.citations import Citation, cite
from llm.conflicts import conflict, with_conflict
from llm.harmless import HarmlessStream, harmless
from llm.presence import LEAST, Doubt, Judge
from llm.prompts import REFUSAL, REFUSAL_MARKS, passage_block
from llm.proof import proven

_NUMBERED = re.compile(r"[\[【［]\s*\d+\s*[\]】］]?")


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
    certainty: float | None = None  # that the passages hold the answer, where it was asked

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
    judge: Judge | None = None,
    least: float = LEAST,
    *,
    strict: bool = True,
) -> Iterator[str | Answer]:
    """Yield the answer's text as the model writes it, and an Answer as the last item.

    `lang` is the question's language, "zh" or "en"; `context` and `answer_tokens` are in tokens.
    The text of the Answer has its citations checked, so it may differ from what was streamed.
    Without passages the model is not called. With a `judge` nothing is yielded before it is at
    least so certain (0 to 1) that the passages hold the answer; what the model writes in a case
    of doubt is judged before anybody sees it. Sentences that no passage bears out are left out of
    the Answer, or marked when it need not be `strict`; with none left it is a refusal. Setting
    `cancel` stops the model.
    """
    began = time.perf_counter()
    if not passages:
        yield Answer(REFUSAL[lang], refused=True, total_s=time.perf_counter() - began)
        return
    reserve = min(answer_tokens, context // 4)
    prompt, texts = fit(
        question, passages, lang, model, context - reserve, checked=judge is not None
    )
    cancel = cancel or threading.Event()
    doubt = None
    blocks = [
        passage_block(i, p, t) for i, (p, t) in enumerate(zip(passages, texts, strict=False), 1)
    ]
    if judge is not None:
        doubt = Doubt(judge, question, blocks, lang, least, cancel)
        if doubt.hopeless and not cancel.is_set():
            read = model.get_num_tokens_from_messages(prompt)
            yield _refused(lang, began, doubt, read)
            return
    written, first, tokens_in, tokens_out = "", None, 0, 0
    stream = HarmlessStream(texts)
    held = ""
    for chunk in model.stream(prompt, cancel=cancel, max_tokens=reserve):
        if usage := getattr(chunk, "usage_metadata", None):
            tokens_in, tokens_out = usage["input_tokens"], usage["output_tokens"]
        if text := str(chunk.text):
            written += text
            held += stream.add(text)
        if held and not (doubt and doubt.open):
            first = first or time.perf_counter() - began
            yield held
            held = ""
    held += stream.rest()
    if doubt and doubt.open and not cancel.is_set() and doubt.settle(prompt, written):
        yield _refused(lang, began, doubt, tokens_in, tokens_out)
        return
    if held and not cancel.is_set():
        first = first or time.perf_counter() - began
        yield held
    written = harmless(written, texts).strip()
    if not is_refusal(written):
        written = proven(written, question, blocks, strict=strict)
    refused = is_refusal(written)
    cited = None if refused else cite(written, question, passages, texts)
    if cited and (other := conflict(cited.text, question, passages, texts)):
        cited = with_conflict(cited, other, lang, passages)
    sources = [texts[c.n - 1] for c in cited.citations] if cited else []
    yield Answer(
        text=harmless(cited.text, sources) if cited else REFUSAL[lang],
        refused=refused,
        citations=cited.citations if cited else (),
        first_token_s=first or time.perf_counter() - began,
        total_s=time.perf_counter() - began,
        prompt_tokens=tokens_in,
        completion_tokens=tokens_out,
        stopped=cancel.is_set(),
        certainty=doubt.certainty if doubt else None,
    )


def _refused(lang: str, began: float, doubt: Doubt, read: int, written: int = 0) -> Answer:
    seconds = time.perf_counter() - began
    return Answer(
        text=REFUSAL[lang],
        refused=True,
        first_token_s=seconds,
        total_s=seconds,
        prompt_tokens=read,
        completion_tokens=written,
        certainty=doubt.certainty,
    )


def is_refusal(text: str) -> bool:
    """Tell whether a model's reply says, at its beginning, that the answer is not there."""
    head = text.strip()[:160]
    return not any(map(str.isalnum, _NUMBERED.sub("", head))) or any(
        mark in head for mark in REFUSAL_MARKS
    )
