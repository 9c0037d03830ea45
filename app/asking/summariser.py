"""Wishes for a summary: which document of the library is meant, and its summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from app.asking.summary_wish import Wish, wishes
from app.settings import Settings
from ingest.text import folded, language, letters
from llm.answer import AnswerModel, Event, Found, Question
from llm.prompts import AMBIGUOUS, REFUSAL
from llm.summary import summarise
from retrieval.ledger import EVERYTHING, Filter, allowed
from retrieval.library import Library, Record

if TYPE_CHECKING:
    from llm.chat import StreamedChat

_LISTED = 8  # documents of one name that are told
_TELLING = 6  # bytes of a part of a name: two Chinese characters, six letters


@dataclass(frozen=True)
class WantedSummary:
    """The document to be summarised, or those that were named alike; in what form."""

    records: tuple[Record, ...]
    lang: str
    count: int | None = None


class Summariser:
    """Tells wishes for a summary from questions, and fulfils them."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self._settings = settings
        self._library = library

    def wanted(
        self, question: str, within: Filter = EVERYTHING, lang: str = ""
    ) -> WantedSummary | None:
        """Return what is to be summarised; None for a question of any other kind.

        A wish names a document that the filter lets through, or the filter lets through only one.
        One that names no language is for `lang`, or else for its own.
        """
        readings = list(wishes(folded(question)))
        if not readings:
            return None
        records = self._allowed(within)
        for wish in readings:
            found = _named(wish, records) if wish.names else records
            if len(found) == 1 or (found and wish.names):
                return WantedSummary(
                    tuple(found), wish.lang or lang or language(wish.asked), wish.count
                )
        return None

    def summarise(
        self, question: Question, wanted: WantedSummary, chat: StreamedChat
    ) -> Iterator[Event]:
        """Yield the document's chunks, which part is read, the summary as it grows, and all of it.

        `chat` is the model whose turn it is. Of several documents of one name the Answer tells
        which there are.
        """
        if len(wanted.records) == 1:
            question.passages = self._library.document_chunks(wanted.records[0].document)
        question.retrieve_s = question.seconds
        yield Found(list(question.passages))
        if len(wanted.records) > 1:
            yield question.answered(_which(wanted), outcome="not_found")
            return
        if not question.passages:  # it was removed a moment ago
            yield question.answered(REFUSAL[wanted.lang], outcome="not_found")
            return
        model = AnswerModel(chat, chat.context, self._settings.answer_tokens)
        yield from summarise(question, model, self._settings.summary_tokens, wanted.count)

    def _allowed(self, within: Filter) -> list[Record]:
        with self._library.snapshot() as db:
            ids = allowed(db, within)
            records = self._library.records(within.collection)
        return [r for r in records if r.chunks and (ids is None or r.document in ids)]


def _named(wish: Wish, records: Sequence[Record]) -> list[Record]:
    """Return the documents of the name: of that path, else of that file name or title.

    What stands in quotes may also be a part of a name. Copies of the same bytes count once.
    """
    called = {r.document: _called(r) for r in records}
    paths = {r.document: letters(folded(r.path)) for r in records}
    # The longest of the names that a document has is meant: 请假制度, where there is 假制度 too.
    wanted = sorted({letters(name) for name in wish.names} - {""}, key=len, reverse=True)
    known = set(paths.values()).union(*called.values())
    name = next((name for name in wanted if name in known), None)
    found = [r for r in records if paths[r.document] == name]
    found = found or [r for r in records if name in called[r.document]]
    if wish.quoted and not found and wanted and len(wanted[0].encode()) >= _TELLING:
        found = [r for r in records if any(wanted[0] in name for name in called[r.document])]
    return list({r.sha256: r for r in reversed(found)}.values())[::-1]


def _called(record: Record) -> set[str]:
    path = PurePosixPath(record.path)
    names = (path.name, path.stem, record.path.removesuffix(path.suffix), record.title or "")
    return {letters(folded(name)) for name in names}


def _which(wanted: WantedSummary) -> str:
    """Say which documents there are of the name that was wanted."""
    several = len({r.collection for r in wanted.records}) > 1
    names = [f"{r.path} · {r.collection}" if several else r.path for r in wanted.records[:_LISTED]]
    if len(wanted.records) > _LISTED:
        names.append("…")
    between = "；" if wanted.lang == "zh" else "; "
    return AMBIGUOUS[wanted.lang].format(n=len(wanted.records), names=between.join(names))
