"""Which documents a question was asked of, in words."""

from __future__ import annotations

from collections.abc import Mapping

from app.pages.parts.collections import collection_name
from app.texts import Words
from app.web import label
from retrieval.ledger import Filter

_NAMED = 3  # documents that are named under a question


def told(within: Filter, paths: Mapping[str, str], words: Words) -> str:
    """Return a filter in words, as Markdown; `paths` are those of the documents by id."""
    parts = []
    if within.collection is not None:
        parts.append(
            words("collection_asked", name=label(collection_name(within.collection, words)))
        )
    gone = words("document_gone")
    parts += [label(paths.get(document, gone)) for document in within.documents[:_NAMED]]
    if len(within.documents) > _NAMED:
        parts.append("…")
    parts += [label(kind.upper()) for kind in within.kinds]
    if within.lang is not None:
        parts.append(words(f"lang_{within.lang}"))
    if within.since is not None:
        parts.append(words("since_day", day=label(within.since)))
    if within.author is not None:
        parts.append(words("author_asked", name=label(within.author)))
    if within.changed is not None:
        parts.append(words("changed_day", day=label(within.changed[0])))
    if within.superseded is not None:
        parts.append(words("in_force"))
    return " · ".join(parts)
