"""Lines that say something of their own page, though other pages may say the same.

A total, a value behind its label or a clause at the edge of a page belongs to the form that stands
there; a name, a title or a note of a few words does not. In doubt a line is taken to say something.
"""

import re
from collections.abc import Sequence

from ingest.text import CLOSING, END_MARKS, HAN_BMP, YEAR

# A figure with its unit is a term or a sum of this page ("payable within 14 days", "4250 EUR"), no
# head: those have years, versions and numbers of documents.
_FIGURE = re.compile(
    r"\d\s?(?:%|％|€|\$|£|元|万|天|日内|个月|個月|小时|小時|(?!of\b)[a-z]{2}|(?:EUR|USD|CNY|RMB|GBP)\b)"
    r"|[€$£¥￥]\s?\d|\b(?:EUR|USD|CNY|RMB|GBP|CHF|JPY)\s?\d|\d[.,]\d\d(?!\d)$"
)
_NUMBER = re.compile(r"[-+(]?\d[\d.,:/%-]*\)?")
_YEAR = re.compile(YEAR)
# "Customer: Miller", "合计：壹佰元整"; no address of the web and no time of day.
_LABELLED = re.compile(r"[^\W\d_][^:：]{0,40}(?:：|:(?!//|\d))")
_SENTENCE_END = re.compile(rf"[{END_MARKS}][{CLOSING}]*$")
_WIDE = re.compile(rf"[\u3040-\u30ff{HAN_BMP}\uac00-\ud7af]")
_MIN_WORDS = 5  # of a sentence: "All rights reserved." and "Acme Ltd." have fewer
_FULL_LINE = 6  # words of a line that may go on in the next
# Titles in English and German write their long words with capitals, clauses do not.
_SMALL = re.compile(r"(?<!\S)[^\W\d_A-Z][^\W\d_]*+(?![^\s,;)'’-])")
_LONG_WORD = 4
_CLAUSE_ZH = re.compile(
    r"，|应[于在当由按]|[须須仍若]|不得|[视視][为為]|方可|不予|概不|未[经經]|逾期|否[则則]"
)
_MIN_CLAUSE_ZH, _LONGEST_HEAD_ZH = 8, 30  # characters
# Notes of a few words, which read like clauses.
_NOTE = re.compile(
    r"confidential|internal|reserved|copyright|©|draft|vertraulich|机密|機密|保密|内部|版权|版權",
    re.IGNORECASE,
)
_LONGEST_NOTE = 6  # words


def stated(lines: Sequence[str]) -> set[int]:
    """Which of these neighbouring lines, in order, say something of their page."""
    said = {n for n, line in enumerate(lines) if _is_statement(line)}
    said |= {n for n in range(1, len(lines)) if lines[n - 1].endswith((":", "："))}
    goes_on = False
    for n, line in reversed(list(enumerate(lines))):
        words = count_words(line)
        if _SENTENCE_END.search(line):
            goes_on = words >= _MIN_WORDS or (line[:1].islower() and len(lines) > 1)
        else:
            goes_on = goes_on and words >= _FULL_LINE
        if goes_on:
            said.add(n)
    return said


def count_words(line: str) -> int:
    """How many words: a Chinese one is about 1.6 characters long."""
    return int(len(_WIDE.findall(line)) / 1.6) + len(_WIDE.sub(" ", line).split())


def _is_statement(line: str) -> bool:
    words = line.split()
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    if _FIGURE.search(line) or len(numbers) >= max(2, len(words) / 2):
        return True
    if len(words) == 2 and numbers == words[1:] and not _YEAR.fullmatch(numbers[0]):
        return True  # "Quantity 12"
    return bool(_LABELLED.match(line)) or _is_clause(line)


def _is_clause(line: str) -> bool:
    """Whether a line is running text, with or without a stop at its end."""
    if _NOTE.search(line) and count_words(line) <= _LONGEST_NOTE:
        return False
    wide = len(_WIDE.findall(line))
    if wide > _LONGEST_HEAD_ZH or (wide >= _MIN_CLAUSE_ZH and _CLAUSE_ZH.search(line)):
        return True
    small = _SMALL.findall(_WIDE.sub(" ", line))
    return len(small) > 2 and sum(len(word) >= _LONG_WORD for word in small) > 1
