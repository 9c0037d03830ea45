"""Names in a question and in an answer, and those that passages lack."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.text import HAN_BMP, MONTH_NAMES, NAME_STOP_WORDS, WEEKDAYS, features, script

# English: words with a capital that do not begin a sentence; those of capitals alone may stand
# spelled out in a passage. Chinese, which marks no names: titles in 《》, Latin words, and what
# stands before a word for a company or an institution.
_EN = re.compile(r"(?<![.?!:;]\s)(?<!^)\b[A-Z][\w&\-]*[a-z][\w&\-]*")
_TITLED = re.compile(r"《([^》]{2,})》")
_LATIN = re.compile(r"[A-Za-z][A-Za-z&\-]{2,}", re.ASCII)
_BODY = re.compile(
    rf"([{HAN_BMP}]{{2,12}}?)(?:股份有限公司|有限公司|公司|集团|银行|大学|学院|医院|研究院|基金会)"
)
# What a Chinese name begins behind, and what is none.
_BREAK = re.compile(r"[和与及跟在对由被向从了的是年月日]|比较|根据|结合|分别")
_NO_NAME = re.compile(r"[哪该这那本我贵]|什么|^有限$")
# A name in an English answer: words with a capital, that may be joined by small ones.
_WRITTEN = re.compile(r"\b[A-Z][\w&'\-]*(?:\s+(?:(?:of|the|and|for|de|&)\s+)*[A-Z][\w&'\-]*)*")
_STEM = 4  # letters: "China" bears out "Chinese"
_LETTERS = re.compile(r"[A-Za-z]{3,}", re.ASCII)
_TIMES = frozenset((*MONTH_NAMES, *WEEKDAYS))


def unknown_names(question: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Return the question's names, as far as their form tells them, that stand in no source.

    None where no source is in its script, as names are then written in another way.
    """
    if all(script(source) != script(question) for source in sources):
        return ()
    text = "\n".join(sources).lower()
    return tuple(name for name in names(question) if name not in text)


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


def unknown_name(sentence: str, question: str, sources: Sequence[str]) -> str:
    """Return a name in an English sentence that no source has, "" if there is none.

    Each of its words must stand in a source, also as another form of it, unless the whole name
    stands in the question; "NYSE" and what it is short for are one name. The word that begins a
    sentence may have its capital from that.
    """
    text, known = "\n".join(sources), features("\n".join(sources))
    for match in _WRITTEN.finditer(sentence):
        name = match[0]
        if name.lower() in question.lower() or _shortened(name, text):
            continue
        words = [word.lower() for word in _LETTERS.findall(name)]
        if match.start() == 0 and name.split()[0] != name.split()[0].upper():
            words = words[1:]
        words = [word for word in words if word not in NAME_STOP_WORDS | _TIMES]
        if not all(any(one.startswith(word[:_STEM]) for one in known) for word in words):
            return name
    return ""


def _shortened(name: str, text: str) -> bool:
    """Tell whether a text has what a name is short for, or what is short for it."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    if len(initials) > 2 and re.search(rf"\b{initials}\b", text):
        return True
    spelled = r"\w*\s+(?:(?:of|the|and|for)\s+)*".join(name) + r"\w*"
    return name.isupper() and name.isalpha() and bool(re.search(spelled, text, re.IGNORECASE))
