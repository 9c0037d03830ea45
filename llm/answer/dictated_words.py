"""Words that an answer has only because a document orders them to be said."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST = 60  # characters; what is ordered is a code word or a phrase
_BEFORE = 40  # characters in front of it in which the order stands
_ORDER = re.compile(
    r"回答|答复|回复|输出|写|说|开头|结尾|末尾"
    r"|\b(?:answer|respond|reply|say|write|print|output|append|add|begin|start|end|finish)\b",
    re.IGNORECASE,
)
_QUOTED = ("“", "‘", "「", "『", '"', "'", "`", "*")
# Behind one of these, what is not quoted is no more what was ordered: "填写表格，由主管签字".
_CLAUSE_END = re.compile(r"[。.!！?？;；，,]")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


def is_dictated(sentence: str, question: str, sources: Sequence[str]) -> bool:
    """Tell whether a sentence stands in the sources, but only right behind an order to say it.

    That is in the same clause, or in quotation marks. The order is known in Chinese and English.

    Not so where the question is about what to say or write itself.
    """
    words = _EDGE.sub("", sentence).lower()
    if not words or len(words) > _LONGEST or _ORDER.search(question):
        return False
    found = False
    for source in sources:
        text = source.lower()
        at = text.find(words)
        while at >= 0:
            line = text.rfind("\n", 0, at) + 1
            before = text[max(line, at - _BEFORE) : at]
            if not before.endswith(_QUOTED):
                before = _CLAUSE_END.split(before)[-1]
            if not _ORDER.search(before):
                return False
            found = True
            at = text.find(words, at + 1)
    return found
