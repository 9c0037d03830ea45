"""A text's tokens as character offsets, so that every later length is arithmetic."""

from array import array
from bisect import bisect_left
from functools import lru_cache

from tokenizers import Tokenizer

# One call on a whole book would hold all its tokens as strings at once; time is linear anyway.
_PIECE = 20_000


@lru_cache(maxsize=2)  # copying the 17 MB tokenizer of multilingual-e5 takes 0.8 s
def counting_copy(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer itself, or a copy of it, that neither cuts texts short nor fills them up."""
    if tokenizer.truncation is None and tokenizer.padding is None:
        return tokenizer
    copy = Tokenizer.from_str(tokenizer.to_str())
    copy.no_truncation()
    copy.no_padding()
    return copy


class TokenMap:
    """Where the tokens of a text begin; made once for a text, then asked for many spans."""

    def __init__(self, text: str, tokenizer: Tokenizer) -> None:
        """`tokenizer` must neither truncate nor pad (see `counting_copy`)."""
        starts = array("q")
        begin = 0
        while begin < len(text):
            end = _piece_end(text, begin)
            piece = text[begin:end]
            encoding = tokenizer.encode(piece, add_special_tokens=False)
            starts.extend(begin + _first_visible(piece, *span) for span in encoding.offsets)
            begin = end
        self._starts = starts
        self._length = len(text)

    def count(self, start: int, end: int) -> int:
        """The number of tokens that begin in the span of characters."""
        return bisect_left(self._starts, end) - bisect_left(self._starts, start)

    def reach(self, start: int, tokens: int) -> int:
        """The end of the longest span from `start` on with at most so many tokens."""
        last = bisect_left(self._starts, start) + tokens
        return self._starts[last] if last < len(self._starts) else self._length

    def reach_back(self, end: int, tokens: int) -> int:
        """The start of the longest span before `end` with at most so many tokens."""
        first = bisect_left(self._starts, end) - tokens
        return self._starts[first] if first > 0 else 0


def _first_visible(text: str, start: int, end: int) -> int:
    """A token may begin with the space before its word; a span begins with the word."""
    while start < end and text[start].isspace():
        start += 1
    return start


def _piece_end(text: str, begin: int) -> int:
    """The end of a piece, after a line or at worst a space if there is one in its last half."""
    end = begin + _PIECE
    if end >= len(text):
        return len(text)
    for mark in "\n", " ":
        cut = text.rfind(mark, begin + _PIECE // 2, end)
        if cut > 0:
            return cut + 1
    return end
