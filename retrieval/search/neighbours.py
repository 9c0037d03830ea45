"""Passages to read: what was found, with what stands around it."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.documents import Document

from retrieval.library import Library

_REACH = 1  # chunks read before and after one that was found


def widened(library: Library, found: Sequence[Document]) -> list[Document]:
    """Return passages made of the chunks found and their neighbours, nothing twice.

    The document with the best one comes first; the passages of a document stand as they do in it,
    as what a rule says comes before its exceptions.

    Small chunks are found better, and larger ones understood better. Only neighbours on the same
    page and below the same heading are joined, so that both stay true of the whole passage; its
    id, `score` and other metadata are those of the best chunk in it, and `parts` has the text of
    each chunk by its id; `confidence` is that of the chunk of which recognition was least sure.
    """
    ids = [str(d.id) for d in found]
    place = {i: rank for rank, i in enumerate(ids)}
    runs: list[list[Document]] = []
    for chunk in library.around(ids, _REACH):
        if runs and _follows(runs[-1][-1], chunk):
            runs[-1].append(chunk)
        else:
            runs.append([chunk])
    best = {str(d.id): d for d in found}
    passages = []
    for run in runs:
        first = min((str(c.id) for c in run), key=lambda i: place.get(i, len(ids)))
        if first in best:
            passages.append((place[first], joined(run, best[first])))
    documents: dict[str, int] = {}
    for rank, passage in sorted(passages, key=lambda p: p[0]):
        documents.setdefault(passage.metadata["document"], rank)
    passages.sort(key=lambda p: (documents[p[1].metadata["document"]], p[1].metadata["ordinal"]))
    return [passage for _, passage in passages]


def _follows(one: Document, other: Document) -> bool:
    same = ("document", "page", "heading")
    return other.metadata["ordinal"] == one.metadata["ordinal"] + 1 and all(
        one.metadata[key] == other.metadata[key] for key in same
    )


def joined(run: Sequence[Document], best: Document) -> Document:
    """Return chunks that follow each other as one passage, which was found by the `best` of them.

    Its metadata are those that `widened` tells of.
    """
    text, end = "", run[0].metadata["start"]
    for chunk in run:
        # White space of some kind: a line's end reads well between sentences too, while a space
        # would run the rows of a table together.
        between = "\n" if text and chunk.metadata["start"] > end else ""
        text += between + chunk.page_content
        end = chunk.metadata["end"]
    sure = [s for c in run if (s := c.metadata.get("confidence")) is not None]
    first = run[0].metadata
    return Document(
        id=best.id,
        page_content=text.strip(),
        metadata=best.metadata
        | {name: first[name] for name in ("start", "ordinal", "header")}
        | {"end": end, "parts": {str(c.id): c.page_content for c in run}}
        | {"confidence": min(sure, default=None)},
    )
