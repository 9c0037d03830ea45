"""A folder to measure on: `docs/` and the questions in `queries.jsonl`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from app.errors import UsageError
from app.evaluation.lines import json_lines, no_question


class Query(BaseModel):
    """A line of `queries.jsonl`; fields that are not named here are ignored."""

    model_config = ConfigDict(frozen=True, strict=True)

    id: str
    question: str
    lang: str
    doc_lang: str
    relevant: tuple[str, ...]  # paths below docs/
    answers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    answerable: bool = True
    type: str | None = None

    @property
    def measurable(self) -> bool:
        """Whether there is a question, and a document that should be found."""
        return self.answerable and bool(self.relevant) and bool(self.question.strip())


@dataclass(frozen=True)
class Dataset:
    """The documents and the questions of one folder."""

    name: str
    docs: Path
    queries: tuple[Query, ...]


@dataclass(frozen=True)
class Question:
    """A question to a library; its id and paths have the folder in front if there are several."""

    folder: str
    query: Query

    @property
    def cell(self) -> tuple[str, str, str]:
        """What is reported together: folder, language of the question and of the documents."""
        return self.folder, self.query.lang, self.query.doc_lang


def read_dataset(folder: Path) -> Dataset:
    """Read a folder to measure on. Raises UsageError, one line, when it is none."""
    docs, file = folder / "docs", folder / "queries.jsonl"
    if not docs.is_dir():
        raise UsageError(f"{str(folder)!r} has no folder docs/ with the documents")
    if not file.is_file():
        raise UsageError(f"{str(folder)!r} has no queries.jsonl with the questions")
    queries = tuple(_queries(file, docs))
    if not any(query.measurable for query in queries):
        raise UsageError(f"{str(file)!r} has no answerable question with a relevant document")
    return Dataset(folder.resolve().name, docs, queries)


def questions(datasets: Sequence[Dataset]) -> list[Question]:
    """Return what can be asked of the library that holds all these folders."""
    asked = []
    for dataset in datasets:
        prefix = f"{dataset.name}/" if len(datasets) > 1 else ""
        for query in dataset.queries:
            if query.measurable:
                relevant = tuple(prefix + path for path in query.relevant)
                change = {"id": prefix + query.id, "relevant": relevant}
                asked.append(Question(dataset.name, query.model_copy(update=change)))
    return asked


def _queries(file: Path, docs: Path) -> Iterator[Query]:
    seen = set()
    for number, query in json_lines(file, Query):
        if query.id in seen:
            raise no_question(file, number, f"the id {query.id!r} was there before")
        seen.add(query.id)
        for path in query.relevant:
            if not (docs / path).is_file():
                raise no_question(file, number, f"{path!r} is not below docs/")
        yield query
