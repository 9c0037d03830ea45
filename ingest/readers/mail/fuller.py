"""Which of a mail's two writings says more: its page, or its plain text.

The page has the tables and headings, so it comes first; but many a page is one picture, or just
says where it can be seen.
"""

from __future__ import annotations

import re

from ingest.readers.html import shown_text

_LEAST_SHARE = 0.5  # of the plain text's letters that a page must have
_ADDRESS = re.compile(r"\b(?:https?://|mailto:|www\.)[^\s<>]{1,4000}", re.IGNORECASE)


def says_less(html: str, plain: str) -> bool:
    """Tell whether a page shows far less than the plain text beside it; addresses do not count."""
    return _letters(shown_text(html)) < _LEAST_SHARE * _letters(plain)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, _ADDRESS.sub(" ", text)))
