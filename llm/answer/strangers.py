"""Figures of an answer that the passages have only in sentences about something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.text import (
    HAN,
    KEYWORD_STOP_WORDS,
    NO_SUBJECT,
    Quantity,
    features,
    folded,
    is_foreign,
    plain,
    quantities,
    sentences,
    writing,
)
from llm.answer.figures import KnownFigures

_STEM = 4  # letters by which words are compared: "head", "headed"
# Chinese has no spaces: 年假 and 年休假 share two characters, and no pair of them.
_FEWEST_HAN = 2
_GENERIC = frozenset(w[:_STEM] for words in KEYWORD_STOP_WORDS.values() for w in words)
_COUNTED = ("number", "date", "time")  # a code or a label is a name
_HEAD = re.compile(r"\[\d+\] \(.*\)")  # the title and heading above a passage
_LATIN = re.compile("[a-z]+")
_IS_HAN = re.compile(f"[{HAN}]")


class Strangers:
    """The sentences of an answer's passages, to see of what each figure is told.

    That a figure stands in the passages proves little: the three days until a reply are not the
    three days of a visit. Made once, each check is fast.

    Example:
        strangers = Strangers("How long may a visit last?", ["We reply within three days."])
        strangers.figures("A visit lasts three days.")  # ["three days"]
    """

    def __init__(self, question: str, passages: Sequence[str]) -> None:
        """`passages` are as the model sees them, with their titles and headings."""
        self._passages = () if is_foreign(question) else passages
        self._asked = _words(question)
        self._known = KnownFigures("", [question])

    def figures(self, statement: str) -> list[str]:
        """Return the figures of a statement that only sentences about something else have.

        Such a sentence has not one word of the statement or of the question, nor has what it is
        read with: the sentence before it, a table's head, title and heading. A figure that stands
        in the question, or in no sentence, is none of them. Nor is one that a sentence in another
        writing has, as its words are others; so it is for questions in a language that is neither
        Chinese nor English.
        """
        text = plain(statement)
        counted = [one for one in quantities(text) if one.stated and one.kind in _COUNTED]
        counted = [one for one in counted if self._known.unknown(one.text)]
        if not counted:
            return []
        said, style = _words(text) | self._asked, writing(text)
        strangers: list[str] = []
        for one in counted:
            having = [told for told in self._sentences if not told.figures.unknown(one.text)]
            # Three days may be those of "day 3"; where they are told, "page 3" has none of them.
            having = [told for told in having if told.has_in_its_unit(one)] or having
            if having and all(told.is_strange(said, style) for told in having):
                strangers.append(one.text)
        return strangers

    @cached_property
    def _sentences(self) -> list[_Told]:
        return [told for passage in self._passages for told in _told(passage)]


@dataclass(frozen=True)
class _Told:
    """A sentence of a passage, and what it is read with."""

    sentence: str
    around: str

    @cached_property
    def figures(self) -> KnownFigures:
        return KnownFigures("", [self.sentence])

    def has_in_its_unit(self, figure: Quantity) -> bool:
        """Tell whether a figure stands in the sentence with a unit that both have."""
        found = quantities(plain(self.sentence))
        return any(one.units & figure.units and one.values & figure.values for one in found)

    @cached_property
    def words(self) -> frozenset[str]:
        return _words(f"{self.around}\n{self.sentence}")

    def is_strange(self, said: frozenset[str], style: str) -> bool:
        """Tell whether it has none of the words that were said in this writing."""
        if writing(self.sentence) not in (style, "") or not self.words:
            return False
        shared = self.words & said
        alone = sum(1 for word in shared if _IS_HAN.match(word))
        return alone == len(shared) and alone < _FEWEST_HAN


def _told(passage: str) -> Iterator[_Told]:
    head, _, body = passage.partition("\n")
    if not _HEAD.fullmatch(head):
        head, body = "", passage
    before = columns = ""
    for span in sentences(body):
        text = span.text.strip()
        is_row = text.startswith("|")
        columns = (columns or text) if is_row else ""
        yield _Told(text, f"{head}\n{columns if is_row else before}")
        before = text


def _words(text: str) -> frozenset[str]:
    """Return the words of a text by their beginnings, and its Chinese characters.

    Without figures and what these count: that both speak of days tells nothing.
    """
    text, at = plain(text), 0
    rest: list[str] = []
    for one in quantities(text):
        if one.kind in _COUNTED and one.start >= at:
            rest.append(text[at : one.start])
            at = one.end
    bare = folded(" ".join([*rest, text[at:]]))
    latin = " ".join(w for w in _LATIN.findall(bare) if not NO_SUBJECT["en"].match(w))
    words = {word[:_STEM] for word in features(latin)}
    return frozenset(words | set(_IS_HAN.findall(bare))) - _GENERIC
