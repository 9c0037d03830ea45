"""The ground floor: language, sentences, numbers, dates, tables and characters of a text."""

from ingest.text.characters import clean, visible
from ingest.text.document_dates import MONTH, MONTHS, dated, own_dates
from ingest.text.language import HAN, HAN_BMP, HAN_UNIFIED, language, script
from ingest.text.markdown_tables import Tables
from ingest.text.numbers import in_digits, missing, numbers
from ingest.text.overlap import features, support
from ingest.text.plausibility import FREQUENT, PUNCTUATION, plausibility
from ingest.text.sentences import STOPS, Span, letters, sentences
from ingest.text.stop_words import CHINESE, ENGLISH

__all__ = [
    "CHINESE",
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
    "sentences",
    "support",
    "visible",
]
