"""A span of text is cut into pieces of at most so many tokens."""

from collections.abc import Iterator

from ingest.chunks.breaks import Breaks
from ingest.chunks.tokens import TokenMap

# A rest of less than one and a half pieces is cut near its middle, so that no tiny tail remains.
_BALANCE_BELOW = 1.5
_BALANCED = (0.4, 0.6)
_STRONG = (0, 1, 2)  # blank lines, lines, sentences
_COMMA = 3
# A tokenizer may give one token for a whole run that it does not know, or for a page of spaces, so
# a piece has a bound of so many characters for each token too. English has about 4; the longest of
# 27,000 chunks of the benchmarks, of a table filled up with spaces, had 24.
_CHARACTERS_PER_TOKEN = 64


class Cutter:
    """Cuts spans of one text."""

    def __init__(self, text: str, tokens: TokenMap, max_tokens: int, overlap_tokens: int) -> None:
        self._text = text
        self._tokens = tokens
        self._max = max_tokens
        self._overlap = overlap_tokens
        self._longest = max_tokens * _CHARACTERS_PER_TOKEN
        self._breaks = Breaks(text)

    def cut(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The pieces of the span as (start, end), in order."""
        done = start
        while done < end:
            left = self._tokens.count(start, end)
            if left <= self._max and end - start <= self._longest:
                yield start, end
                return
            least, most = self._max // 2, self._max
            if left < _BALANCE_BELOW * self._max:
                least, most = (int(left * share) for share in _BALANCED)
            limit = min(self._tokens.reach(start, max(1, most)), start + self._longest)
            half = min(self._tokens.reach(start, least), start + self._longest // 2)
            place = self._best(start, max(half, done), max(limit, done + 1), done)
            yield start, place
            done = place
            start = self._next_start(start, place)

    def _best(self, start: int, half: int, limit: int, done: int) -> int:
        """The best place to end a piece, in its last half if there is one."""
        for rank in _STRONG:
            if place := self._breaks.last(rank, half, limit):
                return place
        quarter = max((start + half) // 2, done)
        for rank in _STRONG:
            if place := self._breaks.last(rank, quarter, half):
                return place
        space = self._text.rfind(" ", half, limit) + 1
        return self._breaks.last(_COMMA, half, limit) or (space if space > half else limit)

    def _next_start(self, start: int, place: int) -> int:
        """Where the next piece begins: at `place`, or before it when pieces overlap."""
        if not self._overlap:
            return place
        farthest = place - self._overlap * _CHARACTERS_PER_TOKEN
        back = max(self._tokens.reach_back(place, self._overlap), farthest)
        for rank in (*_STRONG, _COMMA):
            if (begin := self._breaks.first(rank, back, place)) and begin > start:
                return begin
        return back if back > start else place
