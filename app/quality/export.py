"""Test questions and feedback as lines of JSON, for `kb eval` and for tuning a model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from langchain_core.documents import Document

from app.feedback import JudgedAnswer
from app.results import DocumentRow
from ingest.text import language
from llm.answer import MARK, Answer, Citation
from llm.prompts import answer_messages, passage_blocks
from llm.question import kind_of
from retrieval.feedback import TestQuestion

Rows = Mapping[str, DocumentRow]  # the documents of the library by their ids


def question_lines(questions: Iterable[TestQuestion], rows: Rows) -> Iterator[str]:
    """Yield test questions in the form of `queries.jsonl`, see docs/evaluation.md.

    One with words that a right answer holds has a checklist. Documents that are gone are not named.
    """
    for one in questions:
        there = [(s, rows[s.document]) for s in one.sources if s.document and s.document in rows]
        paths = _each(row.path for _, row in there)
        head = {"id": one.id, "question": one.question, "lang": language(one.question)}
        if one.must and one.answerable:
            form: dict[str, Any] = {
                "kind": "question",
                "must": one.must,
                "must_not": one.must_not,
                "docs": paths,
            }
        else:
            quotes = [source.quote for source, _ in there if source.quote]
            answers = [one.expected] if one.expected else []
            langs = [row.lang for _, row in there]
            form = _query(paths, answers, quotes, langs, answerable=one.answerable)
        yield _line({**head, **form})


def feedback_lines(judged: Iterable[JudgedAnswer], rows: Rows) -> Iterator[str]:
    """Yield each judged answer with its question, passages, sources and verdict.

    The lines can be read as `queries.jsonl` too. Passages and quotes of documents that were removed
    since are not in it.
    """
    for one in judged:
        progress = one.exchange.look()
        if (result := progress.result) is None:
            continue
        there = [c for c in result.citations if c.document in rows]
        good = one.verdict.verdict == "good"
        right = there if good else []
        answers = [one.verdict.better] if one.verdict.better else []
        yield _line(
            {
                "id": f"feedback-{one.exchange.exchange}",
                "question": one.asked,
                "lang": language(one.asked),
                **_query(
                    _each(rows[c.document].path for c in right),
                    answers,
                    [c.quote for c in right],
                    [rows[c.document].lang for c in right],
                    answerable=not (good and result.refused),
                ),
                "verdict": one.verdict.verdict,
                "reasons": [one.verdict.reason] if one.verdict.reason else [],
                "note": one.verdict.note,
                "preferred_answer": one.verdict.better,
                "answer": result.answer,
                "outcome": result.outcome,
                "passages": [_passage(p) for p in _still(progress.passages, rows)],
                "sources": [_source(c, rows) for c in there],
                "judged_at": one.given_at,
            }
        )


def preference_lines(judged: Iterable[JudgedAnswer], rows: Rows) -> Iterator[str]:
    """Yield the answers for which somebody wrote a better one, as prompt, chosen and rejected.

    Each is a list of messages, as libraries for preference tuning read them; the prompt is the one
    that the model is given for an answer. Where a document that was cited is gone, or no passage is
    left, there is no line: it would teach to answer out of thin air.
    """
    for one in judged:
        progress = one.exchange.look()
        passages = _still(progress.passages, rows)
        result, better = progress.result, one.verdict.better
        if result is None or not better or not passages:
            continue
        if any(citation.document not in rows for citation in result.citations):
            continue
        yield _line(
            {
                "id": f"feedback-{one.exchange.exchange}",
                "prompt": _prompt(one.asked, passages),
                "chosen": [{"role": "assistant", "content": better}],
                "rejected": [{"role": "assistant", "content": _unmarked(result)}],
            }
        )


def _query(
    paths: Sequence[str],
    answers: Sequence[str],
    quotes: Sequence[str],
    langs: Sequence[str | None],
    *,
    answerable: bool,
) -> dict[str, Any]:
    return {
        "doc_lang": next(filter(None, langs), ""),
        "relevant": paths,
        "answers": answers,
        "evidence": _each(quotes),
        "answerable": answerable,
    }


def _prompt(question: str, passages: Sequence[Document]) -> list[dict[str, str]]:
    lang = language(question)
    blocks = passage_blocks(passages, [passage.page_content for passage in passages])
    messages = answer_messages(question, blocks, lang, kind_of(question))
    roles = {"system": "system", "human": "user"}
    return [{"role": roles[m.type], "content": str(m.content)} for m in messages]


def _unmarked(result: Answer) -> str:
    """Return an answer without its numbers, which a person who writes a better one leaves out."""
    return MARK.sub("", result.answer)


def _still(passages: Iterable[Document], rows: Rows) -> list[Document]:
    """Return the passages of documents that are in the library; what is in the trash is not."""
    return [passage for passage in passages if passage.metadata.get("document") in rows]


def _passage(passage: Document) -> dict[str, object]:
    given = passage.metadata
    names = ("path", "page", "heading")
    return {**{name: given.get(name) for name in names}, "text": passage.page_content}


def _source(citation: Citation, rows: Rows) -> dict[str, object]:
    path = rows[citation.document].path
    return {"n": citation.n, "path": path, "page": citation.page, "quote": citation.quote}


def _each(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _line(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
