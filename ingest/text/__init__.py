"""The ground floor: language, sentences, numbers, dates, tables and characters of a text."""

from ingest.text.characters import clean, visible
from ingest.text.document_dates import MONTH, MONTHS, dated, own_dates
from ingest.text.language import HAN, HAN_BMP, HAN_UNIFIED, language, script
from ingest.text.markdown_tables import Tables
from ingest.text.numbers import CHINESE_NUMERALS, in_digits, missing, numbers
from ingest.text.overlap import features, support
from ingest.text.plausibility import FREQUENT, PUNCTUATION, plausibility
from ingest.text.sentences import CLOSING, END_MARKS, STOPS, Span, letters, sentence_ends, sentences
from ingest.text.stop_words import CHINESE, ENGLISH

__all__ = [
    "CHINESE",
    "CHINESE_NUMERALS",
    "CLOSING",
    "END_MARKS",
    "ENGLISH",
    "FREQUENT",
    "HAN",
    "HAN_BMP",
    "HAN_UNIFIED",
    "MONTH",
    "MONTHS",
    "PUNCTUATION",
    "STOPS",
    "Span",
    "Tables",
    "clean",
    "dated",
    "features",
    "in_digits",
    "language",
    "letters",
    "missing",
    "numbers",
    "own_dates",
    "plausibility",
    "script",
    "sentence_ends",
    "sentences",
    "support",
    "visible",
]
