"""From a question and its passages to a streamed, cited answer or a refusal."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from langchain_core.documents import Document
from langchain_core.language_models.chat_models import BaseChatModel

from llm.budget import fit
from llm.citations import Citation, cite
from llm.drafts import Brief, Draft
from llm.harmless import HarmlessStream, harmless
from llm.leaning import script
from llm.notes import with_notes
from llm.presence import Odds, Wording, look
from llm.prompts import REFUSAL, REFUSAL_MARKS, YES_NO, messages, passage_blocks
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
    odds: Odds | None = None,
    least: float = 0.0,
    *,
    brief: Brief | None = None,
    also: Sequence[str] = (),
    among: Sequence[int] | None = None,
    in_full: bool = False,
    strict: bool = True,
) -> Iterator[str | Answer]:
    """Yield the answer's text as the model writes it, and an Answer as the last item.

    `lang` is the question's language, "zh" or "en"; `context` and `answer_tokens` are in tokens.
    The text of the Answer has its citations checked, so it may differ from what was streamed.
    Without passages the model is not called. With `odds` it is first asked which passages state
    the answer; it is written from those alone, and only if it is at least so certain (0 to 1) that
    they do. With `brief`, too, what each passage answers is compared, and what others say instead
    is quoted behind the answer. Passages in the other language are asked by that one of `also`,
    other wordings, which is in it. `among` are the numbers, from 0, of the passages that are for
    this question, if not all are. What a few words cannot tell is written `in_full`. Sentences that
    the passages do not bear out are left out of the Answer, or marked when it need not be `strict`;
    with none left it is a refusal. Setting `cancel` stops the model.
    """
    began = time.perf_counter()
    if not passages:
        yield Answer(REFUSAL[lang], refused=True, total_s=time.perf_counter() - began)
        return
    reserve = min(answer_tokens, context // 4)
    checked = odds is not None
    texts = fit(
        question, passages, lang, model, context - reserve, checked=checked, in_full=in_full
    )
    blocks = passage_blocks(passages, texts)
    # Passages may have been dropped for room, all those of a part of the question among them.
    own = [n for n in among or () if n < len(blocks)] or list(range(len(blocks)))
    blocks = [blocks[n] for n in own]
    cancel = cancel or threading.Event()
    certainty, others, read_in = None, list[Draft](), lang
    if odds is not None:
        wordings = [wording(question, lang, also, passages[n]) for n in own]
        presence = look(wordings, blocks, odds, cancel, brief)
        read_in = presence.lang
        others = [replace(draft, n=own[draft.n]) for draft in presence.others]
        blocks = [blocks[n] for n in presence.chosen]
        certainty = presence.certainty
    prompt = messages(question, blocks, lang, checked=checked, in_full=in_full, read_in=read_in)
    if certainty is not None and certainty < least and not cancel.is_set():
        seconds = time.perf_counter() - began
        yield Answer(
            text=REFUSAL[lang],
            refused=True,
            first_token_s=seconds,
            total_s=seconds,
            prompt_tokens=model.get_num_tokens_from_messages(prompt),
            certainty=certainty,
        )
        return
    written, first, tokens_in, tokens_out = "", None, 0, 0
    stream = HarmlessStream(texts)
    for chunk in model.stream(prompt, cancel=cancel, max_tokens=reserve):
        if first is None:
            first = time.perf_counter() - began
        if usage := getattr(chunk, "usage_metadata", None):
            tokens_in, tokens_out = usage["input_tokens"], usage["output_tokens"]
        if text := str(chunk.text):
            written += text
            if shown := stream.add(text):
                yield shown
    if (shown := stream.rest()) and not cancel.is_set():
        yield shown
    written = harmless(written, texts).strip()
    cited = None
    if not is_refusal(written) and (kept := proven(written, question, blocks, strict=strict)):
        cited = with_notes(
            cite(kept, question, passages, texts), question, others, lang, passages, texts
        )
    sources = [texts[c.n - 1] for c in cited.citations] if cited else []
    yield Answer(
        text=harmless(cited.text, sources) if cited else REFUSAL[lang],
        refused=cited is None,
        citations=cited.citations if cited else (),
        first_token_s=first,
        total_s=time.perf_counter() - began,
        prompt_tokens=tokens_in,
        completion_tokens=tokens_out,
        stopped=cancel.is_set(),
        certainty=certainty,
    )


def wording(question: str, lang: str, also: Sequence[str], passage: Document) -> Wording:
    """Return the question in the language of a passage, if one of `also` is, and that language."""
    theirs = passage.metadata.get("lang") or lang
    if theirs != lang and theirs in YES_NO:
        for other in also:
            if script(other) == theirs:
                return other, theirs
    return question, lang


def is_refusal(text: str) -> bool:
    """Tell whether a model's reply says, at its beginning, that the answer is not there."""
    head = text.strip()[:160]
    return not any(map(str.isalnum, _NUMBERED.sub("", head))) or any(
        mark in head for mark in REFUSAL_MARKS
    )
