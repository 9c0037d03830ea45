"""Names in a question, and those that passages lack."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llm.leaning import script

# English: words with a capital that do not begin a sentence; those of capitals alone may stand
# spelled out in a passage. Chinese, which marks no names: titles in 《》, Latin words, and what
# stands before a word for a company or an institution.
_EN = re.compile(r"(?<![.?!:;]\s)(?<!^)\b[A-Z][\w&\-]*[a-z][\w&\-]*")
_TITLED = re.compile(r"《([^》]{2,})》")
_LATIN = re.compile(r"[A-Za-z][A-Za-z&\-]{2,}", re.ASCII)
_BODY = re.compile(
    r"([\u3400-\u9fff]{2,12}?)(?:股份有限公司|有限公司|公司|集团|银行|大学|学院|医院|研究院|基金会)"
)
# What a Chinese name begins behind, and what is none.
_BREAK = re.compile(r"[和与及跟在对由被向从了的是年月日]|比较|根据|结合|分别")
_NO_NAME = re.compile(r"[哪该这那本我贵]|什么|^有限$")
_TIMES = frozenset(
    re.findall(
        r"\w+",
        """january february march april may june july august september october november december
        monday tuesday wednesday thursday friday saturday sunday""",
    )
)


def absent(question: str, sources: Sequence[str]) -> float:
    """Return the share of a question's names that stand in no source, 0 to 1.

    0 where it has none, as far as their form tells them, or where no source is in its script, as
    names are then written in another way.
    """
    if all(script(source) != script(question) for source in sources):
        return 0.0
    text = "\n".join(sources).lower()
    found = names(question)
    return sum(name not in text for name in found) / len(found) if found else 0.0


def names(question: str) -> list[str]:
    """Return the names in a question, as far as their form tells them, in lower case."""
    text = question.strip()
    if script(text) == "en":
        found = [word.lower() for word in _EN.findall(text)]
    else:
        bodies = [_BREAK.split(body)[-1] for body in _BODY.findall(text)]
        found = [name.lower() for name in _TITLED.findall(text) + _LATIN.findall(text)]
        found += [name for name in bodies if len(name) > 1 and not _NO_NAME.search(name)]
    return [name for name in dict.fromkeys(found) if name not in _TIMES]
