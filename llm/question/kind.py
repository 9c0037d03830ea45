"""What a question asks for, told by its words: the answer is then written in that form.

Whoever asks in a language that is not named here gets the form of a fact, which asks for a whole
sentence and what belongs to it.
"""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.text import folded


class Kind(StrEnum):
    """The form in which a question wants its answer."""

    FACT = "fact"
    LIST = "list"
    STEPS = "steps"
    YES_NO = "yes_no"
    CASES = "cases"
    EXPLANATION = "explanation"
    COMPARISON = "comparison"
    SEVERAL = "several"
    TASK = "task"


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


# All are held against the question in lower case and Simplified characters.
_LONGEST = 400  # characters that are looked at
# Courtesies, and words that only lead to the question.
_OPENING = re.compile(
    r"\s*(?:(?:hi|hello|hey|dear all|good (?:morning|afternoon|evening)|please|quick question|so"
    r"|and|say|ok(?:ay)?)\b[\s,:!.-]*"
    r"|(?:can|could|would|will) you (?:please )?(?:tell|show|give|remind) (?:me|us)\b\s*"
    r"|(?:please )?(?:tell|show|give) (?:me|us)\b\s*|i(?:'d| would) like to know\s*"
    r"|do you know\s*"
    r"|[你您]好[，,。！!]*|请问一?下?[，,：:]*|想问一下[，,]*|我想知道|麻烦[你您]?)*"
)
_ASKS = r"\b(?:who|whom|whose|what|when|where|which|why|how)\b"
_ASKS_ZH = r"(?:多少|几[天个次年月日点人元岁小成]|什么|谁|哪|何时|怎么|如何|多[久长大高远])"

_TASK = _any(
    r"^(?:translate|draft|compose|classify|extract|rewrite|rephrase|reply to)\b",
    r"^(?:turn\b.*\binto|put\b.*\b(?:into|in a))\b",
    r"^make (?:a|an|me a) (?:table|list|checklist|e-?mail|draft|poster|notice)",
    r"^(?:write|prepare) (?:me )?(?:a|an|the|some|two|three|one)\b",
    r"^help me (?:write|draft)\b",
    r"^(?:请|帮我|帮忙|给我|替我|把|将|根据|按照?|用)*.{0,30}"
    r"(?:翻译|译成|改写|整理成|列成表|做成表|归类|分类)",
    r"^(?:请|帮我|帮忙|给我|替我|把|将|根据|按照?|用)*"
    r"(?:写|起草|草?拟|撰写|生成)(?:一|个|份|封|则|篇|出|条)",
)
_COMPARISON = _any(
    r"\bdiffer(?:s|ent|ence|ences)?\b",
    r"\bcompar(?:e|es|ed|ison|ing)\b",
    r"\bversus\b|\bvs\b|\bthe same (?:as|for)\b",
    rf"{_ASKS}[^?]*\b(?:more|less|fewer|longer|shorter|higher|lower|larger|bigger|cheaper"
    r"|better)\b[^?]*\b(?:or|than)\b",
    r"区别|不同|差[别异]|相比|对比|比较一?下|^比较|各有什么|有什么不一样",
    r"[哪谁][^？?]{0,12}(?:更|较|最)",
)
# "May I … on Saturday or Sunday?" asks for leave, "Is it A or B?" for one of the two.
_ALLOWED = _any(r"^(?:may|can|am|are|is)\b[^?]*\b(?:allowed|permitted)\b", r"^may\b")
_YES_NO = _any(
    r"^(?:(?:if|when|after|before|while|as|since|in|on|at|with|without|for|during|assuming|suppose"
    r"|given)\b[^?]*?,\s*)?"
    r"(?:may|can|could|must|do|does|did|is|are|was|were|has|have|had|will|would|should|shall|am)"
    r"(?:n['’]t)?\b"
    r"(?! you (?:tell|explain|show|give|list|describe|write|draft|translate|summari[sz]e)\b)",
    r"\b(?:whether|allowed to|permitted to)\b",
)
_YES_NO_ZH = _any(
    r"(?:吗|(?<![什甚怎那这多])么)\s*[？?。]?\s*$",
    r"是否|可否|能否|能不能|可不可以|是不是|有没有|要不要|需不需要|会不会|该不该|算不算|行不行",
)
_OR, _OR_ZH = re.compile(r"\bor\b"), re.compile("还是")
_SENTENCE = re.compile(r"(?<=[?？.。!！])\s*")
_EXPLANATION = _any(
    r"\bwhy\b|\bexplain\b|^describe\b|^how come\b|^tell me (?:about|more)\b",
    r"^what(?:'s| is| are) the (?:reasons?|purpose|idea|point|background|difference)\b",
    r"^what (?:does|do|is|are)\b.*\b(?:mean|meant|stand for)\b|^what(?:'s| is| are)\b.*\babout\b",
    r"^(?:[^?]*, )?what(?:'s| is| are)\b[^?,]* for(?: when\b[^?]*)?\?",
    r"^how (?:do|does|is|are|did|was|were)\b(?!\s+(?:i|we|you|one)\b).*"
    r"\b(?:work|works|organi[sz]ed|handled|structured|set up|decided|calculated)\b",
    r"为什么|为何|为啥|解释|什么意思|原因|理由|介绍|说明一下|含义|讲讲|讲什么|目的",
)
_STEPS = _any(
    r"\bhow (?:do|can|should|would|could|must|does|did|to|might|shall)\b",
    r"\b(?:steps|procedure|process|workflow|instructions?)\b",
    r"\bwhat (?:do|must|should|does|can)\b[^?]*"
    r"\b(?:have to do|need to do|do (?:if|when|to|first|next|after|before)|do\?)",
    r"流程|步骤|[哪要]?几步|[做办]些?什么才|需要做什|手续|程序是",
    r"(?:怎么|(?<!会)怎样|如何|咋)(?!规定|计算|算|处罚|认定|区分|理解|看待|说)",
)
_SEVERAL = _any(
    rf"{_ASKS}[^?]*(?:[,;]| and| or|\?)\s*"
    rf"(?:and |for |to |by |in |from |since |until )*{_ASKS}",
    r"\?\s*\S[^?]*\?",
    rf"{_ASKS_ZH}[^？?]*[，,、；;和与及并又？?][^？?]*{_ASKS_ZH}",
    r"分别|各[^，。？?]{0,3}(?:多少|几|什么)",
)
_LIST = _any(
    r"^(?:list|name|which|what)\b(?!'s\b| (?:is|was|does|did)\b)[^?]*"
    r"\b(?!(?:is|was|does|has|happens|this|his|its|process|business|address|status|access|bonus)\b)"
    r"[\w\-]{2,}s\b",
    r"^(?:list|name|enumerate)\b|\ball (?:the|of)\b|\bwho (?:are|were)\b",
    r"哪些|有哪|哪几|列出|列举|名单|包括什么|包含什么|包括哪|都有[谁什]|几种|几项",
)
_CASES = _any(
    r"\bwhat happens\b|\bdepend|\bfor how long\b|\bby when\b",
    r"\b(?:in|under) (?:which|what) (?:cases?|conditions?|circumstances?)\b",
    r"\b(?:if|when|unless|once)\b[^?]*,[^?]*\?",
    r"\bwhen (?:may|must|can|do|does|is|are|will|should)\b",
    r"如果|要是|若|的话|情况下|什么情况|什么条件|何种情形|超过|未满|会怎样|有什么后果",
    r"(?:怎么|如何|怎样)(?:规定|处罚|计算|算|认定)",
)
# The first that fits is taken, yes or no behind the comparison.
_KINDS = (
    (_EXPLANATION, Kind.EXPLANATION),
    (_STEPS, Kind.STEPS),
    (_SEVERAL, Kind.SEVERAL),
    (_LIST, Kind.LIST),
    (_CASES, Kind.CASES),
)


def kind_of(question: str) -> Kind:
    """Return the form in which a question wants its answer (Chinese and English are told)."""
    text = folded(question.strip()[:_LONGEST])
    opening = _OPENING.match(text)
    text = text[opening.end() if opening else 0 :] or text
    if _TASK.search(text):
        return Kind.TASK
    if _COMPARISON.search(text):
        return Kind.COMPARISON
    if any(map(_wants_yes_or_no, _SENTENCE.split(text))):
        return Kind.YES_NO
    return next((kind for pattern, kind in _KINDS if pattern.search(text)), Kind.FACT)


def _wants_yes_or_no(sentence: str) -> bool:
    """Tell whether a sentence asks whether something is so, and not which of two."""
    if _YES_NO_ZH.search(sentence) and not _OR_ZH.search(sentence):
        return True
    return bool(
        _ALLOWED.search(sentence) or (_YES_NO.search(sentence) and not _OR.search(sentence))
    )
