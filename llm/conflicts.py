"""Passages that say the same of something else: the same sentence with another figure or name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

from llm.align import features, support
from llm.citations import MARK, Cited, citation_of
from llm.prompts import CONFLICT
from llm.sentences import sentences

_ALIKE = 0.5  # share of the words of both sentences that both have
_ENOUGH = 4  # words that both have; shorter sentences are alike by chance


@dataclass(frozen=True)
class Conflict:
    """A sentence of another passage, by its number from 1, that contradicts an answer."""

    n: int
    sentence: str


def conflict(
    answer: str, question: str, passages: Sequence[Document], texts: Sequence[str]
) -> Conflict | None:
    """Return what contradicts an answer, None if nothing is seen to.

    Looked for is a sentence of another document that is like the one the answer comes from, and
    has all that the question asks about, but something else in place of what the answer adds.
    """
    asked = features(question)
    added = features(MARK.sub("", answer)) - asked
    if not added:
        return None
    stated = [
        (n, s.text, features(s.text)) for n, text in enumerate(texts) for s in sentences(text)
    ]
    if not stated:
        return None
    at, _, mine = max(stated, key=lambda one: (support(answer, one[1], question), -one[0]))
    if not added & mine:
        return None
    theirs = _title(passages[at])
    found: list[tuple[float, int, str]] = []
    for n, sentence, other in stated:
        if n == at or _same_document(passages[n], passages[at]):
            continue
        common = len(mine & other)
        alike = common / len(mine | other)
        if (
            common >= _ENOUGH
            and alike >= _ALIKE
            and added & (mine - other)
            and other - mine
            and asked & (mine | theirs) <= other | _title(passages[n])
            and not any(added & mine <= words for i, _, words in stated if i == n)
        ):
            found.append((alike, n, sentence))
    if not found:
        return None
    _, n, sentence = max(found)
    return Conflict(n + 1, sentence)


def with_conflict(cited: Cited, other: Conflict, lang: str, passages: Sequence[Document]) -> Cited:
    """Return an answer that says what contradicts it, and where that stands."""
    sentence = MARK.sub("", other.sentence)
    text = cited.text + CONFLICT[lang].format(sentence=sentence, n=other.n)
    if any(citation.n == other.n for citation in cited.citations):
        return Cited(text, cited.citations)
    more = citation_of(other.n, passages[other.n - 1], other.sentence)
    return Cited(text, tuple(sorted((*cited.citations, more), key=lambda c: c.n)))


def _title(passage: Document) -> set[str]:
    return features(str(passage.metadata.get("title") or ""))


def _same_document(one: Document, other: Document) -> bool:
    names = one.metadata.get("document"), other.metadata.get("document")
    return names[0] is not None and names[0] == names[1]
