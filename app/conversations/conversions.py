"""Answers as the ledger keeps them, and back, without believing what stands there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from langchain_core.documents import Document

from app.control_characters import is_valid
from app.conversations.exchange import AnswerProgress, KeptExchange, SourceState
from app.problem import Problem
from llm.answer import Answer, Citation, ClosestPassage, Outcome, Timings, Usage
from retrieval.conversations import (
    StoredExchange,
    StoredPassage,
    StoredSource,
    filter_from_json,
)
from retrieval.search import joined

_OUTCOMES: tuple[Outcome, ...] = ("answered", "unsure", "not_found")


def result_json(answer: Answer) -> str:
    """Return an answer as JSON, but for its sources."""
    kept = {
        "question": answer.question,
        "answer": answer.answer,
        "outcome": answer.outcome,
        "certainty": answer.certainty,
        "searched": answer.searched,
        "untranslated": answer.untranslated,
        "unknown": answer.unknown,
        "timings": asdict(answer.timings),
        "usage": asdict(answer.usage),
    }
    return json.dumps(kept, ensure_ascii=False)


def problem_json(problem: str) -> str | None:
    """Return why there is no answer as JSON, None where no more is known than the line."""
    return (
        json.dumps(problem.as_json(), ensure_ascii=False) if isinstance(problem, Problem) else None
    )


def stored_passages(passages: Sequence[Document]) -> list[StoredPassage]:
    """Return passages by the ids of their chunks."""
    return [
        StoredPassage(tuple(p.metadata.get("parts", (str(p.id),))), str(p.id)) for p in passages
    ]


def stored_sources(answer: Answer, passages: Sequence[Document]) -> list[StoredSource]:
    """Return what an answer cites, and what came closest, with the bytes they were read from."""
    read = {
        chunk: str(passage.metadata.get("sha256", ""))
        for passage in passages
        for chunk in passage.metadata.get("parts", (passage.id,))
    }
    found: list[StoredSource] = []
    sources: list[Citation | ClosestPassage] = [*answer.citations, *answer.closest]
    for s in sources:
        cited = isinstance(s, Citation)
        found.append(
            StoredSource(
                kind="cited" if cited else "closest",
                n=s.n if isinstance(s, Citation) else 0,
                document=s.document,
                path=s.path,
                page=s.page,
                heading=s.heading,
                unit=s.unit,
                confidence=s.confidence,
                chunk=s.chunk_id,
                text=s.quote if isinstance(s, Citation) else s.text,
                sha256=read.get(s.chunk_id, ""),
            )
        )
    return found


def kept_exchange(stored: StoredExchange, chunks: Mapping[str, Document]) -> KeptExchange:
    """Return a stored exchange as it is drawn; `chunks` are those of its passages by their ids."""
    states: dict[Citation | ClosestPassage, SourceState] = {}
    for source in stored.sources:
        states[_source(source)] = source.state
    result = _result(stored, states)
    progress = AnswerProgress(
        phase="done",
        passages=tuple(_passages(stored, chunks)),
        text=result.answer if result else "",
        result=result,
        error=_problem(stored) if stored.state == "failed" else None,
        stopped=stored.state == "stopped",
        seconds=result.timings.total_s if result else 0.0,
        # Of another process, or one that is no more: nobody here will say how it goes on.
        interrupted=stored.state in ("asked", "interrupted"),
        states=states,
    )
    return KeptExchange(
        conversation=stored.conversation,
        exchange=stored.id,
        question=stored.question,
        within=filter_from_json(stored.within),
        certainty=_share(stored.demanded),
        asked=stored.asked,
        assistant=stored.assistant,
        progress=progress,
    )


def _problem(stored: StoredExchange) -> str:
    return Problem.from_json(_json(stored.result)) or stored.error or ""


def _json(text: str | None) -> object:
    try:
        return json.loads(text or "null")
    except (ValueError, RecursionError):
        return None


def _source(s: StoredSource) -> Citation | ClosestPassage:
    where = (s.document, s.path, s.page, s.heading, s.text, s.chunk, s.unit, _share(s.confidence))
    return Citation(s.n, *where) if s.kind == "cited" else ClosestPassage(*where)


def _passages(stored: StoredExchange, chunks: Mapping[str, Document]) -> list[Document]:
    found = []
    for passage in stored.passages:
        run = [chunks[chunk] for chunk in passage.chunks if chunk in chunks]
        if run:
            found.append(joined(run, chunks.get(passage.best, run[0])))
    return found


def _result(
    stored: StoredExchange, sources: Mapping[Citation | ClosestPassage, SourceState]
) -> Answer | None:
    kept = _json(stored.result)
    if not isinstance(kept, dict) or kept.get("outcome") not in _OUTCOMES:
        return None
    first = _number(_inner(kept, "timings").get("first_token_s"))
    timings = {k: _number(_inner(kept, "timings").get(k)) or 0.0 for k in ("retrieve_s", "total_s")}
    usage = {
        name: int(_number(_inner(kept, "usage").get(name)) or 0)
        for name in ("prompt_tokens", "completion_tokens", "calls")
    }
    return Answer(
        question=_text(kept.get("question")) or stored.question,
        answer=_text(kept.get("answer")),
        outcome=kept["outcome"],
        citations=tuple(s for s in sources if isinstance(s, Citation)),
        timings=Timings(first_token_s=first, **timings),
        usage=Usage(**usage),
        searched=_texts(kept.get("searched")),
        closest=tuple(s for s in sources if isinstance(s, ClosestPassage)),
        certainty=_share(kept.get("certainty")),
        unknown=_texts(kept.get("unknown")),
        untranslated=lang if (lang := _text(kept.get("untranslated"))) in ("zh", "en") else "",
    )


def _inner(kept: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = kept.get(name)
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) and is_valid(value) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(filter(None, map(_text, value))) if isinstance(value, list) else ()


def _number(value: object) -> float | None:
    """Return a number from 0 on, None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value < 1e12 else None


def _share(value: object) -> float | None:
    """Return a number from 0 to 1, None for what is none."""
    number = _number(value)
    return number if number is not None and number <= 1 else None
