"""Documents of the library as an answer: all, new ones, or those about a topic, each cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import PurePosixPath

from langchain_core.documents import Document

from app.asking.finder import Finder
from app.asking.narrowing import allowed_records
from app.control_characters import line
from ingest.text import collapsed, folded, sentences
from llm.answer import Citation, Event, Found, Question, Text
from llm.prompts import COUNTED, IN_COLLECTION, LISTED, MORE, NO_COLLECTION, NONE_LISTED
from llm.question import LibraryQuestion, written_in
from retrieval.ledger import Filter
from retrieval.library import Library, Record

_MOST = 20  # documents in a list; then how many more there are
_QUOTE = 200  # characters of the sentence that stands for a document
# What a title must not do: cite, make a link or an image, end code, or lead to an address.
_MARKUP = str.maketrans({"[": "(", "]": ")", "<": "‹", ">": "›", "`": "'", "*": "", "|": "/"})
_ADDRESS = re.compile(r"\w+://\S*|\bwww\.\S*|\b(?:javascript|data|mailto):\S*", re.IGNORECASE)


@dataclass(frozen=True)
class _Chosen:
    """Documents to list, `how` they were chosen, and for some of them the chunk to cite."""

    how: str
    records: list[Record]
    what: str = ""
    chunks: Mapping[str, Document] = field(default_factory=dict)


class DocumentList:
    """Lists documents of the library."""

    def __init__(self, library: Library, finder: Finder) -> None:
        self._library = library
        self._finder = finder

    def allowed(self, within: Filter) -> list[Record]:
        """Return the documents that can be searched and that a filter lets through, by path."""
        return allowed_records(self._library, within)

    def events(
        self, question: Question, wanted: LibraryQuestion, within: Filter
    ) -> Iterator[Event]:
        """Yield the best or first chunk of each document listed, the list, and the Answer."""
        lang = written_in(question.text)
        records = self.allowed(within)
        above = ""
        if wanted.collection is not None:
            typed = folded(wanted.collection)
            name = next((r.collection for r in records if folded(r.collection) == typed), None)
            if name is None:
                yield from said(question, NO_COLLECTION[lang].format(_plain(wanted.collection)))
                return
            records = [r for r in records if r.collection == name]
            above = IN_COLLECTION[lang].format(_plain(name))
        if wanted.kind == "count":
            yield from said(question, above + COUNTED[lang].format(n=len(records)))
            return
        chosen = self._chosen(wanted, records, within)
        if not chosen.records:
            text = NONE_LISTED[lang][chosen.how].format(what=chosen.what)
            yield from said(question, above + text)
            return
        listed = chosen.records[:_MOST]
        cited = [chosen.chunks.get(r.document) or self._first(r.document) for r in listed]
        question.retrieve_s = question.seconds
        yield Found([chunk for chunk in cited if chunk is not None], question.searched)
        n = len(chosen.records)
        lines = [above + LISTED[lang][chosen.how].format(n=n, what=chosen.what), ""]
        citations: list[Citation] = []
        for record, chunk in zip(listed, cited, strict=True):
            mark = ""
            if chunk is not None:  # it may have been removed a moment ago
                citations.append(_citation(len(citations) + 1, record, chunk))
                mark = f"[{len(citations)}]"
            lines.append(f"- {_entry(record)}{mark}")
        if n > _MOST:
            lines += ["", MORE[lang].format(n - _MOST)]
        text = "\n".join(lines)
        yield Text(text)
        yield question.answered(text, citations)

    def _chosen(self, wanted: LibraryQuestion, records: list[Record], within: Filter) -> _Chosen:
        """Return those of the documents that are asked for."""
        if wanted.kind == "topic":
            chunks = self._finder.about(wanted.topic, within)
            by_id = {r.document: r for r in records}
            about = [by_id[document] for document in chunks if document in by_id]
            return _Chosen("topic", about, _plain(wanted.topic), chunks)
        if wanted.since is not None:
            new = [r for r in records if (day := _day(r)) and day >= wanted.since]
            new.sort(key=lambda r: r.ingested_at or "", reverse=True)
            return _Chosen("new", new, wanted.since.isoformat())
        titled = [r for r in records if wanted.titles and _is_titled(r, wanted.titles)]
        # Where no title says so, all of them are better than none.
        return _Chosen("titles", titled) if titled else _Chosen("all", records)

    def _first(self, document: str) -> Document | None:
        return next(iter(self._library.document_chunks(document)), None)


def name_of(record: Record) -> str:
    """Return the title of a document, without one its file's name, as plain text on one line."""
    title = record.title or ""
    return _plain(title) if title.strip() else _plain(PurePosixPath(record.path).stem)


def said(question: Question, text: str) -> Iterator[Event]:
    """Yield a text that stands on no document as the answer to a question."""
    yield Found([])
    yield Text(text)
    yield question.answered(text)


def _entry(record: Record) -> str:
    day = _day(record)
    return f"{name_of(record)} (`{_plain(record.path)}`" + (f", {day.isoformat()})" if day else ")")


def _plain(text: str) -> str:
    """Return a name that a stranger may have given, so that it does nothing in Markdown."""
    return _ADDRESS.sub("…", line(collapsed(text))).translate(_MARKUP).strip()


def _day(record: Record) -> date | None:
    """Return the day, here, on which the visible version was read."""
    if not record.ingested_at:
        return None
    when = datetime.fromisoformat(record.ingested_at)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone().date()


def _is_titled(record: Record, words: Sequence[str]) -> bool:
    name = folded(f"{record.title or ''} {PurePosixPath(record.path).stem}")
    return any(word in name for word in words)


def _citation(n: int, record: Record, chunk: Document) -> Citation:
    """Return a citation of a document by the first sentence of a chunk, exact text of it."""
    text = chunk.page_content
    first = next((span.text for span in sentences(text)), text)
    quote = first[:_QUOTE].strip()
    return Citation(
        n=n,
        document=record.document,
        path=record.path,
        page=chunk.metadata["page"],
        heading=chunk.metadata["heading"],
        quote=quote,
        chunk_id=chunk.id or "",
        unit=chunk.metadata["unit"],
        confidence=chunk.metadata["confidence"],
    )
