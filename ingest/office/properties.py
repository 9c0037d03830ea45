"""What an Office file says of itself: its title, its author, its days."""

from __future__ import annotations

import re

from ingest.document import Properties
from ingest.office.package import Package
from ingest.office.xml import child
from ingest.text import collapsed, local_day

_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?=T|$)")
# Programs that write their name, or leave what stood in their template, where an author is meant.
_TEMPLATES = frozenset(("python-docx",))
_PROGRAMS = frozenset(("openpyxl", "Apache POI", "xlsxwriter", "PhpSpreadsheet", "Unknown Creator"))
_LONGEST = 200  # characters of an author


def core_properties(package: Package) -> tuple[str, Properties]:
    """Return the title, which may be junk, and the properties of an OOXML file."""
    names = package.related("", "core-properties")
    root = package.xml(names[0] if names else "docProps/core.xml")

    def said(tag: str) -> str:
        found = child(root, tag)
        return collapsed(found.text or "") if found is not None else ""

    author = said("dc:creator")[:_LONGEST]
    if author in _TEMPLATES:  # then the days are those of its template
        return said("dc:title"), Properties()
    author = "" if author in _PROGRAMS else author
    return said("dc:title"), Properties(
        author, day(said("dcterms:created")), day(said("dcterms:modified"))
    )


def day(stamp: str) -> str:
    """Return the day of a time as a file writes it (2026-11-30T08:15:00Z), or ""."""
    return local_day(stamp) if _DAY.match(stamp.strip()) else ""
