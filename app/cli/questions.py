"""The commands that ask: `kb search` and `kb ask`. Each one's docstring is its help."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.batch import BatchLine, run_batch
from app.cli.filters import (
    Author,
    Changed,
    Documents,
    InForce,
    Lang,
    Made,
    Since,
    Types,
    Until,
    chosen,
    within,
)
from app.cli.options import Collection, Json, open_library
from app.errors import UsageError
from app.terminal import StepLine, output

if TYPE_CHECKING:
    from app.service import KnowledgeBase
    from llm.answer import Answer
    from retrieval.ledger import Filter

Batch = Annotated[
    str | None,
    typer.Option(
        "--batch",
        metavar="FILE",
        help="Answer every JSON line {id, question, collection?, passages?} of FILE (- is stdin).",
    ),
]
Certainty = Annotated[
    float | None,
    typer.Option(
        "--certainty",
        metavar="0..1",
        help="How sure it must be that the documents hold the answer; higher refuses more.",
        show_default="KB_CERTAINTY",
    ),
]


def search(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=200, help="How many passages.")] = 10,
    collection: Collection = None,
    document: Documents = None,
    types: Types = None,
    lang: Lang = None,
    since: Since = None,
    until: Until = None,
    author: Author = None,
    made: Made = None,
    changed: Changed = None,
    in_force: InForce = False,
    batch: Batch = None,
    as_json: Json = False,
) -> None:
    """Find the passages nearest to a question, without an answer.

    kb search "报销上限" -k 5

    kb search "报销上限" --type pdf --lang zh --since 2026-01-01

    kb search "报销上限" --author 王 --changed 2025..2026-03 --in-force
    """
    kb = _asked(context)
    about = (author, made, changed, in_force)
    asked = chosen(kb, collection, document, types, lang, since, until, *about)
    if batch is not None:
        _run_batch(batch, question, lambda q: _search(kb, q.question, k, within(asked, q)))
        return
    found = _search(kb, _given(question), k, asked)
    if as_json:
        output.print_json(found)
    else:
        output.print_hits(found["hits"], found["searched"])  # type: ignore[arg-type]


def _search(kb: KnowledgeBase, question: str, k: int, asked: Filter) -> dict[str, object]:
    from app.asking import hits

    found, seconds = kb.timed_search(question, k, asked)
    return {
        "question": question,
        "searched": found.searched,
        "hits": hits(found.passages),
        "seconds": seconds,
    }


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="Your question.")] = None,
    collection: Collection = None,
    document: Documents = None,
    types: Types = None,
    lang: Lang = None,
    since: Since = None,
    until: Until = None,
    author: Author = None,
    made: Made = None,
    changed: Changed = None,
    in_force: InForce = False,
    certainty: Certainty = None,
    batch: Batch = None,
    as_json: Json = False,
) -> None:
    """Answer a question from the documents, naming the page; or say that they do not hold it.

    kb ask "出差住宿的报销上限是多少？"

    kb ask "出差住宿的报销上限是多少？" --document 差旅与报销制度.md

    kb ask "总结一下《差旅与报销制度》"

    kb ask "公司的股票代码是什么？" --certainty 0.7

    kb ask --batch questions.jsonl > answers.jsonl
    """
    # Not typer's own bounds: they let nan through, with which nothing would ever be refused.
    if certainty is not None and not 0.0 <= certainty <= 1.0:
        raise UsageError(f"--certainty {certainty} is not between 0 and 1")
    kb = _asked(context)
    about = (author, made, changed, in_force)
    asked = chosen(kb, collection, document, types, lang, since, until, *about)
    if batch is not None:
        _run_batch(batch, question, lambda q: _ask(kb, q, asked, certainty, stream=False))
        return
    q = BatchLine(None, _given(question), None, None)
    result = _ask(kb, q, asked, certainty, stream=not as_json)
    if as_json:
        output.print_json(result)
    else:
        output.print_sources(result)


def _ask(
    kb: KnowledgeBase, q: BatchLine, asked: Filter, certainty: float | None, *, stream: bool
) -> Answer:
    from llm.answer import Answer, Found, ReadingPart, Text, Waiting

    cancel = threading.Event()
    screen = output.AnswerScreen() if stream else None
    result: Answer | None = None
    steps = StepLine()
    try:
        for event in kb.ask(q.question, within(asked, q), q.passages, cancel, certainty=certainty):
            match event:
                case Waiting():
                    steps.wait(event)
                case ReadingPart():
                    if not (screen and screen.begun):  # the growing text tells how far it is
                        steps.show(event)
                case Text(text):
                    steps.clear()
                    if screen:
                        screen.write(text)
                case Answer():
                    result = event
                case Found():
                    steps.clear()
    finally:
        steps.clear()
        cancel.set()
    assert result is not None  # noqa: S101  # `ask` ends with its Answer or raises
    if screen:
        screen.finish(result.answer)
    return result


def _asked(context: typer.Context) -> KnowledgeBase:
    """Open the library; say what of it cannot be found with this embedding model."""
    kb = open_library(context)
    if outdated := kb.outdated():
        output.complain(
            f"{outdated} documents were embedded with another model and are not found;"
            " `kb ingest` embeds them again"
        )
    return kb


def _given(question: str | None) -> str:
    if question is None or not question.strip():
        raise UsageError('no question; give one in quotes, as in kb ask "…", or --batch FILE')
    return question


def _run_batch(file: str, question: str | None, answer: object) -> None:
    if question is not None:
        raise UsageError("give a question or --batch FILE, not both")
    if not run_batch(file, answer):  # type: ignore[arg-type]
        raise typer.Exit(1)
