"""The words, Chinese and English, by which a question is seen to lean on what was said."""

from __future__ import annotations

import re

# Says itself that what was spoken of is over.
NEW_SUBJECT = re.compile(
    r"[换另]一?个?(?:问题|话题)|[再另顺](?:外|便)?[问说]|问个?别的|说点别的|新的?问题"
    r"|(?:a |an |one |my )?(?:another|new|different|next|unrelated) (?:question|topic|subject)\b"
    r"|(?:now )?(?:for )?something (?:else|different)\b|by the way\b"
    r"|chang(?:e|ing) (?:of |the )?subject\b",
    re.IGNORECASE,
)

OPENING = {
    "zh": re.compile(
        r"那么|那(?![个些种项笔里边时天份家位])|以及|至于|但是?|可是|不过|所以|然后"
        r"|还有(?:[，,]|什么|哪些|别的|其[他它]|吗|呢|没有|谁|.{1,12}呢)"
    ),
    "en": re.compile(r"(?:and|but|or|so|then|also|(?:what|how) about)\b", re.IGNORECASE),
}

# "这个月" and "this week" are told by the calendar; 其他 and 应该 refer to nothing.
REFERENCE = {
    "zh": re.compile(
        r"[它她]们?|(?<![其吉])他们?(?!人)|前者|后者|上述|上面|刚才|前面[说提讲的]"
        r"|这(?!个?(?:月|季度|星期|公司)|周|年|里|边|儿|么|几天|家公司|段时间)"
        r"|那[个些种项笔里边时份家位]"
        r"|(?:^|请问|(?<=[，,对由按在从与]))其(?![他它实次余])"
        r"|(?:^|请问|(?<=[，,对由按在从与]))该(?![怎如由找去不向从在用填报申做办走提交多几什])"
        r"|[对为据因]此(?![外次])|^同样|同样适用|(?<![和与跟同].)(?:也|都|还是)一样"
        r"|也(?:是|有|行|可以|适用|算|要|包括|能|需要|会)?(?:这样)?[吗么]?[？?]*$"
    ),
    "en": re.compile(
        r"\b(?:it|they|them|theirs|he|him|she|hers)\b|\b(?:its|their|his|her)\b(?! own\b| or her\b)"
        r"|\bthis\b(?! (?:year|month|week|quarter|morning|afternoon|company|office|library)\b)"
        r"|\bthese\b(?! days\b)|\bthose\b(?! (?:who|that|of|with|in)\b)"
        r"|(?:^|\b(?:is|was|are|does|do|did|can|could|may|will|would|should|has|about|for|of|after"
        r"|before|with|to|in|on|at|by|than|from|under|why|if|when|change|mean) )that\b"
        r"|\bthat(?=[?.!,]*$)|\bthe same\b(?! (?:day|time|week|month|year)\b)(?!.* as\b)"
        r"|\bthe latter\b|\bthe (?:former|above|others?|(?:\w+ )?ones?)"
        r"(?=[?.!,]*$| (?:is|are|and)\b)"
        r"|\b(?:this|that|which|other) ones?\b"
        r"|\b(?:too|as well|there|then)[?.!]*$",
        re.IGNORECASE,
    ),
}
# Goes on from what was said as an opening does, unless the question itself names what it is about:
# "How many may attend?", "How many may attend the training in Wuhu?"
GOES_ON_EN = re.compile(
    r"^how many (?=(?:can|may|must|are|do|did)\b)|\b(?:who|what|where|anything) else\b",
    re.IGNORECASE,
)
# "IT cabling" and "the it department" speak of a department, "US staff" of a country. All held
# against the question as it was typed.
ABBREVIATION = re.compile(
    r"\b(?:IT|US|WHO|HIS)\b|(?<=\b[Tt]he )it\b|(?<=\b[Oo]ur )it\b"
    r"|\b[Ii]t(?= (?:department|team|staff|colleagues?|people|manager|help ?desk|equipment|hardware"
    r"|infrastructure|systems?|cabling)\b)"
)
# One of these may stand behind a name without a break: the night guards get their badges.
POSSESSIVE = re.compile(r"(?:its|their|his|her)$", re.IGNORECASE)
# "Is it allowed to …", "how long does it take to …": this it stands for what follows.
EMPTY_IT = re.compile(
    r"\bit(?: is| was)?(?: \w+)? (?:allowed|possible|permitted|necessary|okay|ok|required|mandatory"
    r"|true|legal|forbidden|enough|better|safe|takes?|costs?|means?)(?= .*\b(?:to|that|if|for)\b)"
    r"|\bit (?=(?:take|cost|mean)s? .*\b(?:to|that|if|for)\b)",
    re.IGNORECASE,
)
# What parts a reference from a name before it in the same question.
BREAK = {
    "zh": re.compile(r"[，,、；;。？?]|以?及|和|与|或"),
    "en": re.compile(
        r"[,;.?]|\b(?:and|but|or|if|when|after|before|because|while|until|than|who|which)\b"
        r"|(?<!have )(?<!need )(?<!has )\bto\b",
        re.IGNORECASE,
    ),
}
ASKS_ZH = re.compile(
    r"什么|多[少久长大高重远]|几|谁|哪|怎|为何|吗|如何|是不是|[能会要]不[能会要]|有没有|是否|何时"
)
VERB_EN = re.compile(
    r"\b(?:is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have)\b", re.I
)
PREPOSITION_EN = re.compile(
    r"(?:for|in|on|at|with|without|from|until|since|by|only|even|not)\b", re.I
)
