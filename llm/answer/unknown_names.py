"""Names in a question and in an answer, and those that passages lack."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.text import (
    HAN_BMP,
    MONTH_NAMES,
    NAME_STOP_WORDS,
    WEEKDAYS,
    letters,
    script,
    writing,
)

# English: words with a capital that do not begin a sentence; those of capitals alone may stand
# spelled out in a passage. Chinese, which marks no names: titles in 《》, Latin words, and what
# stands before a word for a company or an institution.
_EN = re.compile(r"(?<![.?!:;]\s)(?<!^)\b[A-Z](?=[\w&\-]{0,60}[a-z])[\w&\-]{1,80}")
_TITLED = re.compile(r"《([^》]{2,})》")
_LATIN = re.compile(r"[A-Za-z][A-Za-z&\-]{2,}", re.ASCII)
_BODY = re.compile(
    rf"([{HAN_BMP}]{{2,12}}?)(?:股份有限公司|有限公司|公司|集团|银行|大学|学院|医院|研究院|基金会)"
)
# What a Chinese name begins behind, and what is none.
_BREAK = re.compile(r"[和与及跟在对由被向从了的是年月日]|比较|根据|结合|分别")
_NO_NAME = re.compile(r"[哪该这那本我贵]|什么|^有限$")
# A name in an English statement: words with a capital, that may be joined by small ones.
_WRITTEN = re.compile(
    r"\b[A-Z][\w&'’\-]*+(?:\s(?:(?:of|the|and|for|de|van|von|&)\s)?[A-Z][\w&'’\-]*+)*"
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_WORD_START = re.compile(r"\b[^\W\d_]\w*")
_JOINING = frozenset(("of", "the", "and", "for"))
_BEGINS = re.compile(r"(?:^|[.?!:;|\n>(\[\"“‘*#–—-])\s{0,3}$")  # what is capital for its place
_TIMES = frozenset((*MONTH_NAMES, *WEEKDAYS))
_SHORTEST_STEM, _LONGEST_STEM = 4, 20  # letters: "China" bears out "Chinese", "Norway" "Norwegian"
# No names of what is asked for: languages, peoples and words that answers put a capital to.
_NO_NAMES = frozenset(
    """english chinese mandarin cantonese german french spanish italian portuguese dutch russian
    japanese korean arabic british american european asian african australian canadian indian
    internet yes none note important however""".split()  # noqa: SIM905
)
_FUNCTION_WORDS = re.compile(
    r"\b(?:the|of|and|to|is|are|for|be|with|on|by|that|as)\b", re.IGNORECASE
)
_ENGLISH = 0.08  # share of these in English, of other Latin languages below 0.04
_ASKS_NAME = re.compile(r"\b(?:who|whom|whose|which|where|what|names?)\b|^\W*$", re.IGNORECASE)
_HEADING_CAPITALS = 0.7  # share of words with a capital in "How To Request Your Leave"
_ROMAN = re.compile(r"[IVXLC]+")


def unknown_names(
    question: str, sources: Sequence[str], called: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Return the question's names, as far as their form tells them, that stand in no source.

    They are written as the question writes them. `called` is what they are called in the other
    script, by the name as it is returned here. Where a source is in that script, a name is known
    that it has so, and of one that is not among `called` nothing is told. None where no source is
    in the question's script.
    """
    lacking = lacking_names(question, sources)
    strange = [script(source) != script(question) for source in sources]
    if not any(strange):
        return lacking
    if all(strange) or called is None:
        return ()
    text = "\n".join(sources).lower()
    return tuple(name for name in lacking if name in called and called[name].lower() not in text)


def lacking_names(question: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Return the names in a question that stand in no source in its own script, as it has them."""
    text, asked = "\n".join(sources).lower(), question.lower()
    places = [(asked.find(name), name) for name in names(question) if name not in text]
    return tuple(question[at : at + len(name)] if at >= 0 else name for at, name in places)


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


def runs(question: str, found: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the `names` of a question, those that follow each other as one: ("north", "hall")."""
    text, joined, end = question.lower(), list[tuple[str, ...]](), -1
    for name in found:
        at = text.find(name, max(end, 0))
        if at < 0:
            at, end = text.find(name), -1
        if joined and end >= 0 and text[end:at].isspace():
            joined[-1] = (*joined[-1], name)
        else:
            joined.append((name,))
        end = at + len(name)
    return joined


class KnownNames:
    """The words that may stand in names: those of a question and of its passages.

    For English alone, as others write all nouns with a capital, or no names at all; and for titles
    in 《》. Of passages in several writings none is held against, as names are then translated.
    """

    def __init__(self, question: str, passages: Sequence[str]) -> None:
        text = "\n".join([question, *passages])
        self._asks_name = bool(_ASKS_NAME.search(question))
        words = {word.lower() for word in _WORD.findall(text)}
        self._words = words | {
            word[:n]
            for word in words
            for n in range(_SHORTEST_STEM, min(len(word), _LONGEST_STEM) + 1)
        }
        self._letters = letters(text)
        spelled = [w for w in _WORD_START.findall(text.lower()) if w not in _JOINING]
        self._initials = "".join(word[0] for word in spelled)
        writings = {writing(passage) for passage in passages} - {""}
        count = sum(len(passage.split()) for passage in passages)
        common = sum(len(_FUNCTION_WORDS.findall(passage)) for passage in passages)
        self._english = writings == {"latin"} and writing(question) != "han"
        self._english &= common >= _ENGLISH * count
        self._han = writings == {"han"}

    def unknown(self, statement: str) -> list[str]:
        """Return the names in a statement that neither the question nor a passage has."""
        found: list[str] = []
        if self._han:
            found = [f"《{title}》" for title in _TITLED.findall(statement) if self._lacks(title)]
        if not self._english or writing(statement) != "latin" or _is_heading(statement):
            return found
        for match in _WRITTEN.finditer(statement):
            name = match[0]
            begins = bool(_BEGINS.search(statement, max(0, match.start() - 4), match.start()))
            ends = statement[match.end() : match.end() + 3].lstrip("*")
            if (begins and ends.startswith(":")) or self._is_shortened(name):
                continue
            words = [w for w in _WORD.findall(name) if not _ROMAN.fullmatch(w)]
            if begins and not name.split()[0].isupper():
                words = words[1:] if _WORD.match(name) else words
            lacking = [word for word in map(str.lower, words) if not self._has(word)]
            if lacking and (self._asks_name or len(lacking) > 1):
                found.append(name)
        return found

    def _is_shortened(self, name: str) -> bool:
        """Tell whether what a name is short for is known, or what is short for it."""
        if name.isupper() and len(name) > 2 and letters(name) in self._initials:
            return True
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        return len(initials) > 2 and initials.lower() in self._words

    def _has(self, word: str) -> bool:
        stem = word[: min(max(_SHORTEST_STEM, len(word) // 2), _LONGEST_STEM)]
        return word in NAME_STOP_WORDS | _TIMES | _NO_NAMES or bool({word, stem} & self._words)

    def _lacks(self, title: str) -> bool:
        """Tell whether a title stands nowhere, and half of its pairs of characters do not."""
        bare = letters(title)
        pairs = {bare[n : n + 2] for n in range(len(bare) - 1)}
        return bare not in self._letters and 2 * sum(p in self._letters for p in pairs) < len(pairs)


def _is_heading(statement: str) -> bool:
    """Tell whether a statement has a capital at nearly every word."""
    words = [word for word in statement.split() if word[0].isalpha()]
    return len(words) > 4 and sum(w[0].isupper() for w in words) >= _HEADING_CAPITALS * len(words)
