"""What a question asks for, told by its words: the answer is then written in that form.

Whoever asks in a language that is not named here gets the form of a fact, which asks for a whole
sentence and what belongs to it.
"""

from __future__ import annotations

import re
from enum import StrEnum


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


# Courtesies, and a condition before the question itself: "If I am ill, may I …", “请问…”.
_OPENING = re.compile(
    r"\s*(?:(?:hi|hello|hey|dear all|good (?:morning|afternoon|evening)|please|quick question|so"
    r"|and"
    r"|say|ok(?:ay)?)\b[\s,:!.-]*"
    r"|(?:can|could|would|will) you (?:please )?(?:tell|show|give|remind) (?:me|us)\b\s*"
    r"|(?:please )?(?:tell|show|give) (?:me|us)\b\s*|i(?:'d| would) like to know\s*|do you know\s*"
    r"|你好[，,。！!]*|您好[，,。！!]*|请问一?下?[，,：:]*|想问一下[，,]*|我想知道"
    r"|請問一?下?[，,：:]*|麻烦[你您]?)*",
    re.IGNORECASE,
)
_ASKS_EN = r"(?:who|whom|whose|what|when|where|which|why|how)"
_SUBJECT_EN = (
    r"(?:i|we|you|one|they|he|she|it|employees?|staff|people|somebody|someone|anyone|a|an|the|my"
    r"|our"
    r"|new|interns?|visitors?|customers?|managers?)"
)
_ASKS_ZH = (
    r"(?:多少|几[天个次年月日点人元岁小成]|幾[天個次年月日點人元歲小成]|什么|什麼|谁|誰|哪|何时"
    r"|何時|怎么|怎麼|如何|多[久长長大高远遠])"
)

_COMPARISON = re.compile(
    r"\bdiffer(?:s|ent|ence|ences)?\b|\bcompar(?:e|es|ed|ison|ing)\b|\bversus\b|\bvs\b"
    rf"|\b{_ASKS_EN}\b[^?]*\b(?:more|less|fewer|longer|shorter|higher|lower|larger|bigger|cheaper"
    rf"|better)\b[^?]*\b(?:or|than)\b"
    r"|\bthe same (?:as|for)\b"
    r"|区别|區別|不同|差[别別异異]|相比|对比|對比|比较一?下|比較一?下|^比[较較]"
    r"|[哪谁誰][^？?]{0,12}(?:更|较|較|最)|各有什么|有什么不一样",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"^(?:translate|draft|compose|classify|extract|rewrite|rephrase|reply to|turn\b.*\binto"
    r"|put\b.*\b(?:into|in a)\b"
    r"|make (?:a|an|me a) (?:table|list|checklist|e-?mail|draft|poster|notice)|(?:write"
    r"|prepare) (?:me )?(?:a|an|the|some|two|three|one)\b|help me (?:write|draft))"
    r"|^(?:请|請|帮我|幫我|帮忙|给我|替我|把|将|將|根据|根據|按照?|用)*(?:.{0,30}(?:翻译|翻譯"
    r"|译成|譯成|改写|改寫|整理成|列成表|做成表|归类|歸類|分类|分類)|(?:写|寫|起草|草?拟|草?擬"
    r"|撰写|撰寫|生成)(?:一|个|個|份|封|则|則|篇|出|条|條))",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(
    r"^(?:why|explain|describe|how come|what(?:'s| is| are) the (?:reasons?|purpose|idea|point"
    r"|background|difference)"
    r"|what does\b.*\bmean\b|how (?:do|does|is|are|did|was|were)\b(?!\s+(?:i|we|you"
    r"|one)\b).*\b(?:work|works|organi[sz]ed|handled|structured|set up|decided|calculated)\b"
    r"|tell me (?:about|more)|what(?:'s| is| are)\b.*\babout)"
    r"|\bwhy\b|\bexplain\b"
    r"|为什么|為什麼|为何|為何|为啥|解释|解釋|什么意思|什麼意思|是什么原因|原因|理由|介绍|介紹"
    r"|说明一下|說明一下|含义|含義|讲讲|講講|讲什么|講什麼|目的",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    rf"\b{_ASKS_EN}\b[^?]*(?:[,;]| and| or|\?)\s*(?:and |for |to |by |in |from |since "
    rf"|until )*\b{_ASKS_EN}\b"
    rf"|\?\s*\S[^?]*\?"
    rf"|{_ASKS_ZH}[^？?]*[，,、；;和与與及并並又？?][^？?]*{_ASKS_ZH}|分别|分別"
    rf"|各[^，。？?]{0, 3}[是为為有要需]?(?:多少|几|幾|什么|什麼)",
    re.IGNORECASE,
)
_STEPS = re.compile(
    rf"\bhow (?:do|can|should|would|could|must|does|did|to|might|shall)(?: {_SUBJECT_EN})?\b"
    r"|\b(?:steps|procedure|process|workflow|instructions?)\b"
    r"|\bwhat (?:do|must|should|does|can)\b[^?]*\b(?:have to do|need to do|do (?:if|when|to|first"
    r"|next|after|before)|do\?)"
    r"|流程|(?:哪些|哪几个?|什么)?步骤|步驟|[哪要]?几步|幾步|[做办辦]些?什[么麼]才|需要做什|手续"
    r"|手續|程序是|(?:怎么|怎麼|(?<![会會])怎[样樣]|如何|咋)(?!规定|規定|计算|計算|算|处罚|處罰"
    r"|认定|認定|区分|區分|理解|看待|说|說)",
    re.IGNORECASE,
)
_YES_NO_EN = re.compile(
    r"^(?:(?:if|when|after|before|while|as|since|in|on|at|with|without|for|during|assuming"
    r"|suppose|given)\b[^?]*?,\s*)?"
    r"(?:(?:may|can|could|must|do|does|did|is|are|was|were|has|have|had|will|would|should|shall"
    r"|am)(?:n['’]t)?)\b(?! you (?:tell|explain|show|give|list|describe|write|draft|translate"
    r"|summari[sz]e)\b)"
    r"|\b(?:whether|allowed to|permitted to)\b",
    re.IGNORECASE,
)
# "May I … on Saturday or Sunday?" asks for leave, "Is it A or B?" for one of the two.
_MAY_EN = re.compile(
    r"^(?:may|can|am|are|is)\b[^?]*\b(?:allowed|permitted)\b|^may\b", re.IGNORECASE
)
_OR_EN = re.compile(r"\bor\b", re.IGNORECASE)
_OR_ZH = re.compile(r"还是|還是")
_PART = re.compile(r"(?<=[?？.。!！])\s*")
_YES_NO_ZH = re.compile(
    r"(?:[吗嗎]|(?<![什甚怎那这這多])[么麼])\s*[？?。]?\s*$|是否|可否|能否|能不能|可不可以|是不是"
    r"|有没有|有沒有|要不要|需不需要|会不会|會不會|该不该|算不算|行不行"
)
_CASES = re.compile(
    r"\bwhat happens\b|\b(?:in|under) (?:which|what) (?:cases?|conditions?|circumstances?)\b"
    r"|\bdepend"
    r"|\b(?:if|when|unless|once)\b[^?]*,[^?]*\?|\bwhen (?:may|must|can|do|does|is|are|will"
    r"|should)\b|\bfor how long\b|\bby when\b"
    r"|如果|要是|若|的话|的話|情况下|情況下|什么情况|什麼情況|什么条件|什麼條件|何种情形|超过"
    r"|超過|未满|未滿|(?:怎么|如何|怎样)(?:规定|处罚|计算|算|认定|處罰)|[会會]怎[样樣]"
    r"|有什么后果|有什麼後果",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^(?:list|name|which|what)\b[^?]*\b(?!(?:is|was|does|has|happens|this|his|its|process"
    r"|business|address|status|access|bonus)\b)[\w\-]{2,}s\b"
    r"|^(?:list|name|enumerate)\b|\ball (?:the|of)\b|\bwho (?:are|were)\b"
    r"|哪些|有哪|哪几|哪幾|列出|列举|列舉|名单|名單|包括什么|包含什么|包括哪|都有[谁誰什]|几种"
    r"|幾種|几项",
    re.IGNORECASE,
)


def kind_of(question: str) -> Kind:
    """Return the form in which a question wants its answer (Chinese and English are told)."""
    text = question.strip()[:400]
    text = text[_OPENING.match(text).end() :] or text  # type: ignore[union-attr]
    if _TASK.search(text):
        return Kind.TASK
    if _COMPARISON.search(text):
        return Kind.COMPARISON
    if any(_wants_yes_or_no(part) for part in _PART.split(text)):
        return Kind.YES_NO
    if _EXPLANATION.search(text):
        return Kind.EXPLANATION
    if _STEPS.search(text):
        return Kind.STEPS
    if _SEVERAL.search(text):
        return Kind.SEVERAL
    if _LIST.search(text):
        return Kind.LIST
    if _CASES.search(text):
        return Kind.CASES
    return Kind.FACT


def _wants_yes_or_no(part: str) -> bool:
    """Tell whether a sentence asks whether something is so, and not which of two."""
    if _YES_NO_ZH.search(part) and not _OR_ZH.search(part):
        return True
    return bool(_MAY_EN.search(part) or (_YES_NO_EN.search(part) and not _OR_EN.search(part)))
