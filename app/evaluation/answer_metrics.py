"""The measures of one answer: pure functions of what was written and what was expected.

`expected` is what a right answer holds: one string of each of its groups.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from ingest.text import ARTICLES, HAN, figures, letters, normalised, sentences
from llm.answer import MARK

Expected = Sequence[Sequence[str]]

_MARKS_BEHIND = re.compile(rf"([。！？；….!?;]+[”’」』）】\"')]*)((?:{MARK.pattern})+)")
_TOKEN = re.compile(rf"[{HAN}]|[^\W{HAN}]+")
_HEAD = 160  # characters of an answer in which a refusal says that it is one
# How models without a fixed sentence of refusal say that they do not know.
REFUSING = (
    "不知道", "没有提及", "未提及", "没有提到", "未提到", "没有找到", "找不到", "没有相关",
    "没有关于", "没有提供", "未提供", "没有明确", "未明确", "没有说明", "没有足够", "信息不足",
    "无法确定", "无法回答", "无法得知", "无法提供",
    "don't know", "do not know", "don't have", "do not have", "not mention", "n't mention",
    "not provide", "n't provide", "not specif", "n't specif", "not stated", "not state",
    "not contain", "n't contain", "not include", "no information", "no mention",
    "cannot be determined", "cannot determine", "can't determine", "unable to", "not available",
    "not possible to",
)  # fmt: skip


def without_marks(answer: str) -> str:
    """Return an answer without its citation marks: the 1 of [1] is no figure of it."""
    return MARK.sub("", answer)


def contains(answer: str, expected: Expected) -> bool | None:
    """Tell whether the answer holds a string of each group (RGB's rule), in NFKC and lower case.

    A full stop at the end of an expected string is left out: "$50 million." stands in "$50 million
    in May". None when nothing is expected.
    """
    if not expected:
        return None
    text = normalised(answer)
    return all(any(_no_stop(normalised(one)) in text for one in group) for group in expected)


def has_numbers(answer: str, expected: Expected) -> bool | None:
    """Tell whether all numbers of an expected string of each group stand in the answer.

    None when no string that is expected has a number.
    """
    have = _numbers(answer)
    wanted = [[n for n in map(_numbers, group) if n] for group in expected]
    if not any(wanted):
        return None
    return all(any(numbers <= have for numbers in group) for group in wanted if group)


def token_f1(answer: str, expected: Expected) -> float | None:
    """Return the F1 of the tokens that the answer and the expected one have in common, 0 to 1.

    Tokens are words, in Chinese characters, normalised as SQuAD's script does (Rajpurkar et al.,
    2016): lower case, without punctuation and articles. Of alternatives the best one counts.
    """
    if not expected:
        return None
    have, wanted = _tokens(answer), Counter[str]()
    for group in expected:
        each = [_tokens(one) for one in group]
        wanted += max(each, key=partial(_f1, have))
    return _f1(have, wanted)


def says_no(answer: str) -> bool:
    """Tell whether an answer says at its beginning that it does not know."""
    head = normalised(answer.strip()[:_HEAD]).replace("’", "'")
    return not head or any(mark in head for mark in REFUSING)


def bears_out(quote: str, evidence: Iterable[str], expected: Expected) -> bool:
    """Tell whether a quote is the support of an answer; compared are letters and digits.

    It contains or is a part of a string of the evidence; without evidence, it contains a string
    that is expected.
    """
    said = letters(quote)
    known = [plain for plain in map(letters, evidence) if plain]
    if known:
        return bool(said) and any(one in said or said in one for one in known)
    return any(plain in said for group in expected for one in group if (plain := letters(one)))


def cited_claims(answer: str) -> tuple[int, int]:
    """Return how many sentences of an answer claim something, and how many of these carry a [n]."""
    inside = _MARKS_BEHIND.sub(r"\2\1", answer)  # "so.[1]" becomes "so[1].", which is one sentence
    claims = [s.text for s in sentences(inside) if _claims(without_marks(s.text))]
    return len(claims), sum(1 for text in claims if MARK.search(text))


def _claims(sentence: str) -> bool:
    """Tell whether a sentence has a number, a name, or three words that carry a meaning."""
    words = re.findall(r"[A-Za-z]{4,}", sentence)
    han = re.findall(rf"[{HAN}]", sentence)
    return (
        bool(_numbers(sentence))
        or bool(re.search(r"\w\W+[A-Z][a-z]", sentence))
        or len(words) + len(han) // 2 >= 3
    )


def _no_stop(text: str) -> str:
    return text.strip().rstrip(".。") or text


def _numbers(text: str) -> set[str]:
    return figures(normalised(text))


def _tokens(text: str) -> Counter[str]:
    kept = "".join(c for c in normalised(text) if unicodedata.category(c)[0] not in "PS")
    return Counter(token for token in _TOKEN.findall(kept) if token not in ARTICLES)


def _f1(have: Counter[str], wanted: Counter[str]) -> float:
    common = (have & wanted).total()
    return 2 * common / (have.total() + wanted.total()) if common else 0.0
