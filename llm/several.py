"""An answer to a question about several things: one for each, and how they compare."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from langchain_core.documents import Document
from langchain_core.language_models.chat_models import BaseChatModel

from llm.align import features
from llm.answer import Answer, is_refusal
from llm.citations import MARK, QUOTE_CHARS, Citation
from llm.harmless import harmless
from llm.prompts import REFUSAL, UNANSWERED, compare_messages
from llm.proof import proven
from llm.split import compares
from llm.streamed import written

Of = TypeVar("Of")  # what was found for a part

_TOKENS = 80  # of the sentence that compares


def answer_each(
    question: str,
    parts: Sequence[tuple[str, Of]],
    passages: Sequence[Document],
    lang: str,
    one: Callable[[str, Of], Iterator[str | Answer]],
    model: BaseChatModel,
    cancel: threading.Event,
) -> Iterator[str | Answer]:
    """Yield the text of each part's answer as it is written, and the whole as the last item.

    `one` answers a part, as `llm.answer.answer` does. Parts that are refused are named as such; if
    all are, it is a refusal. Where the question asks how things compare, a sentence drawn from the
    parts' answers alone comes first.
    """
    given: list[Answer] = []
    for part, found in parts:
        if given:
            yield "\n\n"
        for piece in one(part, found):
            if isinstance(piece, Answer):
                given.append(piece)
            else:
                yield piece
        if cancel.is_set():
            break
    whole = _joined([part for part, _ in parts], given, passages, lang)
    if compares(question) and not any(a.refused for a in given) and not cancel.is_set():
        whole = _compared(question, whole, lang, model, cancel)
    yield whole


def _joined(
    parts: Sequence[str], given: Sequence[Answer], passages: Sequence[Document], lang: str
) -> Answer:
    """Return the answers as one; what an earlier one says already is not said again."""
    lines: list[str] = []
    for part, answer in zip(parts, given, strict=False):
        if answer.refused:
            lines.append(UNANSWERED[lang].format(part=part))
        elif not _words(answer.text) <= _words(" ".join(lines)):
            # "20 million." alone does not say of what.
            alone = _words(part) & _words(answer.text)
            gap = "" if part.endswith("？") else " "  # a full-width mark has its own
            lines.append(answer.text if alone else f"{part}{gap}{answer.text}")
    refused = all(answer.refused for answer in given)
    before = 0.0
    first = None
    for answer in given:
        if first is None and answer.first_token_s is not None:
            first = before + answer.first_token_s
        before += answer.total_s
    sure = [answer.certainty for answer in given if answer.certainty is not None]
    return Answer(
        text=REFUSAL[lang] if refused else "\n\n".join(lines),
        refused=refused,
        citations=_once([c for answer in given for c in answer.citations], passages),
        first_token_s=first,
        total_s=before,
        prompt_tokens=sum(answer.prompt_tokens for answer in given),
        completion_tokens=sum(answer.completion_tokens for answer in given),
        stopped=any(answer.stopped for answer in given),
        certainty=max(sure, default=None),
    )


def _once(citations: Sequence[Citation], passages: Sequence[Document]) -> tuple[Citation, ...]:
    """Return one citation for each passage.

    Of two quotes it has what stands from the one to the other, if that is not too long.
    """
    found: dict[int, Citation] = {}
    for citation in citations:
        have = found.setdefault(citation.n, citation)
        text = passages[citation.n - 1].page_content
        starts = [text.find(have.quote), text.find(citation.quote)]
        end = max(start + len(c.quote) for start, c in zip(starts, (have, citation), strict=True))
        if min(starts) >= 0 and end - min(starts) <= QUOTE_CHARS:
            found[citation.n] = replace(have, quote=text[min(starts) : end])
    return tuple(found[n] for n in sorted(found))


def _compared(
    question: str, whole: Answer, lang: str, model: BaseChatModel, cancel: threading.Event
) -> Answer:
    """Return the answer with a sentence before it that compares, if what it says is borne out."""
    facts = MARK.sub("", whole.text)
    prompt = compare_messages(question, [facts], lang)
    sentence = MARK.sub("", written(model, prompt, _TOKENS, cancel))
    said = proven(harmless(sentence, [facts]).strip(), question, [facts], strict=True)
    if is_refusal(said):
        return whole
    marks = "".join(f"[{citation.n}]" for citation in whole.citations)
    return replace(whole, text=f"{said}{marks}\n\n{whole.text}")


def _words(text: str) -> set[str]:
    return features(MARK.sub("", text))
