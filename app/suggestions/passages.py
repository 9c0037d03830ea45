"""Which passages of a document a question is made of, and what each is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from langchain_core.documents import Document

from ingest.text import language

_LEAST, _MOST = {"zh": 50, "en": 120}, 1_500  # characters
# What is mostly marks, numbers and leaders is a table of figures, or one of contents.
_LETTERS = 0.55
_LEADER = re.compile(r"[.…·・]{4,}|(?:\. ){4,}")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_DIGIT = re.compile(r"\d")


def good_passages(chunks: Sequence[Document]) -> list[int]:
    """Return the ordinals of the chunks that say something one can ask for, best first.

    They are no title page, as the beginning without a heading is as a rule, no fragment, text and
    not figures, and not switched off. Those with a heading and with an amount, a date or a number
    come first, as one question fits them and no other.
    """
    told = [
        number
        for number, chunk in enumerate(chunks)
        if not chunk.metadata.get("off") and _tells(chunk, number)
    ]

    def later(number: int) -> tuple[bool, bool]:
        chunk = chunks[number]
        return not _headed(chunk), not _DIGIT.search(chunk.page_content)

    return sorted(told, key=later)


def place_of(chunk: Document, path: str) -> str:
    """Return what a chunk is of: the document's title or name, and the headings."""
    title = chunk.metadata.get("title") or PurePosixPath(path).stem
    return " > ".join(part for part in (title, _heading(chunk)) if part)


def _heading(chunk: Document) -> str:
    return str(chunk.metadata.get("heading") or "")


def _headed(chunk: Document) -> bool:
    return bool(_heading(chunk) or _HEADING.search(chunk.page_content))


def _tells(chunk: Document, number: int) -> bool:
    text = chunk.page_content
    if number == 0 and not _headed(chunk):
        return False
    letters = sum(character.isalpha() for character in text)
    length = sum(not character.isspace() for character in text)
    return (
        _LEAST[language(text)] <= len(text) <= _MOST
        and letters >= _LETTERS * length
        and not _LEADER.search(text)
    )
