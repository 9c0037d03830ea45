"""A question that a passage answers, made for people who do not know what to ask."""

from __future__ import annotations

import re
import threading

from langchain_core.language_models.chat_models import BaseChatModel

from ingest.text import collapsed, script
from llm.chat import complete
from llm.prompts import suggest_messages

_MOST_TOKENS = 64
# A question that begins so, or without the words for yes or no: the 1.5B model asked half of the
# Chinese ones, and a few of the English ones, to be answered by yes or no.
_FORMS = {
    "zh": r"root ::= [^\n\r吗否?？]{1,80} [?？]",
    "en": 'root ::= ("What" | "How" | "When" | "Which" | "Who" | "Where") " "'
    ' [^\\n\\r?]{1,140} "?"',
}
_LEAST, _MOST = {"zh": 7, "en": 20}, {"zh": 60, "en": 140}  # characters
# Chinese and English alone, the languages in which questions are made.
_ASKS = {
    "zh": re.compile(r"什么|多少|多久|多长|多大|几|哪|怎么|怎样|如何|谁|为何|何时"),
    "en": re.compile(
        r"(?:(?:for|in|at|on|by|to|from|after|within|under|with|until) )?"
        r"(?:what|how|when|which|who|whom|whose|where|why)\b",
        re.I,
    ),
}
# It speaks of what only somebody who reads the passage has before him.
_POINTS = {
    "zh": re.compile(
        r"[本该此](?:公告|制度|规定|办法|文|表|章|条|节|手册|通知|指南|法|合同|协议)|上述|以下|下列|"
        r"文中|资料|文档|根据|按照|表[中格]|作者"
    ),
    "en": re.compile(
        r"\b(?:excerpt|passage|text|document|section|according to|mentioned|described|these|this|"
        r"the (?:above|following|table|list|page|notice)|listed|stated|author)\b",
        re.I,
    ),
}


def suggested_question(
    place: str, text: str, lang: str, model: BaseChatModel, cancel: threading.Event | None = None
) -> str | None:
    """Return a question, "zh" or "en", that a text answers; None when that did not succeed.

    `place` says what the text is of: title and headings. Whether the library answers it is for the
    caller to try. What the model writes is taken only if it is one question in that language, not
    for yes or no, that does not speak of the text as such.
    """
    prompt = suggest_messages(place, text, lang)
    said = collapsed(complete(model, prompt, _MOST_TOKENS, cancel, grammar=_FORMS[lang]))
    said = said.strip("\"'“”「」 ")
    return said if _is_sound(said, lang) else None


def _is_sound(said: str, lang: str) -> bool:
    asks = _ASKS[lang].search(said) if lang == "zh" else _ASKS[lang].match(said)
    return (
        _LEAST[lang] <= len(said) <= _MOST[lang]
        and script(said) == lang
        and said[-1] in "?？"
        and sum(said.count(mark) for mark in "?？") == 1
        and asks is not None
        and not _POINTS[lang].search(said)
    )
