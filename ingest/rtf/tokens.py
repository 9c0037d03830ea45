"""Rich text as tokens: groups, control words, bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?"
    rb"|\\'([0-9a-fA-F]{2})"
    rb"|\\([^a-zA-Z])"
    rb"|([{}])"
    rb"|[\r\n]++"
    rb"|([^\\{}\r\n]++)",
    re.DOTALL,
)


class Token(NamedTuple):
    """A control word with its number, or "{", "}", "text", "byte" with bytes, or a sign.

    "bin" has the bytes of a picture or another file.
    """

    kind: str
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """Give the tokens of a file."""
    at = 0
    while at < len(data):
        found = _TOKEN.match(data, at)
        if found is None:  # a lone backslash at the end
            return
        at = found.end()
        word, number, byte, sign, brace, text = found.groups()
        if word is not None:
            count = int(number) if number else None
            if word == b"bin":
                end = at + max(0, count or 0)
                yield Token("bin", data=data[at:end])
                at = end
            else:
                yield Token(word.decode("ascii"), count)
        elif byte is not None:
            yield Token("byte", data=bytes([int(byte, 16)]))
        elif sign in (b"\n", b"\r"):  # Macs end paragraphs so
            yield Token("par")
        elif sign is not None:
            yield Token(sign.decode("latin-1"))
        elif brace is not None:
            yield Token(brace.decode("ascii"))
        elif text is not None:
            yield Token("text", data=text)
