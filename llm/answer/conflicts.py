"""Passages that say the same of something else: the same sentence with another figure or name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.documents import Document

from ingest.text import features, sentences, support
from llm.answer.cite import MARK
from llm.answer.drafts import Draft

_ALIKE = 0.5  # share of the words of both sentences that both have
_LIKELY = 0.0  # log-odds that a passage states the answer, below which it contradicts nothing
_ENOUGH = 4  # words that both have; shorter sentences are alike by chance


@dataclass(frozen=True)
class Conflict:
    """A sentence of another passage, by its number from 1, that contradicts an answer."""

    n: int
    sentence: str


def find_conflict(
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


def other_answers(
    others: Sequence[Draft],
    at: int,
    answer: str,
    question: str,
    passages: Sequence[Document],
    texts: Sequence[str],
    alike: float = 1.0,
) -> list[Conflict]:
    """Return what other documents answer instead, the likeliest first, one of each document.

    `others` are the answers of passages that differ from those the answer comes from, `at` the
    number from 0 of its passage. A passage that lacks what that one has of the question, or has
    less than the share `alike` of it, speaks of something else.
    """
    asked, said = features(question), features(MARK.sub("", answer))
    about = asked & (features(texts[at]) | _title(passages[at]))
    found: dict[object, Conflict] = {}
    for draft in others:
        passage, text = passages[draft.n], texts[draft.n]
        document = passage.metadata.get("document") or draft.n
        if (
            draft.odds >= _LIKELY
            and document not in found
            and not _same_document(passage, passages[at])
            and not features(draft.text) - asked <= said
            and len(about & (features(text) | _title(passage))) >= len(about) * alike
        ):
            best = max(sentences(text), key=lambda s: support(draft.text, s.text, question))
            found[document] = Conflict(draft.n + 1, best.text)
    return list(found.values())


def _title(passage: Document) -> set[str]:
    return features(str(passage.metadata.get("title") or ""))


def _same_document(one: Document, other: Document) -> bool:
    names = one.metadata.get("document"), other.metadata.get("document")
    return names[0] is not None and names[0] == names[1]
