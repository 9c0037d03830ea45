"""Which passage each sentence of an answer comes from, with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

from ingest.text import STOPS, Span, features, missing, script, sentences, support
from llm.answer.answerability import Likeliest
from llm.answer.events import Citation
from llm.answer.months import of_another_month

MARK = re.compile(r"\s*[\[【［]\s*(\d{1,3}(?:\s*[.,，、]\s*\d{1,3})*)\s*[\]】］]")
_CUT_MARK = re.compile(r"\s*[\[【［]\s*\d*\s*$")  # a model that stopped within one
# Below this share of a sentence's features in a passage, the passage is not its source.
_SUPPORTED = 0.5
# By how much another passage must hold more of a sentence than the one that the model named.
_CLEARLY = 0.2
_APART = 0.5  # taken from a sentence's worth if it tells of another month than the question's
_PART = 0.2  # the least share of a sentence in a passage that is one of its several sources
QUOTE_CHARS = 300
YES_OR_NO = features(
    "yes no never true false 是 否 不是 是的 不 对 不对 有 没有 可以 不可以 能 不能 会 不会"
)
_EDGE = re.compile(r"[\s，、；：]")
_CLAUSE = 60  # characters in which one begins


@dataclass(frozen=True)
class CitedText:
    """An answer whose sentences end with the numbers of the passages they come from."""

    text: str
    citations: tuple[Citation, ...]


def cite(
    answer: str,
    question: str,
    passages: Sequence[Document],
    texts: Sequence[str],
    likeliest: Likeliest | None = None,
) -> CitedText:
    """Check the model's own `[n]`, add those it forgot, and find the quote of each.

    `texts` are the passages as the model saw them. A number the model made up is dropped; a
    sentence without one gets that of the passage which holds most of it, if any holds enough. One
    in another language than the passage it is likeliest to come from, or a bare "yes", gets the
    number of this.
    """
    answer = _CUT_MARK.sub("", answer)
    parts: list[str] = []
    claims: dict[int, list[str]] = {}
    at = 0
    for span in sentences_with_marks(answer):
        own = [int(n) for mark in MARK.findall(span.text) for n in re.split(r"\D+", mark)]
        plain = MARK.sub("", span.text).rstrip()
        parts.append(answer[at : span.start])
        at = span.end
        named = [n for n in own if 1 <= n <= len(texts)]
        numbers = _sources(plain, named, question, texts, likeliest)
        numbers = numbers or _unworded(plain, question, texts, likeliest)
        for n in numbers:
            claims.setdefault(n, []).append(plain)
        parts.append(plain + "".join(f"[{n}]" for n in numbers))
    text = "".join(parts).strip()
    quotes = {n: _quote(claims[n], question, texts[n - 1], likeliest) for n in sorted(claims)}
    return CitedText(
        text, tuple(citation_of(n, passages[n - 1], quote) for n, quote in quotes.items())
    )


def _unworded(
    sentence: str, question: str, texts: Sequence[str], likeliest: Likeliest | None
) -> list[int]:
    """Return the passage that a sentence is of whose words cannot stand there, none of others."""
    abroad = likeliest and script(sentence) != script(texts[likeliest.n])
    bare = bool(words := features(sentence)) and words <= YES_OR_NO
    if likeliest and (abroad or bare):
        return [likeliest.n + 1]
    if bare and texts:
        return [max(range(len(texts)), key=lambda n: support(question, texts[n])) + 1]
    return []


def sentences_with_marks(answer: str) -> list[Span]:
    """Return the sentences of an answer, each with the `[n]` that follows its full stop."""
    found: list[Span] = []
    for span in sentences(answer):
        if found and not MARK.sub("", span.text).strip():
            last = found.pop()
            span = Span(answer[last.start : span.end], last.start, span.end)
        elif found and (mark := MARK.match(span.text)) and mark.start() == 0:
            last = found.pop()
            end = span.start + mark.end()
            found.append(Span(answer[last.start : end], last.start, end))
            rest = answer[end : span.end]
            span = Span(rest.strip(), end + len(rest) - len(rest.lstrip()), span.end)
        found.append(span)
    return found


def _sources(
    sentence: str,
    own: Sequence[int],
    question: str,
    texts: Sequence[str],
    likeliest: Likeliest | None,
) -> list[int]:
    """Return the passages that a sentence comes from: those the model named, if they hold it.

    Small models often name the wrong one; where another passage holds more of the sentence's
    numbers, or clearly more of its words, that one is its source. In another language than the
    passage's little can be compared, and the model is believed.
    """
    scores = [(-len(missing(sentence, t)), support(sentence, t, question)) for t in texts]
    best = max(scores, default=(0, 0.0))
    named = list(dict.fromkeys(own))
    if len(named) > 1:  # the sentence joins several passages: each holds a part of it
        right = [n for n in named if scores[n - 1][1] >= _PART]
    else:
        right = [n for n in named if scores[n - 1] >= (best[0], best[1] - _CLEARLY)]
    if not right and texts and (own or best[1] >= _SUPPORTED):
        # "80 %" may stand in several: of these the one where it stands beside what was asked.
        alike = [n for n, score in enumerate(scores) if score == best]
        first = likeliest.n if likeliest else -1
        return [max(alike, key=lambda n: (_most(sentence, question, texts[n]), n == first, -n)) + 1]
    return right


def _most(claim: str, question: str, text: str) -> tuple[int, bool, float]:
    """Return how well the sentence of a text bears a claim out that does so best."""
    return max(
        (sentence_support(claim, question, s.text) for s in sentences(text)),
        default=(0, False, 0.0),
    )


def sentence_support(claim: str, question: str, sentence: str) -> tuple[int, bool, float]:
    """Return how well a sentence bears out a claim.

    That is by the figures it lacks of those that the question has not, whether it has the claim
    word for word ("10%" is not "10 million"), then by both their words. The question's count as
    much, as "in 2015" alone stands in many a sentence; its figures count like words, as the year is
    often told a sentence before. One that tells of another month counts less.
    """
    asked = features(question)
    said_of = len(asked & features(sentence)) / len(asked) if asked else 0.0
    said = -len(missing(claim, sentence, question)), _bare(claim) in sentence.lower()
    apart = _APART if of_another_month(sentence, question) else 0.0
    return *said, support(claim, sentence, question) + said_of - apart


def _quote(
    claims: Sequence[str], question: str, text: str, likeliest: Likeliest | None = None
) -> str:
    """Return the sentence of a passage that bears out one of the claims best.

    Claims with figures come first: they are what people look up. Claims in another language are
    looked for by what the passage answers in its own.
    """
    abroad = likeliest and script(" ".join(claims)) != script(text) == script(likeliest.asked)
    if likeliest and abroad and max(support(c, text, question) for c in claims) < _SUPPORTED:
        claims, question = [likeliest.said or likeliest.asked], likeliest.asked
    figures = [c for c in claims if missing(c, question)]
    claims = figures or claims
    best = max(
        sentences(text),
        key=lambda s: (max(sentence_support(c, question, s.text) for c in claims), -len(s.text)),
        default=Span(text, 0, len(text)),
    )
    return _cut(best.text, claims)


def _cut(sentence: str, claims: Sequence[str]) -> str:
    """Return a sentence, or of a long one the part that has what is claimed."""
    if len(sentence) <= QUOTE_CHARS:
        return sentence
    ends = [at + len(c) for c in map(_bare, claims) if (at := sentence.lower().find(c)) >= 0]
    start = max(0, min(max(ends, default=0) + _CLAUSE, len(sentence)) - QUOTE_CHARS)
    if start and (edge := _EDGE.search(sentence, start, start + _CLAUSE)):
        start = edge.end()
    return sentence[start : start + QUOTE_CHARS]


def _bare(claim: str) -> str:
    return claim.strip(STOPS).lower()


def citation_of(n: int, passage: Document, quote: str) -> Citation:
    """Return the citation of a quote, exact text of a passage, by the passage's number."""
    m = passage.metadata
    parts: dict[str, str] = m.get("parts", {})
    return Citation(
        n=n,
        document=m.get("document", ""),
        path=m.get("path", ""),
        page=m.get("page"),
        heading=m.get("heading", ""),
        quote=quote,
        chunk_id=next((i for i, text in parts.items() if quote in text), passage.id or ""),
    )
