"""A quote is found in the texts of a document's parts, though it may run over two of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingest.marking.letters import Letters

_LEAST = 2  # letters that are looked for by themselves: one stands everywhere


class Quoted(NamedTuple):
    """A span of the text of a part, by the part's place in the list."""

    part: int
    start: int
    end: int


def find_quote(texts: Sequence[str], quote: str, part: int = 0, start: int = 0) -> list[Quoted]:
    """Return where a quote stands in texts that follow each other; nothing if it does not.

    `part` and `start` are where the passage begins that it is of: of several places the first from
    there on is taken. Spaces and marks may be others than in the quote. One that is not there as a
    whole, as between its lines a header stood, is looked for line by line.
    """
    whole = _Joined(texts)
    near = whole.place_of(part, start)
    if found := whole.find(quote, near):
        return found
    lines = [line for line in quote.splitlines() if len(Letters(line).folded) >= _LEAST]
    if len(lines) < 2:
        return []
    spans: list[Quoted] = []
    for line in lines:
        own = whole.find(line, near)
        if own and (not spans or whole.place_of(own[0].part, own[0].start) >= near):
            near = whole.place_of(own[-1].part, own[-1].end)
        spans += own
    return spans


class _Joined:
    """Texts as one, without what is no letter."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._letters = [Letters(text) for text in texts]
        self._folded = "".join(letters.folded for letters in self._letters)
        self._begins: list[int] = []
        length = 0
        for letters in self._letters:
            self._begins.append(length)
            length += len(letters.folded)

    def place_of(self, part: int, start: int) -> int:
        """Return how many letters stand before a place of a part."""
        if not 0 <= part < len(self._letters):
            return 0
        places = self._letters[part].places
        before = next((n for n, place in enumerate(places) if place >= start), len(places))
        return self._begins[part] + before

    def find(self, quote: str, near: int) -> list[Quoted]:
        """Return the spans of a quote from a place on, or else of the first in all."""
        wanted = Letters(quote).folded
        if not wanted:
            return []
        at = self._folded.find(wanted, near)
        if at < 0:
            at = self._folded.rfind(wanted, 0, near + len(wanted))
        if at < 0:
            return []
        spans = []
        for part, (letters, begin) in enumerate(zip(self._letters, self._begins, strict=True)):
            first = max(at - begin, 0)
            last = min(at + len(wanted) - begin, len(letters.folded))
            if first < last:
                spans.append(Quoted(part, *letters.span(first, last)))
        return [_with_marks(span, self._letters[span.part].text, quote) for span in spans]


def _with_marks(span: Quoted, text: str, quote: str) -> Quoted:
    """Return a span with the marks around it that the quote begins and ends with."""
    part, start, end = span
    body = quote.strip()
    tail = len(body) - len(body.rstrip("。．.！!？?；;，,、：:”’」』）)》】%％\"'"))
    while tail and end < len(text) and body[-tail] == text[end]:
        end, tail = end + 1, tail - 1
    head = len(body) - len(body.lstrip("“‘「『（(《【\"'"))
    while head and start > 0 and body[head - 1] == text[start - 1]:
        start, head = start - 1, head - 1
    return Quoted(part, start, end)
