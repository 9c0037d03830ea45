"""The passages of the last answer read again, and corrections that ask other documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from langchain_core.documents import Document

from ingest.text import HAN, folded
from llm.question import Correction
from retrieval.ledger import Filter, allowed
from retrieval.library import Library, Record
from retrieval.search import widened

_WORD = re.compile(rf"[a-z0-9]+|[{HAN}]+")
_EMPTY = frozenset(("the", "a", "an", "of", "for", "on", "in", "and", "our", "one"))


def passages_again(library: Library, chunk_ids: Sequence[str], within: Filter) -> list[Document]:
    """Return the passages around these chunks; none unless all of them are there and allowed."""
    with library.snapshot() as db:
        chunks = library.chunks(chunk_ids)
        ids = allowed(db, within)
        found = [chunks[i] for i in chunk_ids if i in chunks]
        if ids is not None:
            found = [chunk for chunk in found if chunk.metadata["document"] in ids]
        return widened(library, found) if len(found) == len(chunk_ids) else []


def allowed_records(library: Library, within: Filter) -> list[Record]:
    """Return the documents that can be searched and that a filter lets through, by path."""
    with library.snapshot() as db:
        ids = allowed(db, within)
        records = library.records(within.collection)
    return [r for r in records if r.chunks and (ids is None or r.document in ids)]


def narrowed(
    library: Library, correction: Correction, chunk_ids: Sequence[str], within: Filter
) -> Filter | None:
    """Return the filter that a correction means, None if it means none of the documents allowed.

    `chunk_ids` are those that the corrected answer cited: their documents are not the "other" ones.
    """
    with library.snapshot():
        records = allowed_records(library, within)
        chunks = library.chunks(chunk_ids, with_off=True)
        cited = {chunk.metadata["document"] for chunk in chunks.values()}
    if correction.lang:
        meant = [r for r in records if r.lang == correction.lang]
        return replace(within, lang=correction.lang) if meant else None
    if correction.other:
        meant = [r for r in records if r.document not in cited]
    else:
        meant = [r for r in records if _is_called(r, correction.name)]
    if not meant or len(meant) == len(records):
        return None
    return replace(within, documents=tuple(r.document for r in meant))


def _is_called(record: Record, name: str) -> bool:
    """Tell whether all words of a name are in a document's title or path; Chinese ones in order."""
    called = folded(f"{record.title or ''} {PurePosixPath(record.path).with_suffix('')}")
    words = [word for word in _WORD.findall(name) if word not in _EMPTY]
    return bool(words) and all(_holds(called, word) for word in words)


def _holds(called: str, word: str) -> bool:
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){word}(?![a-z0-9])", called) is not None
    if len(word) == 1:
        return word in called
    rest = iter(called)  # 差旅制度 is 差旅与报销制度
    return all(char in rest for char in word)
