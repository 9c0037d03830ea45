"""Whether a question leans on what was said before, told by its words alone."""

from __future__ import annotations

import re

from ingest.text import HAN_BMP, NO_SUBJECT, script
from llm.question.anaphora_words import (
    ASKS_ZH,
    BREAK,
    EMPTY_IT,
    NEW_SUBJECT,
    OPENING,
    POSSESSIVE,
    PREPOSITION_EN,
    REFERENCE,
    VERB_EN,
)

_LONGEST = {"zh": 60, "en": 160}  # characters; a longer question names what it is about
_WORD = re.compile(r"[^\W_](?:[\w'’.\-]*\w)?")
_HAN_OR_WORD = re.compile(rf"[A-Za-z0-9][\w.\-]*|[{HAN_BMP}]", re.ASCII)


def lacks_subject(question: str) -> bool:
    """Tell whether a question lacks what it is about.

    By its form: an opening that goes on, a reference without a name before it, or no subject.
    """
    text = question.strip()
    lang = script(text)
    if not _WORD.search(text) or len(text) > _LONGEST[lang] or NEW_SUBJECT.match(text):
        return False
    return bool(OPENING[lang].match(text)) or _refers(text, lang) or _bare(text, lang)


def only_names(question: str) -> bool:
    """Tell whether a follow-up only names what is new in it: 那陪产假呢？ And the HG-10?"""
    text = question.strip()
    lang = script(text)
    verb = ASKS_ZH if lang == "zh" else VERB_EN
    return bool(content(text)) and not verb.search(text) and not _refers(text, lang)


def content(text: str) -> list[str]:
    """Return what names something: English words, and single Chinese characters."""
    lang = script(text)
    opening = OPENING[lang].match(text)
    text = REFERENCE[lang].sub(" ", text[opening.end() :] if opening else text)
    if lang == "zh":
        return _HAN_OR_WORD.findall(NO_SUBJECT["zh"].sub(" ", text))
    return [word for word in _WORD.findall(text) if not NO_SUBJECT["en"].match(word)]


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
