"""Where a passage stands, and how it was read, in words."""

from __future__ import annotations

from app.confidence import percent
from retrieval.library import shown

_UNITS = {"slide": "slide", "sheet": "sheet"}  # else pages, which are cut short


def place(
    path: str,
    page: int | None,
    heading: str,
    unit: str | None = None,
    confidence: float | None = None,
) -> str:
    """Return where a passage stands, and whether it was recognised in a picture."""
    number = f"{_UNITS.get(unit or '', 'p.')} {page}" if page else ""
    parts = (shown(path), number, heading, recognised(confidence))
    return " · ".join(part for part in parts if part)


def recognised(confidence: float | None) -> str:
    """Return how sure text recognition was, "" for text that was not recognised but read."""
    return "" if confidence is None else f"recognised, {percent(confidence)} % sure"


def counted(pages: int | None, unit: str | None) -> str:
    """Return how many pages, slides or sheets there are; "" where there are none."""
    if not pages:
        return ""
    many = "" if pages == 1 else "s"
    return f"{pages} {unit}{many}" if unit in _UNITS else str(pages)
