"""Test questions from a file in the form of `queries.jsonl`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from app.errors import UsageError
from app.evaluation import AnyQuery, ChecklistQuery, brings_passages, parsed_queries
from retrieval.feedback import TestQuestion, TestSource

MOST = 2_000  # questions of one file


def import_questions(name: str, data: bytes, there: Mapping[str, str]) -> list[TestQuestion]:
    """Return the questions of a file; `there` has the ids of the documents by their paths.

    Its documents are looked for in the library by their paths, or by the ends of these. Raises
    UsageError, one line, when a line is no question, or there are too many.
    """
    file = Path(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name!r} is no text in UTF-8", "file-not-utf8", name=name) from error
    lines = [(n, row) for n, row in enumerate(text.split("\n"), 1) if row.strip()]
    if len(lines) > MOST:
        raise UsageError(
            f"{name!r} has {len(lines):,} questions; {MOST:,} are the most",
            "questions-too-many",
            name=name,
            n=len(lines),
            most=MOST,
        )
    asked = [query for _, query in parsed_queries(lines, file) if query.question.strip()]
    return [_question(query, there) for query in asked if not brings_passages(query)]


def _question(query: AnyQuery, there: Mapping[str, str]) -> TestQuestion:
    if isinstance(query, ChecklistQuery):
        must, must_not = query.must, query.must_not
    else:
        answers = tuple(answer for answer in query.answers if answer.strip())
        must, must_not = ((answers,) if answers else ()), ()
    quotes = () if isinstance(query, ChecklistQuery) else query.evidence
    return TestQuestion(
        question=query.question,
        answerable=query.answerable,
        must=must if query.answerable else (),
        must_not=must_not,
        sources=tuple(_sources(query.relevant, quotes, there)),
        id=query.id[:64],
    )


def _sources(
    paths: Sequence[str], quotes: Sequence[str], there: Mapping[str, str]
) -> Iterator[TestSource]:
    """Yield a source for each path and each quote; the first quotes are of the paths in order."""
    for n, path in enumerate(paths):
        yield _source(path, quotes[n] if n < len(quotes) else "", there)
    for quote in quotes[len(paths) :] if paths else ():
        yield _source(paths[0], quote, there)


def _source(path: str, quote: str, there: Mapping[str, str]) -> TestSource:
    ending = [known for known in there if known.endswith(f"/{path}")]
    known = path if path in there else ending[0] if len(ending) == 1 else path
    return TestSource(there.get(known), known, None, quote)
