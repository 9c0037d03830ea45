"""The fields of a Word paragraph that are open at a place: their codes are no text."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.office import Element, child, children, number, value
from ingest.text import collapsed
from ingest.word.styles import is_on

_LONGEST = 200  # characters of a code that are kept
_PAGES = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_SILENT = _PAGES | {"XE", "TC", "RD", "TA"}  # say nothing, or what stands elsewhere


@dataclass
class _Field:
    state: str  # of a form's field: its tick, the entry that was chosen
    begin: int  # how many pieces of text stood before it
    code: str = ""
    is_code: bool = True  # until what it gives begins
    kept: list[str] = field(default_factory=list)  # text in the code's place

    @property
    def name(self) -> str:
        return "".join(self.code.upper().split()[:1])


class Fields:
    """Follows the marks of fields. Text in a field without a result, or without an end, is kept."""

    def __init__(self, pieces: list[str]) -> None:
        """`pieces` is the paragraph's text, to which fields add."""
        self.counts_pages = False
        self._pieces = pieces
        self._open: list[_Field] = []
        self._silent = 0  # of these

    @property
    def are_silent(self) -> bool:
        """Whether what stands here is a field's code, or a page's number."""
        return self._silent > 0

    def mark(self, element: Element) -> None:
        """Take a `w:fldChar`."""
        what = value(element, "w:fldCharType")
        if what == "begin":
            self._open.append(_Field(_state(element), len(self._pieces)))
            self._silent += 1
        elif what == "separate" and self._open:
            if self._open[-1].is_code and self._open[-1].name not in _PAGES:
                self._silent -= 1
            self._open[-1].is_code = False
            self._open[-1].kept.clear()
        elif what == "end" and self._open:
            self._end()

    def code(self, text: str) -> None:
        """Take a piece of a code."""
        if self._open and self._open[-1].is_code:
            self._open[-1].code = (self._open[-1].code + text)[:_LONGEST]

    def keep(self, text: str) -> None:
        """Take text that stands where `are_silent`."""
        if self._open and self._open[-1].is_code:
            self._open[-1].kept.append(text)

    def finish(self) -> None:
        """End all that are still open; they go on in the next paragraph, or are broken."""
        while self._open:
            self._end()

    def _end(self) -> None:
        ended = self._open.pop()
        self._silent -= ended.is_code or ended.name in _PAGES
        self.counts_pages = self.counts_pages or ended.name in _PAGES
        if self.are_silent or ended.name in _SILENT:
            return
        self._pieces += ended.kept
        if ended.state and len(self._pieces) == ended.begin:
            self._pieces.append(ended.state)


def is_page(instruction: str) -> bool:
    """Whether a field's code gives a number of pages."""
    return bool(_PAGES & set(instruction.upper().split()[:1]))


def _state(begin: Element) -> str:
    """Return what a form's box or list says: `[x]`, `[ ]`, the entry that was chosen."""
    box = child(begin, "w:ffData", "w:checkBox")
    if box is not None:
        checked = child(box, "w:checked")
        return "[x]" if is_on(child(box, "w:default") if checked is None else checked) else "[ ]"
    choices = child(begin, "w:ffData", "w:ddList")
    entries = [collapsed(value(one)) for one in children(choices, "w:listEntry")]
    chosen = child(choices, "w:result")
    at = number(value(child(choices, "w:default") if chosen is None else chosen), 0, len(entries))
    return entries[at] if 0 <= at < len(entries) else ""
