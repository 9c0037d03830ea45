"""Which passage each sentence of an answer comes from, with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

from llm.align import features, support
from llm.sentences import Span, sentences

_MARK = re.compile(r"\s*[\[【［]\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]】］]")
# Below this share of a sentence's features in a passage, the passage is not its source.
_SUPPORTED = 0.5
_QUOTE_CHARS = 300


@dataclass(frozen=True)
class Citation:
    """Where a part of the answer stands; `quote` is exact text of that page."""

    n: int
    document: str
    path: str
    page: int | None
    heading: str
    quote: str
    chunk_id: str


@dataclass(frozen=True)
class Cited:
    """An answer whose sentences end with the numbers of the passages they come from."""

    text: str
    citations: tuple[Citation, ...]


def cite(answer: str, question: str, passages: Sequence[Document], texts: Sequence[str]) -> Cited:
    """Check the model's own `[n]`, add those it forgot, and find the quote of each.

    `texts` are the passages as the model saw them. A number the model made up is dropped; a
    sentence without one gets that of the passage which holds most of it, if any holds enough.
    """
    parts: list[str] = []
    claims: dict[int, list[str]] = {}
    at = 0
    for span in _joined(answer):
        own = [int(n) for mark in _MARK.findall(span.text) for n in re.findall(r"\d+", mark)]
        plain = _MARK.sub("", span.text).rstrip()
        parts.append(answer[at : span.start])
        at = span.end
        numbers = [n for n in dict.fromkeys(own) if 1 <= n <= len(texts)]
        if not numbers and features(plain):
            numbers = _sources(plain, question, texts)
        for n in numbers:
            claims.setdefault(n, []).append(plain)
        parts.append(plain + "".join(f"[{n}]" for n in numbers))
    text = "".join(parts).strip()
    quotes = {n: _quote(claims[n], question, texts[n - 1]) for n in sorted(claims)}
    return Cited(text, tuple(_citation(n, passages[n - 1], quote) for n, quote in quotes.items()))


def _joined(answer: str) -> list[Span]:
    """Return the sentences, each with the `[n]` that follows its full stop."""
    found: list[Span] = []
    for span in sentences(answer):
        if found and not _MARK.sub("", span.text).strip():
            last = found.pop()
            span = Span(answer[last.start : span.end], last.start, span.end)
        elif found and (mark := _MARK.match(span.text)) and mark.start() == 0:
            last = found.pop()
            end = span.start + mark.end()
            found.append(Span(answer[last.start : end], last.start, end))
            rest = answer[end : span.end]
            span = Span(rest.strip(), end + len(rest) - len(rest.lstrip()), span.end)
        found.append(span)
    return found


def _sources(sentence: str, question: str, texts: Sequence[str]) -> list[int]:
    scores = [support(sentence, text) for text in texts]
    best = max(scores, default=0.0)
    return [scores.index(best) + 1] if best >= _SUPPORTED else []


def _quote(claims: Sequence[str], question: str, text: str) -> str:
    """Return the sentence of a passage that holds most of what one of the claims adds."""
    best = max(
        sentences(text),
        key=lambda s: (
            max(support(claim, s.text, question) for claim in claims),
            support(question, s.text),
            -len(s.text),
        ),
        default=Span(text, 0, len(text)),
    )
    return best.text[:_QUOTE_CHARS]


def _citation(n: int, passage: Document, quote: str) -> Citation:
    m = passage.metadata
    return Citation(
        n=n,
        document=m.get("document", ""),
        path=m.get("path", ""),
        page=m.get("page"),
        heading=m.get("heading", ""),
        quote=quote,
        chunk_id=passage.id or "",
    )
