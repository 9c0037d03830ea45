"""How somebody wants the last answer to be given instead: shorter, as a table, in English."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.text import folded, script

_LONGEST = 100  # characters
# By the name of a wish, the words that ask for it (Chinese and English, of folded text), and how
# it is said to the model in the prompt's language.
_FORMS: dict[str, tuple[str, str]] = {
    "longer": (
        r"(?:(?:a (?:little|bit)|some|much|any) )?(?:more|further|greater) (?:in )?(?:details?"
        r"|depth|information|info)\b"
        r"|(?:(?:a (?:little|bit)|some|much) )?(?:more|further) (?:detailed|on (?:that|this|it)"
        r"|about (?:that|this|it))\b"
        r"|(?:a (?:little|bit)|much) longer\b|longer\b|elaborate(?: on (?:that|this|it))?\b"
        r"|in (?:more )?detail\b"
        r"|expand(?: on (?:that|this|it))?\b|details\b|more(?=[\W_]*$)|go on\b|say more\b"
        r"|tell me more\b"
        r"|(?:更|再)?(?:详细|具体|详尽|细致|仔细)(?:一?点儿?|一?些|说明|说说|讲讲|地说|说|讲"
        r"|的?版本?|版|解释)*"
        r"|展开(?:说说?|讲讲?|一下|说明)*|多(?:说|讲)(?:一?点|一?些|几句)|更多(?:细节|详情|内容"
        r"|信息)|细节|详情"
        r"|(?:再|更)?长一?[点些]",
        "in more detail|更详细地",
    ),
    "shorter": (
        r"(?:(?:a (?:little|bit)|much) )?(?:shorter|briefer)\b|(?:more )?(?:briefly|concisely"
        r"|concise|brief)\b"
        r"|(?:in )?(?:the )?short(?: version| form)?\b|in brief\b|too long\b|shorten\b|tl;?dr\b"
        r"|less detail\b"
        r"|(?:in )?(?:just )?fewer words\b|in a nutshell\b|keep it short\b|cut it down\b"
        r"|(?:更|再|太)?(?:简短|简洁|简要|精简|简明|简略|简单)(?:一?点儿?|一?些|地说|说说|说"
        r"|讲讲|的?版本?|版)*"
        r"|(?:更|再|太)?(?:短|长)(?:一?[点些]|了)|缩短(?:一下|一?[点些])?|长话短说"
        r"|概括(?:一下)?|精简(?:一下)?",
        "in fewer words|更简短地",
    ),
    "sentence": (
        r"(?:in|as|just|with)? ?(?:one|a single|1) sentence\b|[用以]?(?:一|1|两|2)句话(?:说"
        r"|概括|总结|说明|回答)*",
        "in one sentence|用一句话",
    ),
    "list": (
        r"(?:as|in|into|with) (?:an? )?(?:\w+ )?(?:bullet(?:ed)? (?:points?|list)|bullets|list"
        r"|list form|numbered list)\b"
        r"|(?:bullet points|bullets|bullet list)\b|(?:step by step|in steps|as steps)\b"
        r"|(?:用|以|做成?|列成?|改成?|写成?|整理成?)?(?:一?个)?(?:要点|清单|列表"
        r"|条目)(?:的?形式|的?方式)?(?:列出来?|展示|说明|回答)?"
        r"|分(?:点|条|步骤?|步)(?:列出来?|说明?|讲|列|写|回答)*|逐[条步点](?:列出来?|说明?|讲"
        r"|列)*|列(?:成|出)要点",
        "as a list|用列表",
    ),
    "table": (
        r"(?:as|in|into) (?:an? )?(?:markdown |small )?(?:table|tabular form|table form)\b"
        r"|(?:an? )(?:markdown )?table(?: of (?:it|that|this))?\b|tabulate\b"
        r"|(?:用|以|做成?|列成?|整理成?|换成?|改成?|转成?|变成?|写成?|画成?|弄成?|汇总成?|生成"
        r"|给出?)?(?:一?[个张份])?"
        r"(?:表格|列表格|对比表|(?<=[做列整换改转变写画弄成个张份])表)(?:的?形式|的?方式"
        r"|格式)?(?:列出来?|展示|表示|呈现|回答|显示|说明)?"
        r"|列(?:一?[个张份]|成)表|表格化",
        "as a table|用表格",
    ),
    "e-mail": (
        r"(?:(?:as|in|into|to) )?(?:an? )?(?:short |polite |formal |friendly )?(?:e-?mail|mail)"
        r"(?: (?:to|for) (?:my |the |a |our )?(?:colleagues?|team|boss|manager|customers?"
        r"|clients?|everyone|all|staff|department))?\b"
        r"|(?:用|以|写成?|做成?|改成?|整理成?|起草|拟|换成?"
        r"|转成?)?(?:一?[封份个])?(?:电子)?(?:邮件|电邮|e-?mail)"
        r"(?:的?(?:形式|格式|方式))?",
        "as an e-mail|写成邮件",
    ),
    "simple": (
        r"(?:in )?(?:simpler|plain(?:er)?|easier|simple|everyday) (?:words|terms|language"
        r"|english)\b|simpler\b|more simply\b"
        r"|simplify\b|like i'?m five\b|(?:说|讲)?(?:得)?(?:通俗|易懂|口语化?"
        r"|白话)(?:易懂)?(?:一?点|一?些|地说|说|讲)*|[用说]?大白话(?:说|讲)*",
        "in plain words|通俗易懂地",
    ),
    "formal": (
        r"more (?:formal|formally|polite|politely)\b|(?:更|再)?(?:正式|礼貌|书面化?"
        r"|客气)(?:一?点|一?些)?",
        "in a formal tone|用正式的语气",
    ),
    "translate": (
        r"translat(?:e|ed|ion)\b(?: (?:it|that|this|the answer|your answer|everything))?"
        r"|翻译(?:一下|过来|出来)?|译(?:一下|过来)",
        "",
    ),
}  # fmt: skip
# Languages to answer in, by the names that a person gives them.
_LANGUAGES: dict[str, tuple[str, str, str]] = {
    "en": (r"english|englisch|anglais|ingles|英[文语](?:版本?)?", "in English", "用英文"),
    "zh": (
        r"(?:simplified |mandarin )?chinese|mandarin|chinesisch|chinois|chino"
        r"|(?:简体)?中[文语国](?:话)?(?:版本?)?"
        r"|汉语|简体(?:字|版)?|普通话",
        "in Chinese",
        "用中文",
    ),
    "zh-Hant": (
        r"traditional chinese|繁体(?:中文|字|版)?|正体(?:中文|字)?",
        "in Traditional Chinese",
        "用繁體中文",
    ),
    "de": (r"german|deutsch|allemand|aleman|德[文语]", "in German", "用德文"),
    "fr": (r"french|franzosisch|francais|frances|法[文语]", "in French", "用法文"),
    "es": (r"spanish|spanisch|espagnol|espanol|西班牙[文语]", "in Spanish", "用西班牙文"),
    "ja": (r"japanese|japanisch|japonais|japones|日[文语]|日本语", "in Japanese", "用日文"),
    "ko": (r"korean|koreanisch|coreen|coreano|韩[文语]", "in Korean", "用韩文"),
    "ru": (r"russian|russisch|russe|ruso|俄[文语]", "in Russian", "用俄文"),
    "it": (r"italian|italienisch|italien|italiano|意大利[文语]", "in Italian", "用意大利文"),
    "pt": (
        r"portuguese|portugiesisch|portugais|portugues|葡萄牙[文语]",
        "in Portuguese",
        "用葡萄牙文",
    ),
}  # fmt: skip
_LANGUAGE = "|".join(
    f"(?P<{key.replace('-', '_')}>{names})" for key, (names, *_) in _LANGUAGES.items()
)
_IN = re.compile(
    rf"(?:(?:(?:in|into|to|auf|en|use|using|speak) (?:simple |plain )?|[用以说讲成为译写换改用]"
    rf"|回答)?(?:{_LANGUAGE})"
    r"(?: version)?(?:回答|说|讲|写|回复|表达|解释|答|来)*)(?![a-z])"
)
_WISHES = [(name, re.compile(form)) for name, (form, _) in _FORMS.items()]
# What may stand around wishes without being one: whoever speaks, and what was said.
_FILLER = re.compile(
    r"(?:please|pls|kindly|can|could|would|will|you|i|i'd|we|want|need|like|to|just|now|ok|okay"
    r"|yes|thanks|thank you"
    r"|give|show|make|put|write|rewrite|format|say|tell|explain|describe|turn|do|send|draft"
    r"|repeat|answer|reply|have|get"
    r"|create|prepare|present|summari[sz]e|rephrase|reformat|respond|try"
    r"|me|us|it|that|this|them|these|those|the (?:answer|above|result|reply|response|text|list"
    r"|information)"
    r"|your (?:answer|last answer|reply|response)|the last answer|the whole thing|all of (?:it"
    r"|that|this)|what you said|of it|of that"
    r"|again|and|but|then|also|instead|too|a|an|the|be|bitte|s'il vous plait|por favor)\b"
    r"|能不能|可不可以|能否|可以|可否|麻烦|请|帮我|帮忙|帮|给我|给|替我|我要|我想要?|想要|要|你"
    r"|您|能|再|把|将"
    r"|(?:刚才|刚刚|上面|前面)?的?(?:这个|那个|上面的?|以上的?|刚才的?|这些|那些)?(?:答案|回答"
    r"|内容|结果|回复|信息|答复)"
    r"|这个|那个|它们?|这些|那些|上面(?:的|说的)?|以上|都|来|一下|下|一遍|重新|重|换成?|改成?"
    r"|变成|转成|整理成?|写成?|写|说成?|说|讲|做成?|回答|输出|显示"
    r"|列出|列|成|为|用|以|一?[封份个张]|的|吧|吗|呢|啊|好吗|行吗|可以吗|谢谢|并且?|然后|和"
    r"|而且|同时|就|形式|版本|版"
    r"|[\s,，.。!！?？:：;；、…~\-]+"
)


@dataclass(frozen=True)
class Wish:
    """How an answer is to be given: `names` of forms, and the language `lang` if one is named."""

    names: tuple[str, ...]
    lang: str | None = None

    def said(self, lang: str) -> str:
        """Return the wish as words for a prompt in `lang`: "as a table, in German"."""
        chinese = lang.startswith("zh")
        words = [_FORMS[name][1].split("|")[chinese] for name in self.names if _FORMS[name][1]]
        if self.lang:
            words.append(_LANGUAGES[self.lang][2 if chinese else 1])
        return ("，" if chinese else ", ").join(words)


def wish(text: str) -> Wish | None:
    """Return what a text wishes of the last answer; None if it says anything else besides.

    For Chinese, Traditional too, and English: "As a table, in English please." 用表格列出来.
    """
    left = folded(text).strip()
    if not left or len(left) > _LONGEST:
        return None
    names: list[str] = []
    lang, at = None, 0
    while at < len(left):
        if found := _IN.match(left, at):
            lang = next(key for key in _LANGUAGES if found[key.replace("-", "_")])
        elif known := next(
            ((n, m) for n, form in _WISHES if (m := form.match(left, at)) and m[0]), None
        ):
            names.append(known[0])
            found = known[1]
        elif not (found := _FILLER.match(left, at)):
            return None
        at = found.end()
    if not names and lang is None:
        return None
    return Wish(tuple(dict.fromkeys(names)), lang)


def other_language(text: str) -> str:
    """Return the language into which "translate that" means an answer: Chinese to English."""
    return "en" if script(text) == "zh" else "zh"
