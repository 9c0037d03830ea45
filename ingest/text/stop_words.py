"""Words that say nothing about what a text is on: all the lists of them, each for its use.

They have much in common but are not one: each was measured where it is used, and a word more in one
of them would change keywords, answers or measures. A new use takes the list that is nearest.
"""

import re

# Left out of the keyword index and of questions to it. Words of asking are rare in documents, so
# that a measure of rare words would take them for telling.
KEYWORD_STOP_WORDS = {
    "zh": frozenset(
        """
的 了 是 在 和 与 及 或 也 都 就 而 着 之 其 此 该 为 以 于 被 把 对 从 到 向 由 让 给 并 且
但 因 所 这 那 哪 几 谁 吗 呢 吧 啊 么 何 怎 它 他 她 们 我 你 您 很 将 又 则 个 等 有 什么
多少 哪些 哪个 哪里 哪儿 哪一 哪年 哪位 哪种 怎么 怎样 怎么样 如何 为什么 为何 何时 何地 多久
几个 是否 有没有 可以 能否 请问 请 一个 它们 他们 她们 我们 你们 什么样 这个 那个 这些 那些
以及 进行 关于 通过 根据 其中 什么时候
""".split()  # noqa: SIM905
    ),
    "en": frozenset(
        """
a an the of in on at to for from by with and or but as is are was were be been being do does
did done has have had having what which who whom whose when where why how many much that this
these those it its he she they them their his her i you we our your there than then so such
not no if can could would will shall should may might must about into over after before
between during through under above also any some all each other more most s t don didn doesn
isn wasn please tell me
""".split()  # noqa: SIM905
    ),
}
# Too common to tell one sentence from another (English; Chinese is compared by pairs).
OVERLAP_STOP_WORDS = frozenset(
    """
the a an of to in on at for and or is are was were be been by with as that this it its
from which who will would can may must not no than then per each if
""".split()  # noqa: SIM905
)
# No part of a name (English): small words, how people are addressed, what stands for a sign.
NAME_STOP_WORDS = frozenset(
    "the and for mrs miss sir prof usd rmb cny eur gbp yes none".split()  # noqa: SIM905
)
# Not counted among the words of an answer, as SQuAD's script has it (English).
ARTICLES = frozenset(("a", "an", "the"))
# What a follow-up may lose when it is written out.
REWRITE_STOP_WORDS = re.compile(
    r"\b(?:wh\w+|how|and|but|so|that|this|th[eo]se|they|them|their|does|have|will|would|could"
    r"|should|must|with|from|about|same|many|much)\b|什么|时候|多|[的了呢吗是有在就那这它他她们么几谁哪怎为何如请问个]",
    re.IGNORECASE,
)
# What names no subject: asking words, small words, and words that are the … of something or
# are done to something. A question of nothing but these lacks its subject.
NO_SUBJECT = {
    "zh": re.compile(
        r"什么时候|什么|何时|时候|为何|怎么样?|如何|多[少久长大高重远]|[几谁哪吗呢吧啊呀]|请问"
        r"|可不可以|可以|[能会要]不[能会要]|有没有|是不是|是否|需要|必须|应该|如果|要是|超过|超出"
        r"|价格?|费用|期限|上限|下限|限额|标准|原因|理由|条件|流程|手续|重量|尺寸|地址|电话|日期|时间"
        r"|负责人?|区别|例外|比例|金额|数量|单位|名字|投产|推迟|延期|报告|审批|批准|申请|生效|开始|结束"
        r"|到期|提交|支付|发放|退|换|结转|取消|延长|办理|开通|修好|启用|上市|发货|到货|付款|还清|还款|关闭"
        r"|适用|处罚|通知|登记|收费|计算|最[多少高低晚早]|一共|大概|[天年月日号周次个位钱块元点]"
        r"|[的了是有在才就能可要会得到从向给找由为跟被把再最还需该过去来里说]"
    ),
    "en": re.compile(
        r"(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|am|be|been|do|does|did|can"
        r"|could|may|might|must|shall|should|will|would|has|have|had|the|a|an|of|to|for|in|on|at|by"
        r"|with|from|until|since|up|out|about|over|any|some|all|no|not|i|we|you|me|us|my|our|your|one"
        r"|and|or|if|but|so|many|much|long|often|soon|far|early|late|heavy|big|large|old|high|wide"
        r"|exactly|only|there|same|more|less|most|least|need|get|please|don't|see|price|costs?|limit"
        r"|reason|deadline|amount|rate|weight|size|address|phone|number|date|time|fee|conditions?"
        r"|difference|maximum|minimum|exceptions?|owner|details?|approve[sd]?|pays?|paid|decides?|starts?|ends?"
        r"|expires?|appl(?:y|ies|ied)|cancel(?:led)?|launched|delayed|postponed|changed?|begins?"
        r"|charged|responsible|happens?|reported|delivered|renewed?|extended?)$",
        re.IGNORECASE,
    ),
}
