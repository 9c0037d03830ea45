"""Carriage returns in a text: progress drawn over itself, or the ends of an old Mac's lines.

A program that draws its progress says the same words again with a share that grows. A table with
shares or dates may look like that from far, so what is in doubt is kept, each state as a line.
"""

import re
from dataclasses import dataclass

_PERCENT = re.compile(r"(?<![\d.])(\d{1,3}+(?:\.\d{1,9}+)?) ?%")
_PART = re.compile(r"(?<![\d./])(\d{1,9}+)/(\d{1,9}+)(?![\d./])")
_RATE = re.compile(r"\d ?(?:[KMGT]i?B|B|it|s)/(?:s|it)\b")
_BAR = re.compile(r"[#=━]{2}|[█▉-▏]")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[KMGT]i?B|B|it|s)(?:/(?:s|it))?(?![^\W\d_])")
_DONE = 100.0
_ROUNDED = 2.0  # how far a percentage may be from its fraction


@dataclass(frozen=True)
class _State:
    """A line that may be a state of progress."""

    text: str
    words: str
    percent: float | None
    of: str | None  # the number that is counted to
    is_drawn: bool  # with a bar, a rate or both a percentage and its fraction
    is_bare: bool  # with no other figure than the percentage


def last_drawn(text: str) -> str:
    """The text without returns: progress in its last state, all else as lines.

    In a text without newlines, or with more returns that are ends of lines, all are.
    """
    if "\n" not in text:
        return text.replace("\r", "\n")
    shown: list[str] = []
    drawn_over = ends = 0
    for line in text.split("\n"):
        states = [state for state in line.split("\r") if state.strip()]
        left = _left(states)
        drawn_over += len(states) - len(left)
        ends += max(0, len(left) - 1)
        shown += left or [""]
    return text.replace("\r", "\n") if ends > drawn_over else "\n".join(shown)


def _left(states: list[str]) -> list[str]:
    """What is left of the states of one line: of each progress the last, all others."""
    left: list[str] = []
    run: list[_State] = []  # the states of one progress, the last of which ends `left`
    for text in (*states, None):
        state = None if text is None else _state(text)
        if run and state and _goes_on(run[-1], state):
            run.append(state)
            continue
        if run:
            is_progress = run[-1].percent == _DONE or any(state.is_drawn for state in run)
            left += [run[-1].text] if is_progress else [state.text for state in run]
        run = [state] if state else []
    return left


def _state(text: str) -> _State:
    percent, part = _PERCENT.search(text), _PART.search(text)
    share = float(percent[1]) if percent else None
    of = part[2] if part else None
    if part and int(part[2]):
        fraction = _DONE * int(part[1]) / int(part[2])
        both = share is not None and abs(fraction - share) <= _ROUNDED
        share = fraction if share is None else share
    else:
        both = False
    is_drawn = both or bool(_BAR.search(text) or _RATE.search(text))
    is_bare = percent is not None and sum(map(str.isdigit, text)) == sum(
        map(str.isdigit, percent[0])
    )
    return _State(text, _words(text), share, of, is_drawn, is_bare)


def _goes_on(before: _State, after: _State) -> bool:
    """Whether both are states of one progress: the same words, and a share that grows."""
    if before.percent is None or after.percent is None or before.percent > after.percent:
        return False
    if before.of != after.of or not (after.is_drawn or before.is_bare):
        return False
    if not (after.is_drawn or after.is_bare):
        return False
    return before.words == after.words or (
        after.percent == _DONE and after.words.startswith(before.words)
    )


def _words(text: str) -> str:
    return "".join(filter(str.isalpha, _UNIT.sub("", text)))
