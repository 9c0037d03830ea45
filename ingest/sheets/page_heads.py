"""What is printed above and below the pages of a sheet, without its codes (`&C&"Arial,Bold"`)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.office import counts_pages_only
from ingest.text import collapsed

_CODE = re.compile(
    r"&(?:(?P<side>[LCR])|(?P<pages>[PN])(?:[+-]\d{1,9})?|\"[^\"]{0,200}\""
    r"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|(?P<and>&)|[A-Za-z])"
)
_LONGEST = 4000  # characters; Excel allows 255


def page_heads(lines: Iterable[str]) -> list[str]:
    """Return the words of headers and footers, each once; page numbers and dates are left out."""
    found: list[str] = []
    for line in lines:
        text = _CODE.sub(_shown, line[:_LONGEST])
        for part in text.split("\0"):
            said = collapsed(part.replace("\1", " "))
            if said and not ("\1" in part and counts_pages_only(said)):
                found.append(said)
    return list(dict.fromkeys(found))


def _shown(code: re.Match[str]) -> str:
    if code["side"]:
        return "\0"
    return "\1" if code["pages"] else code["and"] or ""
