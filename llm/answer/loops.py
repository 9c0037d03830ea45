"""Where a model says the same words again and again."""

from __future__ import annotations

_TAIL = 24  # characters that come again, without white space at their ends
_ROUNDS = 4
_WINDOW = 1200  # characters that are looked through


def second_round(text: str) -> int | None:
    """Return where the second round of a text's last words begins.

    None unless the text ends in several rounds of the same words: a small model that lists things
    in one sentence may not find its end.
    """
    recent = text[-_WINDOW:]
    tail = recent[-_TAIL:]
    if len(tail.strip()) < _TAIL or recent.count(tail) < _ROUNDS:
        return None
    period = len(recent) - _TAIL - recent.rindex(tail, 0, len(recent) - 1)
    start = len(text) - period
    while start > 0 and text[start - 1] == text[start - 1 + period]:
        start -= 1
    if len(text) - start < (_ROUNDS - 1) * period:
        return None  # the words come again, but not one round behind the other
    return start + period
