"""A checklist: what a right answer to an ordinary question holds, and whether an answer does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from app.evaluation.answer_metrics import without_marks

Outcome = Literal["answered", "unsure", "not_found"]

# Kinds of questions whose right answer may be long.
LONG_KINDS = ("list", "procedure", "table", "task")
MOST_WORDS, MOST_CHARACTERS = 150, 300  # of any other answer, in English and in Chinese

_STARTS_A_WORD, _IS_A_WORD = 4, 3  # Latin letters up to which an alternative must do so
_LATIN = re.compile(r"[a-z]+")
# What is not compared: all but letters and digits. The point of 2.5 is compared.
_BETWEEN = r"(?:(?!(?<=\d)\.(?=\d))[\W_])*"


@dataclass(frozen=True)
class Checklist:
    """What is looked for in an answer: of each element of `must` one alternative, no `must_not`.

    `docs` are the paths of the documents that hold the answer.
    """

    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    docs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What was found of a checklist in one answer.

    `complete`: answered with every element and no forbidden string, or not found where there is no
    answer.
    `short`: complete and no longer than people read. `facts` is the share of the elements, None
    without a checklist; `cited` whether one of the documents that hold the answer is cited, None
    where none is named, there is no answer, or the program cites nothing. `wrong`: answered
    surely, with a forbidden string or no element at all. `length` is in words, in Chinese in
    characters.
    """

    complete: bool
    short: bool
    facts: float | None
    cited: bool | None
    outcome: Outcome
    wrong: bool
    missing: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]
    length: int


def judge(
    checklist: Checklist,
    answer: str,
    outcome: Outcome,
    paths: Iterable[str] | None = (),
    *,
    answerable: bool = True,
    lang: str = "en",
    long: bool = False,
) -> Verdict:
    """Hold an answer against its checklist; `paths` are those of the documents that it cites.

    They are None for a program that cites nothing: it is not measured by citations.
    `long` says that the question is of a kind whose answers may be long.
    """
    text = _caseless(answer)
    missing = tuple(
        element for element in checklist.must if not any(_holds(text, one) for one in element)
    )
    forbidden = tuple(one for one in checklist.must_not if _holds(text, one))
    refused = outcome == "not_found"
    complete = outcome == "answered" and not (missing or forbidden) if answerable else refused
    size = _length(answer, lang)
    found = len(checklist.must) - len(missing)
    cited = None
    if answerable and checklist.docs and paths is not None:
        cited = _cites(paths, checklist.docs) and not refused
    nothing_right = bool(checklist.must) and not found
    return Verdict(
        complete=complete,
        short=complete and (long or size <= _most(lang)),
        facts=(0.0 if refused else found / len(checklist.must)) if checklist.must else None,
        cited=cited,
        outcome=outcome,
        wrong=answerable and outcome == "answered" and (bool(forbidden) or nothing_right),
        missing=missing,
        forbidden=forbidden,
        length=size,
    )


def _caseless(text: str) -> str:
    """Return a text as it is compared: in NFKC and without case."""
    return unicodedata.normalize("NFKC", text).casefold()


def _holds(text: str, wanted: str) -> bool:
    """Tell whether a text without case holds a string; letters and digits are compared.

    A figure is never found in a longer one, but 2650 is in "2,650". An alternative of up to four
    Latin letters begins a word, of up to three it is a word, or its plural with s.
    """
    pattern = _pattern(wanted)
    return pattern is not None and pattern.search(text) is not None


def _length(answer: str, lang: str) -> int:
    """Return the words of an answer, in Chinese its characters, without its citation marks."""
    words = without_marks(answer).split()
    return sum(map(len, words)) if lang.startswith("zh") else len(words)


def _most(lang: str) -> int:
    return MOST_CHARACTERS if lang.startswith("zh") else MOST_WORDS


@lru_cache(maxsize=4096)
def _pattern(wanted: str) -> re.Pattern[str] | None:
    """Return what finds a string, None if it has no letter and no digit."""
    kept = re.findall(r"[^\W_]|(?<=\d)\.(?=\d)", _caseless(wanted))
    if not kept:
        return None
    before = after = ""
    if kept[0].isdigit():
        before = r"(?<![0-9])(?<![0-9][.,])"
    if kept[-1].isdigit():
        after = r"(?![0-9]|[.,][0-9])"
    if _LATIN.fullmatch("".join(kept)) and len(kept) <= _STARTS_A_WORD:
        before = r"(?<![a-z])"
        if len(kept) <= _IS_A_WORD:
            after = r"(?!s[a-z]|[a-rt-z])"
    return re.compile(before + _BETWEEN.join(map(re.escape, kept)) + after)


def _cites(paths: Iterable[str], docs: Iterable[str]) -> bool:
    """Tell whether one of the paths is that of a document, or ends with it."""
    wanted = tuple("/" + unicodedata.normalize("NFC", doc) for doc in docs)
    given = (unicodedata.normalize("NFC", path).replace("\\", "/") for path in paths)
    return any(f"/{path}".endswith(wanted) for path in given)
