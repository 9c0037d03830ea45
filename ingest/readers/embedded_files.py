"""Pictures and other files that are written into a text as base64 are left out of it.

Of a note's 481 passages one picture of 60 KB made 479. Keys, hashes, tokens and paths look much
alike, so a run or block without a word about itself has to be long and to decode to a file
(`ingest.readers.base64_files`). The patterns are linear: repeats are possessive or bounded.
"""

import re
from collections.abc import Iterator

from ingest.readers.base64_files import holds_words, is_file

_LONGEST_SHOWN = 64  # characters; shorter ones are examples and tokens
# data:image/png;base64,… in Markdown, HTML or CSS; spaces and names are as people write them.
_DATA = re.compile(
    r"(?<![a-z0-9_.-])data:(?:[a-z]{1,20}/[\w.+-]{1,80})?"
    r"(?: ?; ?[\w.+-]{1,80}(?:=(?:\"[^\"\n]{0,200}\"|[\w.+%-]{0,200}))?){0,8}? ?; ?base64 ?, ?"
    r"(?P<data>(?:[A-Za-z0-9+/_-]|%[0-9A-F]{2})*+={0,2})",
    re.IGNORECASE | re.ASCII,
)
# A drawing in percent signs or as it is, up to the quote or bracket that ends it.
_DRAWING = re.compile(
    r"(?<![a-z0-9_.-])data:image/[\w.+;=-]{1,120},(?P<data>[!#-&*-;=?-_a-~]*+)",
    re.IGNORECASE | re.ASCII,
)
_WORDS_IN_DRAWING = re.compile(r"(?:%3C|<)(?:text|title|desc)\b", re.IGNORECASE)
_UUENCODED = re.compile(
    r"^begin [0-7]{3,4} [^\n]{1,200}\n(?:M[ -`]{60}\n){4,}+(?:[ -`]{0,60}\n){0,3}?end$",
    re.MULTILINE,
)
_MAIL_PART = re.compile(
    r"^Content-Transfer-Encoding:[ \t]{0,8}base64[ \t]*+\n(?:[\w-]{1,80}:[^\n]*+\n|[ \t][^\n]*+\n)"
    r"{0,20}+\n(?=[A-Za-z0-9+/])",
    re.MULTILINE | re.IGNORECASE,
)
# Not behind a full stop: a token has three parts, and an address goes on.
_RUN = re.compile(r"(?<![\w+/=.-])[\w+/-]{1024,}+={0,2}", re.ASCII)
_BLOCK = re.compile(r"(?:^[ \t>]{0,8}+[A-Za-z0-9+/]{56,}+[ \t]*+\n){8,}+", re.MULTILINE)
_LINE = re.compile(r"[ \t>]{0,8}+([A-Za-z0-9+/_-]++={0,2})[ \t]*+([\"')>]|\n|\Z)")
_NEXT_LINE = re.compile(r"[ \t]*+\n")
_CLOSES = ('"', "'", ")", ">")
_CLOSES_BELOW = ('"', "'", ")")  # where ">" begins a quoted line
_LEAST_WIDTH = 40  # of lines; shorter ones are tokens or words
_LEAST_LINES = 8  # of a block that says nothing about itself
_LEAST_TAIL = 8  # characters of a last line that no "=" ends
_ARMOUR = re.compile(r"-{4,5} ?(BEGIN|END) ")
_BEFORE = 500  # characters in which a key or certificate says what it is


def without_embedded(text: str) -> tuple[str, int]:
    """Return the text without files in base64, and how many there were; keys stay."""
    count = 0
    for find in (_uris, _drawings, _uuencoded, _mail_parts, _runs, _blocks):
        kept, done = [], 0
        for start, end in find(text):
            kept.append(text[done:start])
            done, count = end, count + 1
        text = "".join((*kept, text[done:])) if done else text
    return text, count


def _uris(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while found := _DATA.search(text, at):
        at, size = found.end(), len(found["data"])
        below = _NEXT_LINE.match(text, at)
        if below and not found["data"].endswith("="):
            lines, end, closed = _lines(text, below.end())
            if lines and (closed or len(lines) > 1) and not holds_words("".join(lines)):
                at, size = end, size + sum(map(len, lines))
        if size >= _LONGEST_SHOWN:
            yield found.start(), at


def _drawings(text: str) -> Iterator[tuple[int, int]]:
    for found in _DRAWING.finditer(text):
        if len(found["data"]) >= _LONGEST_SHOWN and not _WORDS_IN_DRAWING.search(found["data"]):
            yield found.span()


def _uuencoded(text: str) -> Iterator[tuple[int, int]]:
    for found in _UUENCODED.finditer(text):
        yield found.span()


def _mail_parts(text: str) -> Iterator[tuple[int, int]]:
    for found in _MAIL_PART.finditer(text):
        lines, end, _ = _lines(text, found.end())
        if sum(map(len, lines)) >= _LONGEST_SHOWN and not holds_words("".join(lines)):
            yield found.end(), end


def _runs(text: str) -> Iterator[tuple[int, int]]:
    for found in _RUN.finditer(text):
        if is_file(found.group()) and not _is_key(text, found.start()):
            yield found.span()


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    for found in _BLOCK.finditer(text):
        at = found.start()
        while at < found.end():
            start = at
            lines, end, _ = _lines(text, start)
            at = text.find("\n", max(start, end)) + 1 or len(text)
            if len(lines) < _LEAST_LINES:
                continue
            # The hashes of a list are all of one length; a file ends anywhere.
            ends = len(lines[-1]) < len(lines[0])
            if is_file("".join(lines), must_be_known=not ends) and not _is_key(text, start):
                yield start, end


def _lines(text: str, start: int) -> tuple[list[str], int, bool]:
    """The lines of one file in base64: of one width, but for the last one.

    Where they end, and whether a quote or bracket closes them.
    """
    lines: list[str] = []
    at = start
    while found := _LINE.match(text, at):
        line = found[1]
        closed = found[2] in _CLOSES or text.startswith(_CLOSES_BELOW, found.end())
        is_full = not line.endswith("=") and len(line) == len(lines[0] if lines else line)
        if closed or not is_full or (not lines and len(line) < _LEAST_WIDTH):
            size = sum(map(len, lines)) + len(line)
            if (not lines or len(line) <= len(lines[0])) and (
                closed or _is_tail(line, size) or text.startswith(("--", "\n--"), found.end())
            ):
                return [*lines, line], found.end(1), closed
            break
        lines.append(line)
        at = found.end()
    return lines, at - bool(lines and text[at - 1] == "\n"), False


def _is_tail(line: str, size: int) -> bool:
    """Whether a shorter line ends a file of so many characters and is no word below it."""
    if size % 4:
        return False
    kinds = (str.isupper, str.islower, str.isdigit)
    is_mixed = all(any(map(kind, line)) for kind in kinds) and len(line) >= _LEAST_TAIL
    return line.endswith("=") or (is_mixed and not holds_words(line))


def _is_key(text: str, start: int) -> bool:
    """Whether a run stands below "-----BEGIN …-----", as keys and certificates do."""
    marks = _ARMOUR.findall(text, max(0, start - _BEFORE), start)
    return bool(marks) and marks[-1] == "BEGIN"
