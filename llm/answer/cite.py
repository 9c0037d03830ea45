"""Which passages each statement of an answer comes from, with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.documents import Document

from ingest.text import (
    STOPS,
    Span,
    features,
    is_foreign,
    letters,
    missing,
    numbers,
    script,
    sentences,
    support,
)
from llm.answer.events import Citation

# Spaces are looked through from their first on: from each of them would take their square.
MARK = re.compile(r"(?<!\s)\s*+[\[【［]\s*+(\d{1,3}(?:\s*+[.,，、]\s*+\d{1,3})*+)\s*+[\]】］]")
_CUT_MARK = re.compile(r"(?<!\s)\s*+[\[【［]\s*+\d*+\s*+$")  # a model that stopped within one
# Below this share of a statement's words and figures in a passage, the passage is not its source.
_SUPPORTED = 0.5
# By how much another passage must hold more of a statement than the one that the model named.
_CLEARLY = 0.2
_PART = 0.2  # the least share of a statement in a passage that is one of its several sources
QUOTE_CHARS = 300
# What answers a question without a word of a passage.
YES_OR_NO = features(
    "yes no never true false 是 否 不是 是的 不 对 不对 有 没有 可以 不可以 能 不能 会 不会"
    " 需要 不需要 允许 不允许"
)
_EDGE = re.compile(r"[\s，、；：]")
_CLAUSE = 60  # characters in which one begins


class Citer:
    """Finds the passages that the statements of one answer come from, and quotes them.

    A passage has a place, from 1, among those that the model was shown, and a number, from 1, in
    the order in which the answer cites them: what is shown has no number that is not cited.

    Example:
        citer = Citer(question, passages, texts)
        numbers = citer.cite("Tea is free on weekdays [2].")  # (1,): the first that is cited
        citations = citer.citations()
    """

    def __init__(self, question: str, passages: Sequence[Document], texts: Sequence[str]) -> None:
        """`texts` are the passages as the model saw them, the best first."""
        self._question = question
        self._foreign = is_foreign(question)
        self._passages = passages
        self._texts = texts
        self._claims: dict[int, list[str]] = {}  # by the place of the passage, as first cited

    @property
    def cited(self) -> list[int]:
        """The places, from 1, of the passages that were cited, the best first."""
        return sorted(self._claims)

    def cite(self, statement: str) -> tuple[int, ...]:
        """Return the numbers of the passages that a statement comes from; maybe none.

        The model's own `[n]` is believed only where the passage holds what the statement says. A
        statement without one gets that of the passage which holds most of it, if any holds enough.
        One in another language than all the passages has few words in common with them: it gets
        the passage that has its figures and names, or the best one.
        """
        return self.note(statement, self.sources(statement))

    def note(self, statement: str, sources: Sequence[int]) -> tuple[int, ...]:
        """Note that a statement is in the answer, with its `sources`; return their numbers."""
        for place in sources:
            self._claims.setdefault(place, []).append(plain_statement(statement))
        return tuple(sorted(self.number(place) for place in sources))

    def number(self, place: int) -> int:
        """Return the number of a passage that was cited, by its place."""
        return list(self._claims).index(place) + 1

    def sources(self, statement: str) -> tuple[int, ...]:
        """Return the places, from 1, of the passages that a statement comes from; maybe none."""
        own = [int(n) for mark in MARK.findall(statement) for n in re.split(r"\D+", mark)]
        named = [n for n in dict.fromkeys(own) if 1 <= n <= len(self._texts)]
        return tuple(self._sources(plain_statement(statement), named))

    def cite_question(self) -> tuple[int, ...]:
        """Return the number of the passage that speaks of what was asked, for a bare "yes".

        None if the best has not half of the question: it speaks of something else.
        """
        scores = [support(self._question, text) for text in self._texts]
        if max(scores, default=0.0) < _SUPPORTED:
            return ()
        place = scores.index(max(scores)) + 1
        self._claims.setdefault(place, []).append(self._question)
        return (self.number(place),)

    def quote(self, place: int, sentence: str) -> int:
        """Note that a sentence of a passage is quoted in the answer; return its number."""
        self._claims.setdefault(place, []).append(sentence)
        return self.number(place)

    def cited_ids(self) -> dict[int, str]:
        """Return the ids of the passages that were cited so far, by their numbers."""
        return {n: str(self._passages[place - 1].id) for n, place in enumerate(self._claims, 1)}

    def citations(self) -> tuple[Citation, ...]:
        """Return the citation of each passage that was cited, by its number."""
        return tuple(
            citation_of(
                n,
                self._passages[place - 1],
                # What a passage is cited for first is what was asked; the rest is around it.
                _quote(claims[0], self._question, self._texts[place - 1]),
            )
            for n, (place, claims) in enumerate(self._claims.items(), 1)
        )

    def _sources(self, statement: str, named: Sequence[int]) -> list[int]:
        texts, question = self._texts, self._question
        if not texts or is_yes_or_no(statement):
            return []
        if not features(statement):  # "In May." has only small words
            words = re.compile(rf"(?<!\w){re.escape(_bare(statement))}(?!\w)")
            held = [n for n, text in enumerate(texts, 1) if words.search(text.lower())]
            return held[:1] if _bare(statement) else []
        scores = [(-len(missing(statement, t)), support(statement, t, question)) for t in texts]
        best = max(scores)
        abroad = self._foreign or all(script(t) != script(statement) for t in texts)
        least = 0.0 if abroad else _PART  # in another language hardly a word is the same
        if len(named) > 1:  # the statement joins several passages: each holds a part of it
            right = [n for n in named if scores[n - 1][1] >= _PART]
        else:
            clear = best[0], max(best[1] - _CLEARLY, least)
            right = [n for n in named if scores[n - 1] >= clear]
        if right:
            return self._completed(statement, right)
        figures = bool(numbers(statement)) and not best[0]  # “60天” of a passage that says “60日”
        if (named and best[1] >= least) or abroad or figures or best[1] >= _SUPPORTED:
            # "80 %" may stand in several: of these the one where it stands beside what was asked.
            alike = [n for n, score in enumerate(scores) if score == best]
            most = max(alike, key=lambda n: (_most(statement, question, texts[n]), -n)) + 1
            return self._completed(statement, [most])
        return []

    def _completed(self, statement: str, sources: list[int]) -> list[int]:
        """Return the sources of a statement, and the passages that have the figures they lack.

        "A closes at 8, and B at 9" may join two passages.
        """
        texts = self._texts
        while lacking := missing(statement, *(texts[n - 1] for n in sources), self._question):
            has = [len(set(lacking) - set(missing(statement, text))) for text in texts]
            if not any(has):
                break
            sources = [*sources, has.index(max(has)) + 1]
        return sorted(sources)


def is_yes_or_no(statement: str) -> bool:
    """Tell whether a statement says yes or no, and nothing more."""
    words = features(statement)
    return words <= YES_OR_NO if words else letters(statement) == "no"  # too common to be a feature


def plain_statement(statement: str) -> str:
    """Return a statement without the numbers of passages."""
    return _CUT_MARK.sub("", MARK.sub("", statement)).rstrip()


def _most(claim: str, question: str, text: str) -> tuple[int, bool, float]:
    """Return how well the sentence of a text bears a claim out that does so best."""
    return max(
        (_borne_out(claim, question, s.text) for s in sentences(text)), default=(0, False, 0.0)
    )


def _borne_out(claim: str, question: str, sentence: str) -> tuple[int, bool, float]:
    """Return how well a sentence bears out a claim.

    That is by the figures it lacks of those that the question has not, whether it has the claim
    word for word ("10%" is not "10 million"), then by both their words. The question's count as
    much, as "in 2015" alone stands in many a sentence.
    """
    asked = features(question)
    said_of = len(asked & features(sentence)) / len(asked) if asked else 0.0
    lacking = -len(missing(claim, sentence, question))
    return lacking, _bare(claim) in sentence.lower(), support(claim, sentence, question) + said_of


def _quote(claim: str, question: str, text: str) -> str:
    """Return the sentence of a passage that bears out a claim best."""
    best = max(
        sentences(text),
        key=lambda s: (_borne_out(claim, question, s.text), -len(s.text)),
        default=Span(text, 0, len(text)),
    )
    return _cut(best.text, claim)


def _cut(sentence: str, claim: str) -> str:
    """Return a sentence, or of a long one the part that has what is claimed."""
    if len(sentence) <= QUOTE_CHARS:
        return sentence
    at = sentence.lower().find(_bare(claim))
    end = at + len(_bare(claim)) if at >= 0 else 0
    start = max(0, min(end + _CLAUSE, len(sentence)) - QUOTE_CHARS)
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
        unit=m.get("unit"),
        confidence=m.get("confidence"),
    )
