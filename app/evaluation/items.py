"""Questions to be answered, each with what a right answer holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.evaluation.dataset import Dataset

ANSWERABLE = "answerable"
UNANSWERABLE = "unanswerable"


@dataclass(frozen=True)
class Item:
    """A question to a library, or to `passages` that come with it.

    A right answer holds one string of each of `expected`. Where the question is not answerable
    it is a refusal.
    """

    source: str
    lang: str
    doc_lang: str
    part: str
    id: str
    question: str
    expected: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[str, ...] = ()
    passages: tuple[str, ...] | None = None
    answerable: bool = True

    @property
    def cell(self) -> tuple[str, ...]:
        """What is reported together: source, both languages, and the part of the source."""
        return self.source, self.lang, self.doc_lang, self.part


def dataset_items(dataset: Dataset, types: Collection[str] = ()) -> list[Item]:
    """Return the questions to the library of a folder; with `types`, only those of these types.

    Its answers are alternatives. Unanswerable questions follow the answerable ones.
    """
    items = []
    for query in sorted(dataset.queries, key=lambda q: not q.answerable):
        if not query.question.strip() or (types and query.type not in types):
            continue
        answers = tuple(answer for answer in query.answers if answer.strip())
        known = query.answerable and bool(answers)
        items.append(
            Item(
                source=dataset.name,
                lang=query.lang,
                doc_lang=query.doc_lang,
                part=ANSWERABLE if query.answerable else UNANSWERABLE,
                id=query.id,
                question=query.question,
                expected=(answers,) if known else (),
                evidence=query.evidence if query.answerable else (),
                answerable=query.answerable,
            )
        )
    return items
