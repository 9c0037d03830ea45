"""Questions to be answered, each with what a right answer holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.errors import UsageError
from app.evaluation.checklist import Checklist
from app.evaluation.dataset import Dataset

ANSWERABLE = "answerable"
UNANSWERABLE = "unanswerable"


@dataclass(frozen=True)
class Item:
    """A question to a library, or to `passages` that come with it.

    A right answer holds one string of each of `expected`. Where the question is not answerable
    it is a refusal. One with a `checklist` is held against that instead.
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
    checklist: Checklist | None = None

    @property
    def cell(self) -> tuple[str, ...]:
        """What is reported together: source, both languages, and the part of the source."""
        return self.source, self.lang, self.doc_lang, self.part


def dataset_items(dataset: Dataset, types: Collection[str] = ()) -> list[Item]:
    """Return the questions of a folder that name their answers; with `types`, only of these types.

    The answers are alternatives. Unanswerable questions follow the answerable ones.
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


def checklist_items(dataset: Dataset, kinds: Collection[str] = ()) -> list[Item]:
    """Return the questions of a folder that have checklists; with `kinds`, only of these kinds."""
    return [
        Item(
            source=dataset.name,
            lang=query.lang,
            doc_lang="",
            part=query.kind,
            id=query.id,
            question=query.question,
            passages=query.passages,
            answerable=query.answerable,
            checklist=query.checklist,
        )
        for query in dataset.checklists
        if query.question.strip() and (not kinds or query.kind in kinds)
    ]


def check_kinds(datasets: Sequence[Dataset], kinds: Collection[str]) -> None:
    """Raise UsageError, one line, if no question of these folders is of one of the kinds.

    Without a folder nothing is checked: questions that bring their passages have no kinds.
    """
    known = {query.type for dataset in datasets for query in dataset.queries if query.type}
    known |= {query.kind for dataset in datasets for query in dataset.checklists}
    if datasets and (unknown := [kind for kind in kinds if kind not in known]):
        names = ", ".join(repr(dataset.name) for dataset in datasets)
        have = f"there are {', '.join(sorted(known))}" if known else "none has a kind"
        raise UsageError(f"no question of {names} is of the kind {unknown[0]!r}; {have}")
