"""The beginning of a passage, as a list shows it."""

from __future__ import annotations

import re

from ingest.text import collapsed

_TABLE = re.compile(r"\|(?:[ :-]+\|)+|\|")  # the bars of a table, and the rule below its head


def beginning(text: str, longest: int) -> str:
    """Return the first characters of a passage on one line, without the bars of its tables."""
    return collapsed(_TABLE.sub(" ", text[: 2 * longest]))[:longest]
