"""Where a right answer stands, in words."""

from __future__ import annotations

from app.pages.parts.places import place
from app.texts import Words
from retrieval.feedback import TestSource
from retrieval.library import shown


def place_of(source: TestSource, words: Words) -> str:
    """Return the document of a right answer, with its page; of one that is gone, that it is."""
    if source.document is None:
        return f"{shown(source.path)} ({words('question_source_gone')})"
    return place(source.path, source.page, "", words)
