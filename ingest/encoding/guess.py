"""Which encoding bytes were saved in, by which writing they fit best."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from ingest.encoding.writings import RAREST, RARITY, Writing, writings

_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_WIDE_FIT = -9.0  # a character; wrong byte orders had below -10
_ALPHABET_FIT = -8.9  # of an alphabet that is no writing here
_CJK = ("chinese", "japanese", "korean")
# A byte beyond ASCII: texts of 4 to 1,000 characters in 24 languages had -5.7 and more, bytes by
# chance -6.6 and less, programs -7.5.
_FIT = -6.2
_FIT_SHORT = -10.0  # below so many bytes, where one rare character decides; it is told as unsure
_SHORT = 32
# How much more likely than any other reading: with the rarity of encodings, and without. Of 11,000
# texts 26 were then read wrong without a warning, most of them of 4 and 8 characters.
_SURE = 5.0
_SURE_FIT = 2.0
_MAX_STRANGE = 0.01
# The upper byte of Cyrillic is 4. Logs are separated by 1 and 2, and 8 strikes over.
_CONTROL = re.compile(rb"[\x03-\x07\x0e-\x1a]")
_LAYOUT = re.compile(rb"[\t-\r]")
_MOST_LAYOUT = 0.3
_BLOCK_SHARE = 0.8  # of the characters of an alphabet that is none of the writings
_LEAST_LETTERS = 4  # different ones
_BY_CHANCE = 6  # different characters: so many are UTF-8 by chance in one of 30,000 short lines
_SAMPLE = 240
_ODD = -10.0  # a character of a line that is read wrong; Chinese has about -7
_MUCH = 20.0  # as a logarithm


@dataclass(frozen=True)
class Guess:
    """An encoding, the writing that says so, and whether no other comes near it."""

    encoding: str
    writing: Writing
    is_sure: bool


def guess(sample: bytes) -> Guess | None:
    """Return the 8-bit or double-byte encoding that lines were saved in; None if none fits."""
    beyond = len(sample.translate(None, bytes(range(128))))
    best: dict[str, tuple[float, float, str, Writing]] = {}
    for writing in writings():
        for codec in writing.codecs:
            text = sample.decode(codec, errors="replace")
            fit = writing.fit(text)
            likely = fit + RARITY.get(codec, RAREST)
            if text not in best or best[text][0] < likely:
                best[text] = (likely, fit, codec, writing)
    (likely, fit, codec, writing), *others = sorted(
        best.values(), key=lambda found: found[0], reverse=True
    )
    plain = writing.fit("x") * (len(sample) - beyond)
    if (fit - plain) / max(beyond, 1) < (_FIT if beyond >= _SHORT else _FIT_SHORT):
        return None
    is_sure = all(likely - other[0] > _SURE and fit - other[1] > _SURE_FIT for other in others)
    return Guess(codec, writing, is_sure)


def fits_utf8_better(line: bytes, other: Guess, margin: float = 0.0) -> bool:
    """Whether a line is more likely UTF-8, perhaps with a bad byte, than in the other encoding.

    `margin` is how much more likely, as a logarithm.
    """
    text = line.decode("utf-8", errors="replace")
    if "\ufffd" not in text and len({char for char in text if char > "\x7f"}) >= _BY_CHANCE:
        return True
    piece = line[:_SAMPLE]
    mine = max(writing.fit(_whole(piece, "utf-8")) for writing in writings())
    return mine >= other.writing.fit(_whole(piece, other.encoding)) + margin


def fits_badly(line: bytes, found: Guess) -> bool:
    """Whether a line has hardly a character that its encoding's writing often has."""
    text = _whole(line[:_SAMPLE], found.encoding)
    beyond = sum(char > "\x7f" for char in text)
    plain = found.writing.fit("x") * (len(text) - beyond)
    return beyond >= _BY_CHANCE and found.writing.fit(text) - plain < _ODD * beyond


def fits_another_better(line: bytes, found: Guess) -> bool:
    """Whether a line is likelier in another encoding than in that of the lines around it.

    A file of two encodings, neither of them UTF-8, is not taken apart; this tells that it is one.
    """
    piece = line[:_SAMPLE]
    other = guess(piece)
    if other is None or other.encoding == found.encoding:
        return False
    fit = found.writing.fit(_whole(piece, found.encoding))
    return other.writing.fit(_whole(piece, other.encoding)) > fit + _MUCH


def _whole(piece: bytes, encoding: str) -> str:
    """The text of a piece that may end within a character."""
    return piece.decode(encoding, errors="replace").removesuffix("\ufffd")


def _is_long_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8, and too many to be that by chance."""
    text = data.decode("utf-8", errors="replace")
    beyond = len(data) - len(data.translate(None, bytes(range(128, 256))))
    return beyond >= _BY_CHANCE and "\ufffd" not in text.removesuffix("\ufffd")


def _strange(text: str) -> int:
    """How many characters a wrong width or byte order gives: an eighth of all codes are none."""
    return sum(
        unicodedata.category(char) in ("Cn", "Co", "Cs") or char in "\x00\ufffd" for char in text
    )


def fit_cjk(piece: bytes, codec: str) -> float:
    """How well a piece that may end within a character fits Chinese, Japanese or Korean."""
    text = _whole(piece, codec)
    return max(writing.fit(text) for writing in writings() if writing.name in _CJK)


def _is_one_alphabet(text: str) -> bool:
    """Whether letters stand in one block of Unicode, as those of Hindi; a wrong order scatters."""
    blocks = Counter(ord(char) >> 7 for char in text if char > "\u00ff")
    letters = {char for char in text if char > "\u00ff" and unicodedata.category(char)[0] in "LM"}
    most = max(blocks.values(), default=0)
    return most >= _BLOCK_SHARE * blocks.total() and len(letters) >= _LEAST_LETTERS


def wide(head: bytes) -> str:
    """Return the encoding of two or four bytes a character that the bytes are in, "" if none."""
    narrow = head.replace(b"\x00", b"")
    if len(narrow) == len(head) and (head.isascii() or _is_long_utf8(head)):
        return ""
    if _is_long_utf8(narrow) and len(narrow) > 0.6 * len(head):
        return ""
    # ASCII with NULs in it: two bytes a character would be half of them, four have three in a row.
    is_plain = narrow.isascii() and len(_CONTROL.findall(narrow)) < 0.1 * len(narrow)
    # The upper bytes of the alphabets of India are those of tabs and newlines.
    is_plain = is_plain and len(_LAYOUT.findall(narrow)) < _MOST_LAYOUT * len(narrow)
    if is_plain and (b"\x00\x00\x00\x00" in head or len(narrow) > 0.6 * len(head)):
        return ""
    found = []
    for codec in _WIDE:
        width = 4 if "32" in codec else 2
        text = head[: len(head) // width * width].decode(codec, errors="replace")
        if text and _strange(text) <= _MAX_STRANGE * len(text):
            fit = max(writing.fit(text) for writing in writings()) / len(text)
            if fit <= _WIDE_FIT and b"\x00" in head and _is_one_alphabet(text):
                fit = _ALPHABET_FIT
            found.append((fit, codec))
    best = max(found, default=(_WIDE_FIT, ""))
    return best[1]
