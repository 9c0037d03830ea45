"""The forms in which texts are compared, whatever way the same words are written."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from ingest.text.language import HAN

if TYPE_CHECKING:
    from opencc import OpenCC

# What stands around words without being of them.
STOPS = " \t\n.。,，;；:：!！?？"
_NO_LETTERS = re.compile(r"[\W_]+")
_HAN = re.compile(f"[{HAN}]")


def normalised(text: str) -> str:
    """Return a text in NFKC and lower case: "１０ ＫＧ" is "10 kg"."""
    return unicodedata.normalize("NFKC", text).lower()


def folded(text: str) -> str:
    """Return a text in lower case, without accents, Traditional characters as Simplified ones."""
    if not text.isascii():
        text = text.encode("utf-8", "ignore").decode()  # without halves of pairs: OpenCC takes none
        if _HAN.search(text):
            text = _simplifier().convert(text)
        text = "".join(
            c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)
        )
        text = unicodedata.normalize("NFC", text)
    return text.lower()


def is_traditional(text: str) -> bool:
    """Tell whether a text has characters that only Traditional Chinese has, and none Simplified."""
    text = text.encode("utf-8", "ignore").decode()
    if not _HAN.search(text):
        return False
    return bool(_simplifier().convert(text) != text and _traditionaliser().convert(text) == text)


def traditional(text: str) -> str:
    """Return a text with Simplified characters as Traditional ones."""
    return _traditionaliser().convert(text) if _HAN.search(text) else text


def letters(text: str) -> str:
    """Return the letters and digits of a text alone, in lower case."""
    return _NO_LETTERS.sub("", text).lower()


def collapsed(text: str) -> str:
    """Return a text in one line, each run of white space in it as one space."""
    return " ".join(text.split())


@cache
def _simplifier() -> OpenCC:
    import opencc

    return opencc.OpenCC("t2s")


@cache
def _traditionaliser() -> OpenCC:
    import opencc

    return opencc.OpenCC("s2t")
