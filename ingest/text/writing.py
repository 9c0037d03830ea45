"""Which writing most of a text is in."""

from __future__ import annotations

import re
from typing import Literal

from ingest.text.language import HAN

Writing = Literal["latin", "han", "other", ""]

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_HAN_OR_KANA = re.compile(rf"[{HAN}\u3040-\u30ff]")
_OTHER = re.compile(r"[^\W\d_A-Za-z\u00aa-\u024f]")
_LETTERS_PER_HAN = 3  # a Chinese character says about as much as three letters


def writing(text: str) -> Writing:
    """Return the writing of most of a text's letters: Chinese and Japanese are "han"; "" of none.

    One Chinese character in an English page does not make it Chinese.
    """
    latin = len(_LATIN.findall(text))
    han = len(_HAN_OR_KANA.findall(text))
    other = len(_OTHER.findall(text)) - han
    counted: list[tuple[int, Writing]] = [
        (latin, "latin"), (han * _LETTERS_PER_HAN, "han"), (other, "other"),
    ]  # fmt: skip
    most, name = max(counted, key=lambda one: one[0])
    return name if most else ""
