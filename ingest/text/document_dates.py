"""The date that a document gives itself: in title, path, heading or a line that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from langchain_core.documents import Document

from ingest.text.dates import MONTH, YEAR

_DATE = re.compile(
    rf"(?<!\d){YEAR}([-./])\d{{1,2}}(?:\1\d{{1,2}})?(?!\d)"
    rf"|(?<!\d){YEAR}\s*年(?:\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?)?"
    rf"|\b(?:\d{{1,2}}\s+)?{MONTH}\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?{YEAR}(?!\d)"
    rf"|(?<!\d)(?<!(?-i:[A-Z])-){YEAR}(?!\d)",  # not of a model: HL-2000
    re.IGNORECASE,
)
# Words before a date that is the document's own.
_OWN = re.compile(
    r"(?:生效|发布|发文|更新|修订|制定|编制|施行|实施|日期|effective|updated|revised|published"
    r"|issued|dated?|as of|in force|version)[^\n。.]{0,12}$",
    re.IGNORECASE,
)


def dated(passage: Document) -> str:
    """Return the date of a passage's document as it is written there, "" if none is seen."""
    for key in ("title", "path", "heading"):
        if found := _DATE.search(str(passage.metadata.get(key) or "")):
            return found[0]
    return next(own_dates(passage.page_content), "")


def own_dates(text: str) -> Iterator[str]:
    """Yield the dates in a text that stand behind a word for its own date, as they are written."""
    for match in _DATE.finditer(text):
        if _OWN.search(text[max(0, match.start() - 24) : match.start()]):
            yield match[0]
