"""Whether somebody wants a document summarised, told by the words of the question alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.text import CHINESE_NUMERALS, count_of

_LONGEST = 400  # characters; a wish is short, and its longest part is a file's name
_REACH = 16  # characters by which a name may reach into the words beside it

_MOST_SENTENCES = 10
_LANGUAGES = {"中": "zh", "汉": "zh", "英": "en", "chinese": "zh", "english": "en"}

# At `x` stands the document, and the whole question must have the form: whoever asks for a part of
# it ("总结差旅制度里关于住宿的规定", "What does it say about leave?") has a question of its own.
# Between `from` and `x`, and between `x` and `to`, stand words that may as well be of the name: 请
# is a courtesy, and the beginning of 请假制度.
_LOOSE_ZH = (
    r"请问|请|麻烦|帮忙|你|您|能不能|能否|可不可以|可以|能|帮|替|给|我们|我|想要|想|要|来|先|再|简要"
    r"|简单|简短|简洁|大致|快速|地"
    r"|用(?P<lang>[中英汉])[文语]"
    rf"|[用以]?(?P<count>\d{{1,2}}|[{CHINESE_NUMERALS}两])句话?(?!话)来?|[，,、：:\s]"
)
_TAIL_ZH = (
    rf"吧|吗|呢|好吗|行吗|可以吗|谢谢|[用以]?(?P<count_>\d{{1,2}}"
    rf"|[{CHINESE_NUMERALS}两])句话?(?!话)"
    r"|用(?P<lang_>[中英汉])[文语]|[，,。.!！?？…~\s]"
)
_SUM_ZH = r"(?:总结|概括|概述|归纳|综述|简述|摘要)"
_CONTENT_ZH = r"(?:的?(?:主要|核心|大致|全部)?(?:内容|要点|重点|大意|意思))?"
_NOUN_ZH = (
    r"的?(?:内容)?"
    r"(?:摘要|概要|总结|概述|综述|提要|大意|梗概|主要内容|核心内容|中心思想|主旨|要点|重点)"
)
_FORMS_ZH = (
    rf"{_SUM_ZH}(?P<from>)(?:一下|一遍|下|出)?(?P<x>.*?){_CONTENT_ZH}(?P<to>)",
    rf"[把将对给]?(?P<x>.+?){_CONTENT_ZH}(?:做|作|进行|写)?(?:一?个|一?份"
    rf"|一下)?(?:的)?(?P<to>){_SUM_ZH}(?:一下|一遍|下)?",
    rf"(?:写|做|生成|给出|提供|列出|列|说说|讲讲|说一下|讲一下)?(?:出|一下)?(?:一?份|一?个"
    rf"|一?段)?(?P<x>.+?)(?P<to>){_NOUN_ZH}"
    r"(?:是什么|有哪些|是啥)?",
    r"(?P<x>.+?)(?:里面?|中)?(?P<to>)(?:主要|大概|大致|都|究竟|到底)*(?:是|在)?(?:讲|说|写|介绍"
    r"|谈|规定|关于|有)(?:的|了)?"
    r"(?:是)?(?:些)?(?:什么|啥|哪些)(?:的|内容|东西)*",
)
_LOOSE_EN = (
    r"(?:please|kindly|hi|hello|can|could|would|will|you|i'd|i|we|want|need|like|to|help|me|us"
    r"|now|just"
    r"|briefly|quickly)\b|[\s,:]"
)
_TAIL_EN = (
    r"\b(?:for (?:me|us)|please|briefly|in (?:short|brief)|thanks|thank you)\b"
    r"|\bin (?P<count>\d{1,2}|[a-z]+) sentences?\b|\bin (?P<lang>chinese|english)\b|[\s,.!?…]"
)
_NOUN_EN = (
    r"(?:(?:brief|short|quick|concise|good)\s+)?"
    r"(?:summary|overview|outline|synopsis|abstract|tl;?dr)"
)
_POINTS_EN = (
    rf"(?:(?:main|key|most important)\s+(?:points?|contents?|ideas?|messages?|takeaways?|facts)"
    rf"|{_NOUN_EN})"
)
_FORMS_EN = (
    r"(?:summari[sz]e|sum up|outline|recap|tl;?dr)\b(?P<from>)[\s:,]*(?P<x>.*?)",
    rf"(?:give|write|make|show|provide|create)?\s*(?:me|us)?\s*(?:an?|the)?\s*{_NOUN_EN}"
    r"(?:\s+(?:of|for)\b(?P<x>.+?))?",
    rf"(?:what\s+(?:is|are)|what's|list|give|tell)\s+(?:me\s+|us\s+)?(?:the\s+)?{_POINTS_EN}"
    r"\s+(?:of|in)\b(?P<x>.+?)",
    r"what(?:\s+is|'s)\b(?P<x>.+?)\s+(?:all\s+|mainly\s+)?about",
    r"what\s+does\b(?P<x>.+?)\s+(?:say|cover|contain|deal with)",
    rf"(?:(?:give|write|make|show|provide|create)\s+(?:me|us)?\s*)?(?:an?"
    rf"|the)?\s*(?P<x>.+?)(?P<to>)\s+{_NOUN_EN}",
)
# Possessive (`*+`), so that a long text costs no more than its length.
_FORMS = [re.compile(rf"(?:{_LOOSE_ZH})*+{form}(?:{_TAIL_ZH})*", re.S) for form in _FORMS_ZH] + [
    re.compile(rf"(?:{_LOOSE_EN})*+{form}(?:{_TAIL_EN})*", re.S | re.I) for form in _FORMS_EN
]
_QUOTES = re.compile(r"[《“「『\"'‘`](?P<name>[^《》“”「」『』\"`]+)[》”」』\"'’`]")
_LEADING = re.compile(
    r"(?:(?:the|this|that|our|my|whole|entire|document|file|pdf|called|named|titled|entitled)\b\s*"
    r"|(?:文件|文档|资料|这份|这个|这篇|该|那份|一份|我们的|公司的|名为|叫做?)\s*)*",
    re.I,
)
_TRAILING = re.compile(
    r"(?:\s*\b(?:document|file|pdf)|\s*(?:这份|这个|这篇)?(?:文件|文档|全文|一文))?$", re.I
)
_CHOSEN = re.compile(
    r"(?:(?:the|this|that|it|my|our|selected|chosen|whole|entire|full)\b\s*)*"
    r"(?:document|file|paper|text|report|manual|policy|notice|guide|pdf|article|contents?|one)?"
    r"|(?:这|该|本|此|那|选中的|所选的?|整)?[份个篇本部]?"
    r"(?:文件|文档|资料|文章|文|报告|手册|制度|材料|通知|说明书|纪要|pdf)?(?:的?全文|的?内容)?",
    re.I,
)


@dataclass(frozen=True)
class Wish:
    """A wish for the summary of a document that may be called so; without names, of the chosen one.

    `quoted` tells that the name stands between quotation marks; `asked` is the wish without the
    name, `lang` the language and `count` the number of sentences that it asks for, if it does.
    """

    names: tuple[str, ...]
    asked: str
    quoted: bool = False
    lang: str | None = None
    count: int | None = None


def wishes(question: str) -> Iterator[Wish]:
    """Yield the ways in which a question can be read as a wish for a summary of one document.

    The question comes in lower case and Simplified characters (`ingest.text.folded`).
    """
    if len(question) > _LONGEST:
        return
    for form in _FORMS:
        if match := form.fullmatch(question.strip()):
            groups = match.groupdict()
            x = (groups["x"] or "").strip(" \t\n，,:：")
            bare = _TRAILING.sub("", x[len(_LEADING.match(x)[0]) :]).strip()  # type: ignore[index]
            quoted = _QUOTES.fullmatch(bare) or _QUOTES.fullmatch(x)
            names = (quoted["name"],) if quoted else (*_reaching(match), x, bare)
            wish = Wish(
                names=tuple(n for n in names if n),
                asked=question.replace(x, " ") if x else question,
                quoted=bool(quoted),
                lang=_LANGUAGES.get((groups["lang"] or groups.get("lang_") or "").lower()),
                count=_number(groups["count"] or groups.get("count_")),
            )
            if not _CHOSEN.fullmatch(x):
                yield wish
                continue
            # "The document" is the chosen one, but for a document that is called so: Can policy.
            if called := tuple(_reaching(match)):
                yield replace(wish, names=called)
            yield replace(wish, names=())


def _reaching(match: re.Match[str]) -> Iterator[str]:
    """Yield the names that reach into the words around `x`, longest first, on either side."""
    if not match["x"]:
        return
    groups = match.re.groupindex
    start, end = match.span("x")
    first = match.start("from") if "from" in groups else match.start()
    last = match.start("to") if "to" in groups else match.end()
    for left in range(max(first, start - _REACH), start + 1):
        for right in range(min(max(last, end), end + _REACH), end - 1, -1):
            if (left, right) != (start, end):
                yield match.string[left:right].strip()


def _number(word: str | None) -> int | None:
    n = count_of(word or "")
    return n if n and n <= _MOST_SENTENCES else None
