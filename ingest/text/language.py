"""Which writing a character belongs to, and which language a text is in."""

import re

# Chinese characters, for the inside of a class of a pattern. They are the same but for rare ones.
# HAN is what to take. The narrower ones are what answers (HAN_BMP) and the ends of chunks
# (HAN_UNIFIED) are told by: more characters there would change answers, or the ids of chunks.
HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_BMP = r"\u3400-\u9fff"
HAN_UNIFIED = r"\u4e00-\u9fff"
_HAN = re.compile(f"[{HAN}]")
_HAN_BMP = re.compile(f"[{HAN_BMP}]")
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


def script(text: str) -> str:
    """Return whose rules of language read a text: "zh" if it has a Chinese character, else "en".

    “HL-100 warranty 多久?” is asked in Chinese, though `language` counts more letters.
    """
    return "zh" if _HAN_BMP.search(text) else "en"
