"""A text's words as the keyword index knows them, in Chinese and English."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from ingest.text import HAN, KEYWORD_STOP_WORDS, folded

if TYPE_CHECKING:
    from Stemmer import Stemmer

TERMS = "2"
"""Raised by one when the same text would be cut differently, so that all texts are cut again."""

_STOP_ZH, _STOP_EN = KEYWORD_STOP_WORDS["zh"], KEYWORD_STOP_WORDS["en"]
_WORD = rf"[^\W_{HAN}]"
# A run of Chinese characters, or a word, number or code with its inner marks (ISO-27001, 3.5%).
_RUN = re.compile(rf"(?P<han>[{HAN}]+)|{_WORD}+(?:[-./:'’&@+]{_WORD}+)*%?")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
# "GB/T 7714", "ISO 27001": a short code in capitals and the number behind it are one name.
_SPACED_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Z]{1,5}(?:/[A-Z]{1,3})?)[ -]?(\d{2,}+)(?![.,%])")
_MARKS = re.compile(r"[-./:'’&@+]+")
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_SHORTENED = re.compile(r"['’](?:s|t|re|ve|ll|d|m)\Z")  # Acme's, don't
_NUMBER = re.compile(r"\d+(\.\d+)+")


def terms(text: str) -> list[str]:
    """Return the words of a text in order: lower case, Simplified, English ones stemmed.

    Chinese is cut as for a search engine, long words also into the shorter ones in them. Codes and
    dates are there whole, written together, and in parts; words of grammar and of asking are left
    out. A term holds letters, digits, "." and "%" alone.
    """
    text = _THOUSANDS.sub("", unicodedata.normalize("NFKC", text))
    found = ["".join(m[1].split("/")).lower() + m[2] for m in _SPACED_CODE.finditer(text)]
    text = folded(text)
    for run in _RUN.finditer(text):
        found += _chinese(run[0]) if run["han"] else _western(run[0])
    return found


def _chinese(run: str) -> list[str]:
    import rjieba

    return [word for word in rjieba.cut_for_search(run) if word not in _STOP_ZH]


def _western(run: str) -> list[str]:
    end = len(run)  # without what was shortened; "a's's's…" is as long as a text may be
    while found := _SHORTENED.search(run, max(1, end - 3), end):
        end = found.start()
    run = run[:end]
    bare = run.removesuffix("%")
    if bare.isdigit() or _NUMBER.fullmatch(bare):
        return [bare] if bare == run else [run, bare]
    run = bare
    if run.isalpha():
        return [] if run in _STOP_EN else [_stemmed(run)]
    parts = _MARKS.split(run)
    pieces = [piece for part in parts for piece in _split_code(part)]
    kept = [_stemmed(p) if p.isalpha() else p.lstrip("0") or p for p in pieces if p not in _STOP_EN]
    whole = "".join(parts)
    return kept if kept == [whole] else [whole, *kept]


def _split_code(part: str) -> list[str]:
    """Letters and digits apart (iso27001), unless one would be left alone (q3, 5g)."""
    pieces = _PARTS.findall(part)
    return pieces if len(pieces) == 2 and all(len(p) > 1 for p in pieces) else [part]


def _stemmed(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    return stem


@cache
def _stemmer() -> Stemmer:
    import Stemmer

    return Stemmer.Stemmer("english")
