"""The pattern that finds figures in a text: each group is one way to write them.

It is linear: what may be long is read once, from its beginning.
"""

from __future__ import annotations

import re

from ingest.text.dates import MONTH, YEAR
from ingest.text.language import HAN
from ingest.text.number_words import ENGLISH, NUMERAL
from ingest.text.units import CURRENCY, TOUCHING_UNIT, UNIT

SCALES = {
    "hundred": 2, "thousand": 3, "tsd": 3, "тыс": 3, "k": 3, "million": 6, "millionen": 6,
    "mn": 6, "m": 6, "mio": 6, "млн": 6, "billion": 9, "bn": 9, "b": 9, "mrd": 9, "млрд": 9,
    "trillion": 12, "百": 2, "千": 3, "万": 4, "萬": 4, "百万": 6, "百萬": 6, "千万": 7, "千萬": 7,
    "亿": 8, "億": 8, "十亿": 9, "十億": 9, "百亿": 10, "百億": 10, "千亿": 11, "千億": 11,
    "万亿": 12, "萬億": 12, "兆": 12,
}  # fmt: skip
_SCALE = (
    r"(?:hundred|thousand|million(?:en)?|billion|trillion|tsd|тыс|mn|mio|млн|bn|mrd|млрд)\b\.?"
    r"|万亿|萬億|[十百千][万萬亿億]|[百千万萬亿億兆](?![瓦克米分])"
)
_NUM = r"\d{1,3}(?:[ '’]\d{3})+(?![\d.,]\d|\d)|\d+(?:[.,]\d+)*"
ADJECTIVE = (
    r"(?:working|business|calendar|consecutive|full|natural|more|additional|further|whole)\s"
    r"|[个個]?(?:工作|自然|整)?(?=[日天周週月年星小])|[个個](?=[小星百钟点])"
)
_UNIT_BEHIND = rf"\)?\s?-?\s?(?:{ADJECTIVE})?(?:{UNIT})|(?:{TOUCHING_UNIT})"
_DAY_PART = "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜间|夜裡|夜里"
_HOUR = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_LABEL = (
    r"section|sec\.|article|art\.|clause|chapter|step|figure|fig\.|table|annex|appendix|page"
    r"|paragraph|para\.|item|point|note|exhibit|schedule"
)
_LABELS = r"sections|articles|clauses|chapters|steps|figures|tables|pages|paragraphs|items"
_LABEL_ZH = "条|條|章|节|節|款|项|項|步|页|頁|部分|篇|附件|点|點|则|則|题|題"
_COUNTER = (
    r"[个個天日年周週月次人名元块岁歲倍层層台成种種家间間位份期季项項条條款章件套辆部张張本页頁步"
    r"类類点點代届级級批组組字场場吨噸米克]|小时|小時|分钟|分鐘|星期|工作日"
)
RANKS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
TOKEN = re.compile(
    rf"""
    (?:(?<![A-Za-z])|(?![A-Za-z]))(?:  # not inside of a word
    (?P<mark>\[\d{{1,3}}(?:\s?[,，、]\s?\d{{1,3}})*\])
    |(?P<list>^[ \t>*+•·-]*+(?:\#{{1,6}}[ \t]+)?(?:
        \(?\d{{1,3}}(?:\.\d{{1,3}})*(?:\)\.?|[.、])(?=\s|$|[^\W\d])
        |\d{{1,2}}(?:\.\d{{1,2}})+(?!\s*(?:{_SCALE}))(?=\s+(?-i:[A-Z]|[{HAN}]))
        |(?<=\#[ ])\d{{1,2}}(?=\s))
        |(?<=>\s)\d{{1,2}}(?:\.\d{{1,2}})*(?=\s(?-i:[A-Z]|[{HAN}])))
    |(?P<row>^[ \t]*+\|[ \t]*+(?P<first>\d{{1,3}})(?=[ \t]*+\|))
    |(?P<ymd>(?<![\d.])(?P<y1>{YEAR})(?P<sep>[-/.])(?P<m1>1[0-2]|0?[1-9])
        (?:(?P=sep)(?P<d1>3[01]|[12]\d|0?[1-9])(?![\d.]\d|\d)|(?<=-\d\d)(?![-\d])|(?<=/\d\d)(?![/\d])))
    |(?P<dmy>(?<![\d.])(?P<d2>\d{{1,2}})(?P<sep2>[-/.])(?P<m2>\d{{1,2}})(?P=sep2)(?P<y2>{YEAR})(?!\d))
    |(?P<zh>(?:(?<!\d)(?P<y3>\d{{4}}|[零〇一二三四五六七八九]{{4}})\s?年\s?)?(?<!\d)
        (?P<m3>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月
        (?:\s?(?P<d3>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?[日号號])?)
    |(?P<en>(?:(?<![\d.,])(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?)?\b(?P<m4>{MONTH})\b\.?
        (?:\s(?P<d5>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[:%.,]\d|\s?%))?
        (?:,?\s(?:of\s)?(?P<y4>{YEAR})(?!\d))?)
    |(?P<clock>(?P<part1>{_DAY_PART})?(?<![\d:.])(?P<h1>\d{{1,2}}):(?P<min1>[0-5]\d)(?::[0-5]\d)?(?!\d)
        (?:\s?(?P<ap1>[ap])\.?m\b\.?)?)
    |(?P<oclock>(?<![\d.])(?P<h2>\d{{1,2}})(?:\.(?P<min2>[0-5]\d))?\s?
        (?:(?P<ap2>[ap])\.?m\b|o['’]clock|uhr\b))
    |(?P<dian>(?P<part3>{_DAY_PART})?(?<![\d.第])(?P<h3>{_HOUR})\s?[点點时時](?![代间間段位])
        (?P<min3>半|一刻|三刻|(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})分|[整钟鐘])?)
    |(?P<label>(?:\b(?:{_LABEL})\s|§\s?)\d+(?:\.\d+)*(?![.,]\d)
        |\b(?:{_LABELS})\s\d+(?:\.\d+)*(?:\s?(?:,|and|or|to|-|–|&)\s?\d+(?:\.\d+)*)*
        |第\s?(?:\d+|{NUMERAL})(?:[至到-]第?(?:\d+|{NUMERAL}))?(?:{_LABEL_ZH})
        |(?:步骤|步驟|附件|附录|附錄|图|圖|表)\s?\d+(?![\d,]))
    |(?P<share>百分之(?P<hundredth>{_NUM}|{NUMERAL}(?:点[零一二三四五六七八九]{{1,8}})?))
    |(?P<fraction>(?<!\d)(?:{NUMERAL}|\d{{1,6}})分之(?:{NUMERAL}|\d{{1,6}}))
    |(?P<phone>(?<![\d.\-])\d{{2,5}}(?:-\d{{2,8}}){{2,4}}+(?![\d\-]))
    |(?P<digits>(?:(?P<before>(?<![A-Za-z])(?:{CURRENCY})\s?)|(?<![A-Za-z\d_.])(?<![A-Za-z]-))(?P<num>{_NUM})(?![\d_])
        (?P<scale>[kmb](?![A-Za-z\d])|\s?(?:{_SCALE}))?
        (?:(?P<num2>\d{{1,8}})(?P<scale2>[百千万萬])(?!\d))?
        (?:(?P<nth>(?:st|nd|rd|th)\b)|(?P<unit1>{_UNIT_BEHIND})(?P<half1>半)?|(?P<tail>[A-Za-z][A-Za-z\d]*))?)
    |(?P<code>(?<![A-Za-z\d\-_/])[A-Za-z][A-Za-z\-_/]*\d[A-Za-z\d\-_/]*(?:\.\d+)*)
    |(?P<ordinal>第\s?(?P<place>\d{{1,6}}|{NUMERAL}))
    |(?P<numeral>(?P<han>{NUMERAL})
        (?:[多余餘]?(?:(?P<unit2>{_UNIT_BEHIND})(?P<half2>半)?|(?P<counter>{_COUNTER})))?)
    |(?P<words>\b(?:an?\s)?(?P<run>(?:{ENGLISH})(?:(?:\sand\s|\s|-)(?:{ENGLISH})){{0,8}})\b
        (?P<part>[\s-](?:thirds?|quarters?|fourths?|fifths?|halves|tenths?)\b)?(?P<unit3>{_UNIT_BEHIND})?)
    |(?P<each>(?:\b(?:an?|per|each|every)\s|每)(?P<unit4>(?:{ADJECTIVE})?(?:{UNIT})))
    |(?P<rank>\b(?:{"|".join(RANKS)})\b))
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
