"""A folder to measure on: `docs/` and the questions about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePath
from typing import Any

from pydantic import BaseModel, ConfigDict

from app.errors import UsageError
from app.evaluation.checklist import Checklist
from app.evaluation.json_lines import checked, no_question, written_lines
from app.settings_file import shortened
from ingest.text import letters

# Where the questions of a folder may stand.
FILES = ("queries.jsonl", "questions.jsonl")
_A_SLIP = 0.8  # likeness of two names, 0 to 1: "must_nots" is 0.94 like "must_not"


class Query(BaseModel):
    """A line with a question and its answers; fields that are not named here are ignored."""

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


class ChecklistQuery(BaseModel):
    """A line with a question and a checklist.

    Fields that are not named here are ignored, if they do not look like a slip of one that is.
    `docs` are paths below docs/. A question may bring its own `passages`.
    """

    model_config = ConfigDict(frozen=True, strict=True)

    id: str
    question: str
    lang: str
    must: tuple[tuple[str, ...], ...]
    kind: str = "question"
    docs: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    answerable: bool = True
    passages: tuple[str, ...] | None = None

    @property
    def relevant(self) -> tuple[str, ...]:
        """The documents that should be there."""
        return self.docs

    @property
    def checklist(self) -> Checklist:
        """What an answer is held against."""
        return Checklist(self.must, self.must_not, self.docs)


AnyQuery = Query | ChecklistQuery


@dataclass(frozen=True)
class Dataset:
    """The documents and the questions of one folder."""

    name: str
    docs: Path
    queries: tuple[Query, ...]
    checklists: tuple[ChecklistQuery, ...] = ()


@dataclass(frozen=True)
class RetrievalQuestion:
    """A question to a library; its id and paths have the folder in front if there are several."""

    folder: str
    query: Query

    @property
    def cell(self) -> tuple[str, str, str]:
        """What is reported together: folder, language of the question and of the documents."""
        return self.folder, self.query.lang, self.query.doc_lang


def read_dataset(folder: Path, file: Path | None = None) -> Dataset:
    """Read a folder to measure on, with the questions of all its files or of this one.

    Raises UsageError, one line, when it is none.
    """
    docs = folder / "docs"
    files = [file] if file else [folder / name for name in FILES if (folder / name).is_file()]
    if not files and docs.is_dir():
        raise UsageError(f"{str(folder)!r} has no queries.jsonl with the questions")
    asked = list(_queries(files, docs))
    if not docs.is_dir() and not (asked and all(brings_passages(one) for one in asked)):
        raise UsageError(f"{str(folder)!r} has no folder docs/ with the documents")
    queries = tuple(one for one in asked if isinstance(one, Query))
    checklists = tuple(one for one in asked if isinstance(one, ChecklistQuery))
    if not checklists and not any(query.measurable for query in queries):
        raise UsageError(f"{str(files[0])!r} has no answerable question with a relevant document")
    return Dataset(folder.resolve().name, docs, queries, checklists)


def parsed_queries(
    lines: Iterable[tuple[int, str]], file: Path, seen: set[str] | None = None
) -> Iterator[tuple[int, AnyQuery]]:
    """Yield the questions of lines of JSON with the lines' numbers, whatever they name.

    `file` is what errors name, `seen` are ids that were there before. Raises UsageError, one line,
    for a line that is no question, and for an id that is there twice.
    """
    seen = set() if seen is None else seen
    for number, line in lines:
        query: AnyQuery
        form = checked(file, number, line, _Form)
        if form.must is not None:
            query = _checklist_query(file, number, line)
        elif form.doc_lang is None and form.relevant is None:
            raise no_question(
                file, number, "has neither `must` (checklist) nor `doc_lang` and `relevant`"
            )
        else:
            query = checked(file, number, line, Query)
        if query.id in seen:
            raise no_question(file, number, f"the id {query.id!r} was there before")
        seen.add(query.id)
        yield number, query


def has_checklists(file: Path) -> bool:
    """Tell whether a file holds questions with checklists, by its first line."""
    first = next(written_lines(file), None)
    return first is not None and checked(file, *first, _Form).must is not None


def questions(datasets: Sequence[Dataset]) -> list[RetrievalQuestion]:
    """Return what can be asked of the library that holds all these folders.

    Raises UsageError, one line, for one without a question that names its relevant document.
    """
    asked = []
    for dataset in datasets:
        if not any(query.measurable for query in dataset.queries):
            raise UsageError(
                f"{dataset.name!r} has only questions with checklists: use `kb eval answers`"
            )
        prefix = f"{dataset.name}/" if len(datasets) > 1 else ""
        for query in dataset.queries:
            if query.measurable:
                relevant = tuple(prefix + path for path in query.relevant)
                change = {"id": prefix + query.id, "relevant": relevant}
                asked.append(RetrievalQuestion(dataset.name, query.model_copy(update=change)))
    return asked


class _Form(BaseModel):
    """What tells a line with a checklist from one with answers, and from what is neither."""

    must: Any = None
    doc_lang: Any = None
    relevant: Any = None


def _queries(files: Sequence[Path], docs: Path) -> Iterator[AnyQuery]:
    seen: set[str] = set()
    for file in files:
        for number, query in parsed_queries(written_lines(file), file, seen):
            for path in query.relevant:
                if not _is_below(docs, path):
                    raise no_question(file, number, f"{shortened(path)} is not below docs/")
            yield query


def _is_below(docs: Path, path: str) -> bool:
    """Tell whether a file stands at this path of a folder, and not outside of it."""
    named = PurePath(path)
    if named.is_absolute() or ".." in named.parts:
        return False
    try:
        return (docs / named).is_file()
    except (OSError, ValueError):  # too long, or with a NUL
        return False


def _checklist_query(file: Path, number: int, line: str) -> ChecklistQuery:
    query = checked(file, number, line, ChecklistQuery)
    if any(not any(map(letters, element)) for element in query.must):
        raise no_question(file, number, "an element of `must` has no letter or digit to look for")
    if query.answerable and not query.must:
        raise no_question(file, number, "`must` is empty, though the question is answerable")
    known = list(ChecklistQuery.model_fields)
    for name in json.loads(line):
        if name not in known and (meant := get_close_matches(name.lower(), known, 1, _A_SLIP)):
            raise no_question(file, number, f"unknown field {name!r}; is it `{meant[0]}`?")
    return query


def brings_passages(query: AnyQuery) -> bool:
    """Tell whether a question is to be answered from its own passages, and not by the library."""
    return isinstance(query, ChecklistQuery) and query.passages is not None
