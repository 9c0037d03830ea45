"""What is said behind an answer: that other documents say something else or more, word for word."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.documents import Document

from ingest.text import collapsed, dated, features
from llm.answer.cite import MARK, CitedText, citation_of
from llm.answer.conflicts import Conflict, find_conflict, other_answers
from llm.answer.drafts import Draft
from llm.prompts import ADDED, CONFLICT, CONFLICT_DATED, READING, READINGS
from llm.question import asks_for_all

_MOST = 2  # other readings, and additions
# Share of what the answer's passage has of the question that one which adds to a list must have:
# "who plays" is told in other words than "the cast".
_ALIKE = 0.5


def with_notes(
    cited: CitedText,
    question: str,
    drafts: Sequence[Draft],
    lang: str,
    passages: Sequence[Document],
    texts: Sequence[str],
) -> CitedText:
    """Return an answer with what other documents say instead; `drafts` are what they answer.

    Where all of something was asked for, what they say is added. Without drafts what contradicts
    the answer is looked for by words alone.
    """
    if not cited.citations:
        return cited
    at = cited.citations[0].n - 1
    if asks_for_all(question):
        read = {citation.n - 1 for citation in cited.citations}
        new = [draft for draft in _new(drafts) if draft.n not in read]
        more = other_answers(new, at, cited.text, question, passages, texts, _ALIKE)[:_MOST]
        note = "".join(_quoted(ADDED[lang], other) for other in more)
        return _with(cited, note, more, passages)
    if others := other_answers(drafts, at, cited.text, question, passages, texts):
        return _with_others(cited, at, others, lang, passages)
    if other := find_conflict(cited.text, question, passages, texts):
        return _with_conflict(cited, at, other, lang, passages)
    return cited


def _with_conflict(
    cited: CitedText, at: int, other: Conflict, lang: str, passages: Sequence[Document]
) -> CitedText:
    """Return an answer with what contradicts it, with both dates where they differ."""
    mine, theirs = dated(passages[at]), dated(passages[other.n - 1])
    if mine and theirs and mine != theirs:
        note = _quoted(CONFLICT_DATED[lang], other, mine=mine, theirs=theirs, at=at + 1)
    else:
        note = _quoted(CONFLICT[lang], other)
    return _with(cited, note, [other], passages)


def _with_others(
    cited: CitedText, at: int, others: Sequence[Conflict], lang: str, passages: Sequence[Document]
) -> CitedText:
    """Return an answer that says what other documents answer instead.

    Documents of other titles, of which the question names none, are other things that it may
    mean. Otherwise the first of them contradicts the answer; `at` is its passage, from 0.
    """
    title = _title(passages[at])
    meant = [
        other
        for other in others
        if title
        and _title(passages[other.n - 1]) not in ("", title)
        and not any(passages[n].metadata.get("named") for n in (at, other.n - 1))
    ][:_MOST]
    if meant:
        note = READINGS[lang].format(title=title, n=at + 1) + "".join(
            _quoted(READING[lang], other, title=_title(passages[other.n - 1])) for other in meant
        )
        return _with(cited, note, meant, passages)
    return _with_conflict(cited, at, others[0], lang, passages)


def _with(
    cited: CitedText, note: str, others: Sequence[Conflict], passages: Sequence[Document]
) -> CitedText:
    have = {citation.n for citation in cited.citations}
    more = [citation_of(o.n, passages[o.n - 1], o.sentence) for o in others if o.n not in have]
    return CitedText(cited.text + note, tuple(sorted((*cited.citations, *more), key=lambda c: c.n)))


def _new(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts that name something that those before them do not."""
    named: set[str] = set()
    kept = []
    for draft in drafts:
        words = features(draft.text)
        if not words <= named:
            kept.append(draft)
        named |= words
    return kept


def _quoted(note: str, other: Conflict, **more: object) -> str:
    return note.format(sentence=collapsed(MARK.sub("", other.sentence)), n=other.n, **more)


def _title(passage: Document) -> str:
    return collapsed(str(passage.metadata.get("title") or ""))
