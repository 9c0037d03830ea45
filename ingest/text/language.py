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


# Writings of neither Chinese nor English: kana, Hangul, Cyrillic, Greek, Arabic, Hebrew, Thai, …
_OTHER_WRITING = re.compile(
    "[\u3041-\u30fa\uac00-\ud7a3\u1100-\u11ff\u0400-\u052f\u0370-\u03ff\u0590-\u06ff\u0900-\u0e7f]"
)
_WORD = re.compile(r"[^\W\d_]+")
# The commonest words of the languages that are most asked in, each foreign to English.
_FOREIGN = (
    "der die das und ist wie viele wird werden nicht wer wo wann warum ein eine dem den für mit "
    "le les des est que qui quel quelle combien comment pourquoi pour avec dans sont "
    "el los las qué cuántos cuánto cómo dónde cuándo quién para con por una está son "
    "il gli che quanto quanti come dove quando chi della sono di per "
    "o os quais quantos qual onde não são uma do da "
    "het een hoe hoeveel wat wie waar zijn van voor"
)
_ENGLISH = (
    "the is are of to what who when where which how why do does can may my our for in on and at i "
    "we you it with if a an be must should will was were this that"
)
_FOREIGN_WORDS, _ENGLISH_WORDS = frozenset(_FOREIGN.split()), frozenset(_ENGLISH.split())


def is_foreign(text: str) -> bool:
    """Tell whether a text is neither Chinese nor English, by its writing or its commonest words."""
    if _OTHER_WRITING.search(text):
        return True
    if _HAN.search(text):
        return False
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    foreign = sum(word in _FOREIGN_WORDS and word not in _ENGLISH_WORDS for word in words)
    return foreign > sum(word in _ENGLISH_WORDS for word in words)
