"""Whether a question leans on what was said before, told by its words alone."""

from __future__ import annotations

import re

from ingest.text import HAN_BMP, NO_SUBJECT, script
from llm.question.anaphora_words import (
    ABBREVIATION,
    ASKS_ZH,
    BREAK,
    EMPTY_IT,
    GOES_ON_EN,
    NEW_SUBJECT,
    OPENING,
    POSSESSIVE,
    PREPOSITION_EN,
    REFERENCE,
    VERB_EN,
)

_LONGEST = {"zh": 60, "en": 160}  # characters; a longer question names what it is about
# Words, in Chinese characters, by which a question is understood without what it leans on.
_ENOUGH = {"zh": 6, "en": 3}
_ASKS = {"zh": ASKS_ZH, "en": VERB_EN}
_WH = re.compile(
    r"\b(?:who|which|when|where|why|how (?:many|much|long|often)|what)\b(?! about)", re.I
)
_WORD = re.compile(r"[^\W_](?:[\w'’.\-]*\w)?")
_HAN_OR_WORD = re.compile(rf"[A-Za-z0-9][\w.\-]*|[{HAN_BMP}]", re.ASCII)


def lacks_subject(question: str) -> bool:
    """Tell whether a question lacks what it is about.

    By its form: an opening that goes on, unless a whole question follows, a reference without a
    name before it, or no subject.
    """
    text = _spelled(question)
    lang = script(text)
    if not _WORD.search(text) or len(text) > _LONGEST[lang] or NEW_SUBJECT.match(text):
        return False
    return _goes_on(text, lang) or _refers(text, lang) or _bare(text, lang)


def only_names(question: str) -> bool:
    """Tell whether a follow-up only names what is new in it: 那陪产假呢？ And the HG-10?"""
    text = _spelled(question)
    lang = script(text)
    return bool(content(text)) and not _ASKS[lang].search(text) and not _refers(text, lang)


def names_enough(question: str) -> bool:
    """Tell whether a question names so much itself that it is understood alone, if need be."""
    text = _spelled(question)
    return len(content(text)) >= _ENOUGH[script(text)]


def content(text: str) -> list[str]:
    """Return what names something: English words, and single Chinese characters."""
    lang = script(text)
    opening = OPENING[lang].match(text)
    text = REFERENCE[lang].sub(" ", text[opening.end() :] if opening else text)
    if lang == "zh":
        return _HAN_OR_WORD.findall(NO_SUBJECT["zh"].sub(" ", text))
    return [word for word in _WORD.findall(text) if not NO_SUBJECT["en"].match(word)]


def _spelled(question: str) -> str:
    """Return a question in which no abbreviation looks like a pronoun."""
    text = question.strip()
    return text if text.isupper() else ABBREVIATION.sub(lambda m: "X" * len(m.group()), text)


def _goes_on(text: str, lang: str) -> bool:
    """Tell whether a question goes on from what was said, and is not whole: And for interns?"""
    if not (OPENING[lang].match(text) or (lang == "en" and GOES_ON_EN.search(text))):
        return False
    asks = _ASKS[lang].search(text) or (lang == "en" and _WH.search(text))
    return not asks or len(content(text)) < _ENOUGH[lang]


def _refers(text: str, lang: str) -> bool:
    """Tell whether a word stands for something that the question itself does not name."""
    if lang == "en":
        text = EMPTY_IT.sub(lambda m: " " * len(m.group()), text)
    return any(
        not _named(text[: m.start()], m.group(), lang) for m in REFERENCE[lang].finditer(text)
    )


def _named(before: str, reference: str, lang: str) -> bool:
    """Tell whether the words before a reference name what it may stand for."""
    if not POSSESSIVE.match(reference):
        breaks = list(BREAK[lang].finditer(before))
        before = before[: breaks[-1].start()] if breaks else ""
    return len(content(before)) >= (3 if lang == "zh" else 2)


def _bare(text: str, lang: str) -> bool:
    """Tell whether a question has no subject, or only names what is new in it: 陪产假呢？"""
    if not content(text):
        return True
    bare = text.rstrip("？?。.!！ ")
    if lang == "zh":
        new = bare.endswith("呢") or (len(bare) <= 3 and bare != text)
        return new and len(bare) <= 16 and not ASKS_ZH.search(text)
    words = len(_WORD.findall(text))
    if VERB_EN.search(text) or words > 5:
        return False
    asked = text.endswith("?") and words <= 3 and not text.lower().startswith("wh")
    return asked or bool(PREPOSITION_EN.match(text))
