"""An answer in the words that answer, held against what its best passage answers by itself."""

from __future__ import annotations

import re

from ingest.text import STOPS, features, is_fuller_date, missing, numbers, sentences, value_span
from llm.answer.dictated_words import is_dictated
from llm.answer.drafts import disagree

# Share of a sentence's other words that the question has, from which it only says it again.
_SAID_AGAIN = 0.5
_FEW = 4  # words and figures beside it, below which an answer is short enough
# What joins the items of a list: "A and B" is not cut to "A".
_AND_LEFT = re.compile(r"(?:[、和与及跟&]|\b(?:and|or))\s*$", re.IGNORECASE)
_AND_RIGHT = re.compile(r"\s*(?:[、和与及跟&]|以及|(?:and|or)\b|[,，]\s*[A-Z\d])")
# What an answer means depends on these: "600 at most", "5 days if ...", "每周五可以，但…".
_CONDITION = re.compile(
    r"\b(?:if|unless|except|only|but|provided|depending|up to|at least|at most|no more|not?|never"
    r"|about|around|nearly|almost|over|under|per|each|every|minimum|maximum)\b"
    r"|如果|若|除|[仅僅]|只有|但|至少|至多|最多|最少|超[过過]|低于|高于|以[上下内內外]|[约約]|左右|[未不]|每|其中",
    re.IGNORECASE,
)
_BEGINS, _ENDS = r"(?<![A-Za-z0-9])(?<!\d[.,])", r"(?![A-Za-z0-9])(?![.,]\d)"  # not the 50 of 1,500
_AND_LATER = re.compile(r"[^，。；,;]*[、和与及]")  # 锅炉清洗、检修和改造 is not 锅炉
_AROUND = STOPS + "\"“”'"


def shorten(written: str, said: str, question: str, source: str) -> str:
    """Return an answer without what it says again of the question.

    `said` is what the passage it is likeliest to come from, `source`, answers by itself. Where that
    is a part of the answer, and the rest is the question again or it is a figure, this part is
    left, with its unit; not so if the rest has another figure or a condition. Where it is another
    figure or name, or the same date with its month or year, it takes the answer's place: of several
    passages a small model takes one for the other. Lists and answers of several sentences stay, and
    nothing is cut to what a document only orders to be said.
    """
    said = said.strip(_AROUND)
    if not said or len(sentences(written)) != 1 or is_dictated(said, question, [source]):
        return written
    words = re.compile(rf"{_BEGINS}{re.escape(said)}{_ENDS}", re.IGNORECASE)
    found = words.search(written)
    if not found:
        meant = _meant(words, question, source)
        other = is_fuller_date(written, said) or disagree(written, said, question)
        return _begun(meant) if meant and other else written
    start, end = value_span(written, *found.span())
    before, behind = written[:start], written[end:]
    if _AND_LEFT.search(before) or _AND_RIGHT.match(behind):
        return written
    if not numbers(said) and _AND_LATER.match(behind):
        return written
    beside, asked = f"{before} {behind}", features(question)
    rest = features(beside)
    if len(rest) < _FEW or features(said) <= asked:  # "Yes", and what is allowed
        return written
    if missing(beside, question) or _CONDITION.search(beside):
        return written
    again = len(rest & asked) >= _SAID_AGAIN * len(rest)
    return _begun(written[start:end]) if again or numbers(said) else written


def _meant(words: re.Pattern[str], question: str, source: str) -> str:
    """Return what was found as it stands in the sentence that has most of the question's words."""
    asked = features(question)
    found = [(s.text, match) for s in sentences(source) if (match := words.search(s.text))]
    if not found:
        return ""
    text, match = max(found, key=lambda one: len(asked & features(one[0])))
    start, end = value_span(text, *match.span())
    return text[start:end]


def _begun(text: str) -> str:
    """Return an answer that begins like a sentence, if its first word is in small letters."""
    first = text.split(" ", 1)[0]
    return text[0].upper() + text[1:] if first.isascii() and first.islower() else text
