"""Whether a question asks for all of something: passages that name others then add to an answer."""

from __future__ import annotations

import re

from ingest.text import script

_ALL = {
    "zh": re.compile(
        r"哪些|有哪|哪几|有谁|列出|列举|名单"
        r"|(?:成员|主演|演员|嘉宾|对手|[三四八]强)(?:[有都是]|分别|包括|[？?]|$)"
    ),
    "en": re.compile(
        r"^\s*(?:list|name)\b|\bwho (?:are|were)\b"
        r"|\b(?:which|what)\s+(?:[\w\-]+\s+){0,2}?(?!was\b|is\b|has\b|does\b|this\b)[\w\-]*[^s\W]s"
        r"\s+(?:are|were|do|did|have|can|must|may|will|belong|take|took)\b",
        re.IGNORECASE,
    ),
}


def asks_for_all(question: str) -> bool:
    """Tell whether a question asks for a list, told by its words."""
    return bool(_ALL[script(question)].search(question))
