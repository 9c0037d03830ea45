"""Which writing a character belongs to, and which language a text is in."""

import re

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")

# A Chinese word is about 1.6 characters, an English one about 5 letters: one Chinese character
# weighs as much as three letters, so that a Chinese page full of product names stays Chinese.
_LETTERS_PER_HAN = 3
_SAMPLE = 200_000


def language(text: str) -> str:
    """The main language of a text by share of script: "zh" or "en"."""
    sample = text[:_SAMPLE]
    han = len(_HAN.findall(sample))
    letters = len(_LETTER.findall(sample))
    return "zh" if han * _LETTERS_PER_HAN > letters else "en"
