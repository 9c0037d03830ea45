"""Today's date: asked for, or needed to answer a question that speaks of a time from now on."""

from __future__ import annotations

import re
from datetime import date

from ingest.text import MONTH_NAMES, WEEKDAYS, folded, letters, script

_WEEKDAYS_ZH = "一二三四五六日"
_LINE = {
    "zh": "今天是{d.year}年{d.month}月{d.day}日，星期{weekday}。",
    "en": "Today is {weekday}, {d.day} {month} {d.year}.",
}
# Whole questions, read without spaces, stops and case.
_ASKING = (
    "what is today's date|what's today's date|what is the date today|what's the date today"
    "|what is the date|what's the date|today's date|what date is it|what date is it today"
    "|what is today|what day is it|what day is it today|what day is today|what day of the week"
    "|what day of the week is it|what day of the week is it today|which day is it"
    "|what is the current date|what's the current date|current date|what year is it"
    "|what month is it|tell me the date|tell me today's date|do you know today's date"
    "|do you know what day it is"
    "|今天几号|今天是几号|今天几月几号|今天是几月几号|今天几月几日|今天是几月几日"
    "|今天星期几|今天是星期几|今天周几|今天是周几"
    "|今天礼拜几|今天是礼拜几|今天日期|今天的日期|今天的日期是什么|今天的日期是多少"
    "|今天是什么日子|今天是哪天|今天是哪一天|今天哪天"
    "|今日日期|当前日期|当前日期是什么|现在的日期|现在是几号|现在几号|现在是几月|现在几月"
    "|现在是哪一年|现在是哪年|今年是哪一年"
    "|今年是哪年|今年是几几年|几号了|今天几号了|今天几号星期几|今天星期几几号"
    "|今天是几号星期几|今天是什么日期"
)  # fmt: skip
_ASKS = frozenset(letters(folded(phrase)) for phrase in _ASKING.split("|"))
_COURTESY = re.compile(
    r"^(?:please|hi|hello|can you|could you|请问|你好|请)[\s,，]*|(?<![\s,，])[\s,，]*+please$"
)
# Chinese (both scripts, folded) and English. A line too many costs twelve tokens, one too few a
# wrong answer.
_FROM_NOW = {
    "zh": re.compile(
        r"今[天日年晚早]|明[天日年早]|昨[天日]|后天|前天|去年|前年|后年|本[年月周季]|本(?:星期"
        r"|礼拜|财年|年度|季度)"
        r"|[这上下](?:个|一)?(?:月|周|星期|礼拜|季度|年度|财年)(?!报|刊|薪|卡|票|末[班车])"
        r"|最近|近期|近[一二两三四五六七八九十\d]{1,6}个?[天日周月年]"
        r"|过去[一二两三四五六七八九十\d]|目前|现在|如今|眼下|当前|迄今|至今"
        r"|还[有剩差](?:多少|几)个?(?:天|日|周|月|年|工作日|星期)|还有多[久长]|还要多[久长]"
        r"|距离?.{0,20}(?:还有|还剩|多久|多少天|几天)"
        r"|到期|过期|逾期|已经?过(?:了|期)|是否有效|(?:还|仍|是否)(?:有效|生效|适用|在有效期"
        r"|来得及|能申请)|来得及|失效"
        r"|[一二两三四五六七八九十\d]{1,6}个?(?:天|日|周|月|年|星期)(?:之?[前后]|以[前后]|内)(?:是"
        r"|会|到)"
    ),
    "en": re.compile(
        r"\b(?:today|tomorrow|yesterday|tonight|now|currently|nowadays|recently|lately|upcoming|ago"
        r"|overdue|to date|so far|at the moment|at present|these days)\b"
        r"|\b(?:this|next|last|past|coming|current) (?:few |couple of )?(?:\d+ |two |three |six )?"
        r"(?:days?|weeks?|weekend|months?|quarter|years?|fiscal year|financial year|summer|winter"
        r"|spring|autumn|fall|morning|afternoon|evening|monday|tuesday|wednesday|thursday|friday"
        r"|saturday|sunday)\b"
        r"|\b(?:still|already|yet|no longer) (?:valid|in force|in effect|apply|applies|open|current"
        r"|expired|ended|over|possible|active|available|effective|due)\b"
        r"|\bhow (?:long|many (?:\w+ )?(?:days|weeks|months|years)) (?:until|till|to go|before|left"
        r"|remain|are left|is left|since|(?:do|does|will|is) .{1,40} (?:left|until|till))\b"
        r"|\b(?:has|have|is|are|did|will|when (?:does|do|will)) .{1,60}\b(?:expired?|expiring"
        r"|run out"
        r"|lapsed?|overdue)\b|\b(?:days|weeks|months|time) (?:are |is |do i have )?(?:left"
        r"|remaining)\b"
        r"|\bam i (?:still|already|too late|in time)\b|\btoo late\b|\bin time\b"
    ),
}


def asks_for_date(question: str) -> bool:
    """Tell whether a question asks for today's date and nothing else (Chinese and English)."""
    text = _COURTESY.sub("", folded(question).strip(" ?？。.!！"))
    return letters(text) in _ASKS


def speaks_of_now(question: str) -> bool:
    """Tell whether a question speaks of a time that is counted from now (Chinese and English)."""
    return bool(_FROM_NOW[script(question)].search(folded(question)))


def date_sentence(today: date, lang: str) -> str:
    """Return today's date as a sentence: "Today is Monday, 30 November 2026."

    `lang` is the language of the sentence, Chinese if it begins with zh, else English.
    """
    if lang.startswith("zh"):
        return _LINE["zh"].format(d=today, weekday=_WEEKDAYS_ZH[today.weekday()])
    weekday, month = WEEKDAYS[today.weekday()], MONTH_NAMES[today.month - 1]
    return _LINE["en"].format(d=today, weekday=weekday.title(), month=month.title())


def today_line(question: str, today: date, lang: str) -> str | None:
    """Return the line of a prompt that tells the date, None where the question needs none."""
    return date_sentence(today, lang) if speaks_of_now(question) else None
