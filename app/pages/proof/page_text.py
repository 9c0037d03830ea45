"""A part of a document as laid-out text, with a passage in it marked."""

from __future__ import annotations

from app.web import passage_html
from ingest.document import Part

_AROUND = 6000  # characters that are shown before and behind a passage, at most
_START = 12000  # of a part without one


def part_html(path: str, part: Part, start: int | None, end: int | None, quote: str) -> str:
    """Return a part, or what is around a passage of a long one, with its quote marked."""
    text = part.text
    if start is None or end is None:
        return passage_html(path, text[:_START]) + ("…" if len(text) > _START else "")
    begin, until = _line_start(text, start - _AROUND), _line_end(text, end + _AROUND)
    before, behind = text[begin:start].strip("\n"), text[end:until].strip("\n")
    here = passage_html(path, text[start:end], quote)
    return "".join(
        (
            "…" if begin else "",
            passage_html(path, before) if before.strip() else "",
            f'<div class="kb-here" data-kb-here="">{here}</div>',
            passage_html(path, behind) if behind.strip() else "",
            "…" if until < len(text) else "",
        )
    )


def _line_start(text: str, at: int) -> int:
    """Return where the line begins that a character stands in."""
    return text.rfind("\n", 0, at) + 1 if at > 0 else 0


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at) if at < len(text) else -1
    return len(text) if found < 0 else found
