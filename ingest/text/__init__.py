"""The ground floor: language, sentences, numbers, dates, tables and characters of a text."""

from ingest.text.characters import HALF, clean, visible
from ingest.text.dates import (
    MONTH,
    MONTH_NAMES,
    WEEKDAYS,
    YEAR,
    month_words,
    months,
)
from ingest.text.document_dates import dated, in_force_from, own_dates, written_dates
from ingest.text.folding import (
    STOPS,
    collapsed,
    folded,
    is_traditional,
    letters,
    normalised,
    traditional,
)
from ingest.text.language import HAN, HAN_BMP, HAN_UNIFIED, is_foreign, language, script
from ingest.text.list_sizes import list_sizes
from ingest.text.local_days import day_here, local_day
from ingest.text.markdown_tables import bounded_row, cells, count_columns, is_rule, tables
from ingest.text.numbers import (
    CHINESE_NUMERALS,
    count_of,
    digit_runs,
    figures,
    in_digits,
    missing,
    numbers,
)
from ingest.text.overlap import features, support
from ingest.text.plausibility import FREQUENT, PUNCTUATION, plausibility
from ingest.text.quantities import plain, quantities
from ingest.text.quantity import Date, Quantity
from ingest.text.raised import subscript, superscript
from ingest.text.sentences import CLOSING, END_MARKS, Span, sentence_ends, sentences
from ingest.text.stop_words import (
    ARTICLES,
    KEYWORD_STOP_WORDS,
    NAME_STOP_WORDS,
    NO_SUBJECT,
    REWRITE_STOP_WORDS,
)
from ingest.text.units import agree
from ingest.text.writing import writing

__all__ = [
    "ARTICLES",
    "CHINESE_NUMERALS",
    "CLOSING",
    "END_MARKS",
    "FREQUENT",
    "HALF",
    "HAN",
    "HAN_BMP",
    "HAN_UNIFIED",
    "KEYWORD_STOP_WORDS",
    "MONTH",
    "MONTH_NAMES",
    "NAME_STOP_WORDS",
    "NO_SUBJECT",
    "PUNCTUATION",
    "REWRITE_STOP_WORDS",
    "STOPS",
    "WEEKDAYS",
    "YEAR",
    "Date",
    "Quantity",
    "Span",
    "agree",
    "bounded_row",
    "cells",
    "clean",
    "collapsed",
    "count_columns",
    "count_of",
    "dated",
    "day_here",
    "digit_runs",
    "features",
    "figures",
    "folded",
    "in_digits",
    "in_force_from",
    "is_foreign",
    "is_rule",
    "is_traditional",
    "language",
    "letters",
    "list_sizes",
    "local_day",
    "missing",
    "month_words",
    "months",
    "normalised",
    "numbers",
    "own_dates",
    "plain",
    "plausibility",
    "quantities",
    "script",
    "sentence_ends",
    "sentences",
    "subscript",
    "superscript",
    "support",
    "tables",
    "traditional",
    "visible",
    "writing",
    "written_dates",
]
