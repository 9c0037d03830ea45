"""Bytes of a text file become a string, whatever encoding they were saved in.

Which encoding is weighed by how well the characters fit the writings that are known
(writings.py, guess.py), and lines in another encoding than the rest are read in theirs, also lines
of two bytes a character (double_bytes.py) and of escapes (seven_bit.py).

charset-normalizer 3.5.2 was tried beside it, on pieces of the translations that programs bring
along, 30 each of 4, 8, 16, 64 and 1,000 characters. Right of 30, charset-normalizer / here:

    GB18030     3/30   5/30  15/30  29/30  30/30    cp1251    0/22   0/29  22/29  28/30  30/30
    Big5       24/27  17/30  22/30  29/30  30/30    KOI8-R    0/10   0/26   0/30  24/30  30/30
    Shift-JIS  24/28  25/28  30/30  30/30  28/29    cp1253    0/0    0/15  13/25  25/30  29/30
    EUC-JP     12/19  14/22  18/29  28/30  29/30    German    0/30   0/28  15/28  19/30  27/30
    EUC-KR      8/25  15/24  28/29  29/30  28/30    Polish    0/5    3/1   23/4   14/21  29/30

What is read wrong here is told as not certain but for 1 text in 300, of which nearly all have less
than 20 characters. Weighing frequent characters only, as before, read four characters of GB18030
rightly 117 times of 120 and of Big5 114 times, here 118 and 118; other writings it never read.
"""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import normalize

from ingest.encoding.binaries import is_binary, is_pdf
from ingest.encoding.double_bytes import byte_parts
from ingest.encoding.guess import Guess, fits_another_better, fits_badly, fits_utf8_better, guess
from ingest.encoding.guess import wide as wide_codec
from ingest.encoding.seven_bit import iso_2022_lines, seven_bit
from ingest.encoding.warnings import counted, lines_told, uncertain
from ingest.errors import ReadError
from ingest.text import clean

_BOMS = (  # UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff][^\n]*")
# Columns that are padded with NULs stay apart, and so do words with one between; not the letters
# of "h\0e\0l\0l\0o".
_PADDING = re.compile(
    rb"(?<=[^\n\x00])\x00{2,}+(?=[^\n])"
    rb"|(?<=[\x20-\xff])(?<!\x00[^\x00])\x00(?=[\x20-\xff])(?![^\x00]\x00)"
)
# Controls that separate (1, 2, 28 to 31) or strike over (8) are in logs and manual pages.
_NO_TEXT = "\x03\x04\x05\x06\x07\x0e\x0f\x7f"
_SEPARATORS = "\x01\x02\x08\x1c\x1d\x1e\x1f"
_MAX_SEPARATORS = 0.6  # of the characters: there must be something to separate
_BROKEN_ENDS = 4  # what is left of a piece's first and last character, cut within
_MAX_BAD = 0.02  # a text may have this share of characters that are none; binaries had over 0.1
_MIN_GAP = 8  # NULs in a row: no text in two or four bytes a character begins so
_SAMPLE = 8192
_PIECE = 1024  # of one line in the sample
_BEFORE = 20  # bytes of plain ASCII that tell what kind of word a letter stands in
_SAME_FILE = 6.0  # how much more likely than in the encoding of the lines around it
_WEIGHED = 50  # lines that may be in a third encoding
_BROKEN = 0.3  # of a line's characters beyond ASCII: more, and it is not UTF-8 with a few bad bytes


class Decoded(NamedTuple):
    """A text, the name of the encoding (of most of it), and what a reader should know of it."""

    text: str
    encoding: str
    warnings: list[str]


def decode(data: bytes) -> Decoded:
    """Return the text as one sees it, with newlines as `\\n` (`ingest.text.characters`).

    Lines in another encoding than the rest are read in theirs. Bytes that no encoding knows become
    U+FFFD. All of that is told in the warnings. Raises ReadError: `empty`, `not-text`.
    """
    if not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise ReadError("empty", "the file is empty; put text into it or leave it out")
    if is_pdf(data):
        raise ReadError("not-text", "this is a PDF; give it the suffix .pdf", "is-pdf")
    if is_binary(data):
        raise _not_text()
    gap = _gap(data)
    data = data[gap:]
    encoding, mark = _wide(data)
    text, encoding, nulls, warnings = _by_width(data[mark:], encoding)
    nulls += gap
    lost = text.count("\ufffd")
    are_ends = lost <= _BROKEN_ENDS and lost * 3 <= len(text)
    bad = sum(map(text.count, _NO_TEXT)) + (0 if are_ends else lost)
    signs = sum(map(text.count, _SEPARATORS))
    if bad > _MAX_BAD * len(text) or signs > _MAX_SEPARATORS * len(text):
        raise _not_text()
    if nulls:
        warnings.append(f"{counted(nulls, 'NUL character')} left out")
    if lost:
        warnings.append(f"{counted(lost, 'character')} could not be read as {encoding}")
    text = clean(text)
    if not text.strip():
        raise ReadError("empty", "the file holds only white space; put text into it")
    return Decoded(text, encoding, warnings)


def _gap(data: bytes) -> int:
    """How many NULs stand before a log that was cut while it was written, by fours.

    By fours, as a character of UTF-32 may begin with three of its own.
    """
    lead = len(data) - len(data.lstrip(b"\x00"))
    return lead - lead % 4 if lead >= _MIN_GAP else 0


def _wide(data: bytes) -> tuple[str, int]:
    """The encoding of two or four bytes a character, or "", and the length of the mark."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding if encoding != "utf-8" else "", len(mark)
    return (wide_codec(data[:_SAMPLE]) if _CONTROL.search(data, 0, _SAMPLE) else ""), 0


def _by_width(data: bytes, encoding: str) -> tuple[str, str, int, list[str]]:
    """The text, its encoding, how many NULs were left out, and warnings.

    Lines of two bytes a character may stand beside lines of one.
    """
    wide = encoding or "utf-16-le"
    pieces = [(bool(encoding), data)]
    if "16" in wide and (encoding or b"\n\x00" in data):
        pieces = byte_parts(data, wide, is_wide=bool(encoding))
    bytes_of_one = b"".join(piece for is_wide, piece in pieces if not is_wide)
    nulls, encoding, lines = bytes_of_one.count(0), wide, [""]
    warnings: list[str] = []
    if bytes_of_one:
        plain = _PADDING.sub(b" ", bytes_of_one).replace(b"\x00", b"")
        try:
            text, encoding, warnings = _narrow(plain)
        except ReadError:
            # A few characters of Chinese have no byte that tells of their width.
            wide = wide_codec(data[:_SAMPLE]) if len(pieces) == 1 else ""
            if not wide:
                raise
            return data.decode(wide, errors="replace"), wide, 0, [uncertain(wide)]
        lines = text.split("\n")
    told, done, of_two = [], 0, 0
    for is_wide, piece in pieces:
        if is_wide:
            text = piece.decode(wide, errors="replace")
            nulls += text.count("\x00")
            of_two += text.count("\n") + (not text.endswith("\n"))
            told.append(text)  # without its NULs once it is cleaned, which keeps words apart
        else:
            ends = piece.count(b"\n")
            told += [line + "\n" for line in lines[done : done + ends]]
            done += ends
    told += lines[done:]  # no newline ends it
    if of_two and bytes_of_one:
        warnings = [lines_told(of_two, wide, done + bool(lines[-1]), encoding), *warnings]
    return "".join(told), encoding, nulls, warnings


def _narrow(data: bytes) -> tuple[str, str, list[str]]:
    """The text, its encoding of one to four bytes a character, and warnings."""
    if found := seven_bit(data):
        return found.text, found.encoding, [] if found.is_sure else [uncertain(found.encoding)]
    data, count = iso_2022_lines(data)
    warnings = [f"{counted(count, 'line')} in ISO 2022 read as that"] if count else []
    if _is_utf8(data) and not _is_chance(data):
        return data.decode("utf-8"), "utf-8", warnings
    text, encoding, others = _eight_bit(data)
    return text, encoding, warnings + others


def _eight_bit(data: bytes) -> tuple[str, str, list[str]]:
    """A text of which at least one line is no UTF-8, line by line."""
    sample, by_chance = b"", _is_utf8(data)
    for start, high, end in _lines(data):
        if len(sample) < _SAMPLE and (by_chance or _is_foreign(data[start:end])):
            sample += data[max(start, high - _BEFORE) : min(end, high + _PIECE)] + b"\n"
    if not sample:
        return data.decode("utf-8", errors="replace"), "utf-8", []
    found = guess(sample)
    if found is None:
        if _high_bytes(data) <= _MAX_BAD * len(data):
            return data.decode("utf-8", errors="replace"), "utf-8", []
        raise ReadError("not-text", "its encoding cannot be told; save it as UTF-8", "encoding")
    return _by_line(data, found)


def _by_line(data: bytes, found: Guess) -> tuple[str, str, list[str]]:
    """Each line in UTF-8 if it is that, else in the encoding that was found for the others."""
    texts, done, foreign, own = [], 0, 0, 0
    odd: list[bytes] = []
    for start, _, end in _lines(data):
        line = data[start:end]
        is_own = not _is_foreign(line) and fits_utf8_better(line, found, _SAME_FILE)
        own, foreign = own + is_own, foreign + (not is_own)
        texts.append(data[done:start].decode("ascii"))
        texts.append(line.decode("utf-8" if is_own else found.encoding, errors="replace"))
        done = end
        if not is_own and len(odd) < _WEIGHED and fits_badly(line, found):
            odd.append(line)
    texts.append(data[done:].decode("ascii"))
    warnings = []
    if own:
        warnings.append(lines_told(foreign, found.encoding, own, "utf-8"))
    if not found.is_sure or any(fits_another_better(line, found) for line in odd):
        warnings.append(uncertain(found.encoding))
    text = "".join(texts)
    if found.encoding == "cp1258":
        text = normalize("NFC", text)
    return text, "utf-8" if own > foreign else found.encoding, warnings


def _lines(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Where each line with bytes beyond ASCII starts, has the first of them, and ends."""
    for found in _HIGH.finditer(data):
        yield data.rfind(b"\n", 0, found.start()) + 1, found.start(), found.end()


def _is_foreign(line: bytes) -> bool:
    """Whether a line is no UTF-8, not even with a few bad bytes in it."""
    if _is_utf8(line):
        return False
    text = line.decode("utf-8", errors="replace")
    beyond = sum(char > "\x7f" for char in text)
    return text.count("\ufffd") > _BROKEN * beyond


def _is_chance(data: bytes) -> bool:
    """Whether a few characters are UTF-8 only by chance, as "只" in GB18030 is one of Hebrew."""
    if len(data) > _PIECE or data.isascii():
        return False
    found = guess(data)
    return found is not None and found.is_sure and not fits_utf8_better(data, found)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _high_bytes(data: bytes) -> int:
    return len(data) - len(data.translate(None, bytes(range(128, 256))))


def _not_text() -> ReadError:
    return ReadError(
        "not-text", "this is not a text file; give it the suffix of its kind", "other-kind"
    )
