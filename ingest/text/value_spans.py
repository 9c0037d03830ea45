"""Where a figure, date or name that was found in a text begins and ends there."""

from __future__ import annotations

import re

from ingest.text.dates import MONTH
from ingest.text.numbers import numbers

_LATIN_LEFT = re.compile(r"\b(?:[A-Za-z0-9]+[.,/'\-])*[A-Za-z0-9]*$")
_LATIN_RIGHT = re.compile(r"[A-Za-z0-9]*(?:[.,/'\-][A-Za-z0-9]+)*")
_BEFORE = re.compile(
    r"(?:(?:(?:US|HK|NT|A|C)?[$£€¥￥]|RMB|USD|CNY|人民币)\s?|\d{4}年(?:\d{1,2}月)?|\d{1,2}月|[+\-−])$"
)
_DATE_RIGHT = re.compile(r"(?<=年)\d{1,2}月(?:\d{1,2}日)?|(?<=月)\d{1,2}日")
_NAME = re.compile(r"\b[A-Z][\w'\-]*$")  # a name goes on with words that begin alike
_NAME_LEFT = re.compile(
    r"(?:\b(?!(?:The|An?|In|On|At|By|For|From|As|Of|To|With|Its?|And|But|Yes|No) )"
    r"[A-Z][\w'\-]* )+$"
)
_NAME_RIGHT = re.compile(r"(?: [A-Z][\w'\-]*)+")
_SHORTENED = re.compile(r"\b(?:Inc|Ltd|Co|Corp|Jr|Sr)$")
_SCALE = re.compile(
    r"\s?(?:[百千万萬亿億]+|(?:thousand|million|billion|trillion|percent|per cent)\b|[%％‰℃])",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?(?:美元|港元|欧元|英镑|日元|元(?:人民币)?|平方米|平方公里|立方米|公里|公斤|公顷|千米|厘米|毫米|千克|毫克|毫升|千瓦时?|米|吨|克|斤|升(?![至到为高])|亩|人次|人|名|位"
    r"|个(?:百分点|工作日|自然日|小时|月|星期|年)?|年(?:\d{1,2}月(?:\d{1,2}日)?)?|月(?:\d{1,2}日)?|日|天|周"
    r"|小时|分钟|秒|次|倍|项|家|件|台|套|辆|张|股|份|度|层|岁|支|座|所|种|席|票|级|场|届)"
)
# An English word behind a figure is what is counted, unless the sentence goes on with it.
_COUNTED = re.compile(
    r"\s(?!(?:in|at|on|of|for|by|to|from|through|and|or|with|as|was|were|is|are|has|have|had|which"
    r"|that|who|when|where|during|while|after|before|due|than|into|under|over|between|about|since"
    r"|until|the|an?|its|their|his|her|it|they|we|but|via|across|per|this|these|will|would)\b)"
    r"(?:(?:sq|square|cubic|metric)\s)?[a-z][a-z\-]+"
)
_MONTH_OR_YEAR = re.compile(rf"\b{MONTH}\b|(?<!\d)(?:1[5-9]|20)\d\d$", re.IGNORECASE)


def value_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where what stands from `start` to `end` does so as a whole.

    That is with the rest of its words, and of a figure with currency, scale and unit: of "50" in
    "$50 million" all of it, of "2005" in “2005年6月” all of that.
    """
    if _latin(text[start]) and (more := _LATIN_LEFT.search(text, 0, start)):
        start = more.start()
    if _latin(text[end - 1]) and (more := _LATIN_RIGHT.match(text, end)):
        end = more.end()
    found = text[start:end]
    if not numbers(found):
        if _NAME.search(found):
            start = more.start() if (more := _NAME_LEFT.search(text, 0, start)) else start
            end = more.end() if (more := _NAME_RIGHT.match(text, end)) else end
        full_stop = text[end : end + 1] == "." and _SHORTENED.search(text[start:end])
        return start, end + bool(full_stop)
    if more := _BEFORE.search(text, 0, start):
        start = more.start()
    if more := _DATE_RIGHT.match(text, end):
        end = more.end()
    elif not _MONTH_OR_YEAR.search(found) or text[end : end + 1] in ("年", "月", "日"):
        counted = text[end - 1].isdigit() or text[end - 1] in "年月百千万萬亿億"
        if more := _SCALE.match(text, end):
            end = more.end()
        elif not counted:
            return start, end
        if more := _UNIT.match(text, end) or _COUNTED.match(text, end):
            end = more.end()
    return start, end


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
