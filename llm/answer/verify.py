"""Sentences of an answer that no passage bears out: marked, or left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.text import features, months, numbers, script, sentences, writing
from llm.answer.cite import MARK, YES_OR_NO, sentence_support, sentences_with_marks
from llm.answer.dictated_words import is_dictated
from llm.answer.figures import KnownFigures
from llm.answer.months import dated_in, of_another_month
from llm.answer.unknown_names import KnownNames
from llm.prompts import UNSUPPORTED

_FEWEST_NEW = 3  # words of a statement that the question has not, below which nothing is told
_STEM = 4  # letters by which they are compared: "head", "headed"
_LEAST_KNOWN = 0.1  # share of them that must stand in the passages: paraphrase is no invention
# Asks for what it does not name itself, unlike "which of A and B".
_OPEN = re.compile(
    r"\b(?:who|whom|whose|what|when|where)\b|谁|誰|什么|什麼|何[时時地人]|哪[里裡天儿兒]",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\b(?:or|and)\b|还是|還是|[或和与與跟、]|[是有能会][不没]", re.IGNORECASE)


def verify(answer: str, question: str, sources: Sequence[str], *, strict: bool) -> str:
    """Return an answer without the sentences that the sources do not bear out.

    `sources` are the passages with their titles and headings. When not `strict` such a sentence
    stays and is marked. What a document only orders to be said is left out where there is more.
    """
    parts: list[str] = []
    at = 0
    evidence = Evidence(question, sources)
    spans = sentences_with_marks(answer)
    told = [MARK.sub("", span.text) for span in spans]
    said = [is_dictated(sentence, question, sources) for sentence in told]
    for span, sentence, as_ordered in zip(spans, told, said, strict=True):
        between = answer[at : span.start]
        at = span.end
        if as_ordered and not all(said):
            continue
        beside = len(spans) == 1 and (
            repeats_question(sentence, question) or of_another_time(sentence, question, sources)
        )
        if not beside and not evidence.check(sentence):
            parts.append(between + span.text)
        elif not strict:
            parts.append(between + span.text + UNSUPPORTED[script(span.text)])
    return "".join(parts).strip()


def repeats_question(sentence: str, question: str) -> bool:
    """Tell whether a sentence has no word that the question, which asks for one, has not."""
    if not _OPEN.search(question) or _CHOICE.search(question) or numbers(sentence):
        return False
    words = features(sentence)
    return bool(words) and words <= features(question)


def of_another_time(sentence: str, question: str, sources: Sequence[str]) -> bool:
    """Tell whether what bears a sentence out best tells of another month than the question's.

    What is in another script is not compared, nor a source that is itself of that month.
    """
    if not months(question):
        return False
    own = [source for source in sources if script(source) == script(sentence)]
    told = [(span.text, source) for source in own for span in sentences(source)]
    best, source = max(
        told, key=lambda t: sentence_support(sentence, question, t[0]), default=("", "")
    )
    return of_another_month(best, question) and not dated_in(source, question)


@dataclass(frozen=True)
class Problem:
    """What of a statement is not borne out.

    A `figure` or a `name` is the text that stands nowhere; `nothing` is a statement of which
    hardly a word does.
    """

    kind: Literal["figure", "name", "nothing"]
    text: str


class Evidence:
    """A question and the passages of its answer, to hold statements against.

    The passages come with their titles and headings, which count. Made once, each check is fast.
    """

    def __init__(self, question: str, passages: Sequence[str]) -> None:
        self._figures = KnownFigures(question, passages)
        self._names = KnownNames(question, passages)
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
        problems = [Problem("figure", figure) for figure in self._figures.unknown(said)]
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


def check(statement: str, question: str, passages: Sequence[str]) -> tuple[Problem, ...]:
    """Return what a statement says that is not borne out: see Evidence, which checks several."""
    return Evidence(question, passages).check(statement)
