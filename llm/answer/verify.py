"""What of an answer the passages do not bear out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.text import digit_runs, features, is_foreign, writing
from llm.answer.cite import MARK, YES_OR_NO
from llm.answer.figures import KnownFigures
from llm.answer.unknown_names import KnownNames

_LONGEST_RUN = 30  # digits that are told apart
_FEWEST_NEW = 3  # words of a statement that the question has not, below which nothing is told
_STEM = 4  # letters by which they are compared: "head", "headed"
_LEAST_KNOWN = 0.1  # share of them that must stand in the passages: paraphrase is no invention


@dataclass(frozen=True)
class Problem:
    """What of a statement is not borne out.

    A `figure` or a `name` is the text that stands nowhere; `nothing` is a statement of which
    hardly a word does.
    """

    kind: Literal["figure", "name", "nothing"]
    text: str


def _runs(text: str) -> set[str]:
    return {str(int(run[:_LONGEST_RUN])) for run in digit_runs(text)}


class Evidence:
    """A question and the passages of its answer, to hold statements against.

    The passages come with their titles and headings, which count. Made once, each check is fast.
    """

    def __init__(self, question: str, passages: Sequence[str]) -> None:
        self._foreign = is_foreign(question)
        self._figures = KnownFigures(question, passages)
        self._names = KnownNames(question, passages)
        self._digits = _runs("\n".join([question, *passages]))
        self._asked = features(question)
        self._words = {word[:_STEM] for word in features("\n".join(passages))}
        self._writings = {writing(passage) for passage in passages} - {""}

    def check(self, statement: str) -> tuple[Problem, ...]:
        """Return what a statement says that is not borne out, nothing if all is, as far as told.

        A statement is a sentence, a list item or a table row, as Markdown. Figures count by their
        worth and unit, names by their words; other wording is free. In another writing than the
        passages' a statement is held against their figures only.
        """
        said = MARK.sub("", statement)
        figures = self._figures.unknown(said)
        if self._foreign:  # what is told in another language has other words, names and months
            return tuple(Problem("figure", f) for f in figures if not _runs(f) <= self._digits)
        problems = [Problem("figure", figure) for figure in figures]
        problems += [Problem("name", name) for name in self._names.unknown(said)]
        if not problems and self._is_foreign(said):
            problems.append(Problem("nothing", said.strip()))
        return tuple(problems)

    def _is_foreign(self, statement: str) -> bool:
        """Tell whether of several words that the question has not, hardly one is a passage's."""
        if self._writings != {writing(statement)}:
            return False
        new = {word[:_STEM] for word in features(statement) - self._asked - YES_OR_NO}
        return len(new) >= _FEWEST_NEW and len(new & self._words) < _LEAST_KNOWN * len(new)
