"""Corrections of what was searched: "no, the English one", "I meant the other policy"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.text import STOPS, folded

_LONGEST = 120  # characters
# Whole texts, folded. Who says no says what was meant behind a stop: "No smoking" is a topic.
_NO_EN = (
    r"(?:(?:no|nope|sorry|wait)(?:\s*[,.;:!-]+\s*|(?=\s+(?:not|i)\b)\s+)"
    r"|not (?:that|this)(?: one)?\s*[,.;:!-]*\s*)"
)
_MEANT_EN = (
    r"(?:(?:i meant?|i (?:was|am) (?:asking|talking|thinking) (?:about|of)"
    r"|i'm (?:asking|talking) about)\s+)"
)
_NO_ZH = (
    r"(?:(?:不是?的?|不要|错了|搞错了|弄错了|等等)[\s,，.。;；!！]+"
    r"|不对[\s,，.。;；!！]*|不[是要](?:这个|这份|那个|那份|这一[个份])[\s,，.。;；!！]*)"
)
_MEANT_ZH = (
    r"(?:(?:我的意思是|我是(?:说|指|问)的?|我(?:说|指|问|要|想问|想看|要看)的是"
    r"|应该是|应该看)[\s,，:：]*)"
)
_AFTER_NO_ZH = r"(?:(?:我?[是要看]|我想[要看])[\s,，:：]*)"
_EN = re.compile(
    rf"(?:{_NO_EN}+{_MEANT_EN}?|{_MEANT_EN})(?P<name>.+?)"
    r"(?:[\s,]+(?:not|instead of|rather than) .{1,60}|\s+instead|[\s,]+please)*"
)
_ZH = re.compile(
    rf"(?:{_NO_ZH}+(?:{_MEANT_ZH}|{_AFTER_NO_ZH})?|{_MEANT_ZH})(?P<name>.+?)"
    r"(?:[,，](?:而)?不是.{1,40})?(?:吧|啊)?"
)
# Said without a no, these correct all the same: "The English one, please."
_ONE_EN = re.compile(
    r"(?:(?:use|take|check|look (?:in|at)|i (?:want|need)|and|what about) )?"
    r"(?P<name>the (?:english|chinese|other) (?:one|version|document|file|policy"
    r"|handbook))(?: please)?"
)
_LANGUAGES = {
    "en": re.compile(
        r"(?:the )?english(?: (?:one|version|document|file|policy|handbook|guide|text|edition))?"
        r"|英[文语](?:的|版的?|版本的?|文件|文档|资料|那[个份]|手册|制度)*"
    ),
    "zh": re.compile(
        r"(?:the )?chinese(?: (?:one|version|document|file|policy|handbook|guide|text|edition))?"
        r"|中[文]?(?:的|版的?|版本的?|文件|文档|资料|那[个份]|手册|制度)*(?<!^中)"
    ),
}
_OTHER = re.compile(
    r"(?:the )?other (?:one|document|file|policy|version|handbook|guide|manual|notice|contract"
    r"|report|text|source|paper)s?"
    r"|(?:a |an)other (?:one|document|file|policy|version)"
    r"|(?:另|别|其他|其它)(?:外)?的?(?:一|那)?[个份种本]?(?:文件|文档|制度|资料|手册|规定|政策"
    r"|版本|办法|合同|报告|通知)?的?"
)
# A document by its name; what comes behind "I meant" otherwise is the topic of a new question.
_NAMED_EN = re.compile(
    r"(?:the |our |that |in )*(?P<name>.+?)"
    r"(?: (?:one|version|document|file|edition))?"
)
_NAMED_ZH = re.compile(
    r"(?:那[个份]|这[个份]|我们的|公司的)*(?P<name>.+?)(?:的?(?:那[个份]|版本?))?的?(?:那[个份])?"
)


@dataclass(frozen=True)
class Correction:
    """What an answer should have been from: documents in `lang`, any `other`, or a `name`.

    Of these one is set. `name` is in lower case and Simplified characters.
    """

    lang: str | None = None
    other: bool = False
    name: str = ""


def correction(text: str) -> Correction | None:
    """Return from which documents a text says that the last answer should have been.

    None for a text that does not begin by saying no or what was meant; Chinese and English.
    """
    said = folded(text).strip(STOPS)
    if len(said) > _LONGEST:
        return None
    match = _ZH.fullmatch(said) or _EN.fullmatch(said) or _ONE_EN.fullmatch(said)
    if not match:
        return None
    name = match["name"].strip(STOPS)
    for lang, form in _LANGUAGES.items():
        if form.fullmatch(name):
            return Correction(lang=lang)
    if _OTHER.fullmatch(name):
        return Correction(other=True)
    if text.rstrip().endswith(("?", "？")):  # "No, what is the limit for interns?"
        return None
    named = (_NAMED_ZH if match.re is _ZH else _NAMED_EN).fullmatch(name)
    return Correction(name=named["name"]) if named else None
