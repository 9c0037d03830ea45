"""Text that others wrote, with what a terminal or a browser would obey made visible.

A name, a heading or a passage may hold characters that move the cursor, colour what follows, make
links, end a line, or turn round the order of letters: `\\u202etxt.exe` reads as `exe.txt`.
"""

from __future__ import annotations

import re

# Each of the first 32 has a picture of its own; a tab and a line's end belong to a text.
_PICTURES = {n: chr(0x2400 + n) for n in range(32)} | {0x7F: "\u2421"}
_NEXT_LINE = 0x85
_OVERRIDES = (0x202D, 0x202E)
_LINE_ENDS = (*b"\n\r", _NEXT_LINE, 0x2028, 0x2029)
# What is not seen, or moves other letters. Not the two joiners, which scripts and emoji need.
_UNSEEN = (
    0x061C, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF,
    *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080),
)  # fmt: skip
_SURROGATE = re.compile("[\ud800-\udfff]")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]")
_ISOLATES, _ISOLATE, _END = "\u2066\u2067\u2068", "\u2068", "\u2069"


def _code(number: int) -> str:
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


_IN_TEXT = {
    **{n: shown for n, shown in _PICTURES.items() if n not in b"\t\n"},
    **{n: _code(n) for n in (*range(0x80, 0xA0), *_OVERRIDES)},
}
_IN_LINE = {
    **_IN_TEXT,
    **{n: _code(n) for n in _UNSEEN},
    **dict.fromkeys(_LINE_ENDS, "\u23ce"),
    0x09: _PICTURES[0x09],
}


def line(text: str) -> str:
    """Return a name or a message as one line that nothing obeys and in which all is seen."""
    return _surrogates_shown(text.translate(_IN_LINE))


def lines(text: str) -> str:
    """Return a text of several lines in which no character steers what shows it.

    It is as long as its visible letters, so that a quote of it is found in it, shown alike.
    """
    return _surrogates_shown(text.replace("\r\n", "\n").translate(_IN_TEXT))


def isolated(text: str) -> str:
    """Return such a text for a terminal: what turns round the order of letters ends with its line.

    On a page each block does that by itself.
    """
    return "\n".join(map(_isolated, lines(text).split("\n")))


def is_valid(text: str) -> bool:
    """Tell whether a text can be written down: half a character cannot."""
    return _SURROGATE.search(text) is None


def _surrogates_shown(text: str) -> str:
    return _SURROGATE.sub(lambda found: _code(ord(found[0])), text)


def _isolated(text: str) -> str:
    if not _TURNS.search(text):
        return text
    open_, kept = 0, []
    for letter in text:
        if letter in _ISOLATES:
            open_ += 1
        elif letter == _END:
            if open_ == 0:  # it would end the one around the line
                continue
            open_ -= 1
        kept.append(letter)
    return f"{_ISOLATE}{''.join(kept)}{_END * (open_ + 1)}"
