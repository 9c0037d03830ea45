"""Whether a bare yes or no fits the sentence that a model writes behind it."""

from __future__ import annotations

import re

from ingest.text import folded, support

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|neither|nor|cannot|without|\w{2,12}n['’]t)\b"
    r"|不|没|无|未|非|禁止|严禁|勿"
)
_NO = re.compile(r"\s*(?:no\b|not\b|never\b|false\b|不|没|否|非|无|未)")
_ASKED_FOR = re.compile(r"[^\s]不[^\s]|没有|\b(?:or not|whether)\b")  # 能不能, 有没有
_RESTATES = 0.5  # share of the question's words in a sentence that answers it in its own words


def is_at_odds(head: str, statement: str, question: str) -> bool:
    """Tell whether a bare yes or no says the opposite of the statement behind it.

    "Yes. Visitors may not park here." 不可以。年假可以跨年使用。 The sentence is right more often.
    Chinese and English; a statement that does not answer in the question's own words is at odds
    with nothing.
    """
    said, asked = folded(statement), _ASKED_FOR.sub("", folded(question))
    if support(question, statement) < _RESTATES or _NEGATION.search(asked):
        return False
    is_no = bool(_NO.match(folded(head)))
    return is_no != bool(_NEGATION.search(said))
