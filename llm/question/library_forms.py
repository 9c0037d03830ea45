"""The forms of questions about the library itself, in Chinese and English.

In capitals stand the parts that several forms have in common.
"""

from __future__ import annotations

import re

# -- English

_DOCUMENTS_EN = r"(?:documents?|docs?|files?|papers|pdfs?)"
_KIND_EN = r"(?P<kind>policies|manuals|guides|handbooks|(?:meeting )?minutes|reports|contracts)"
_ANY_EN = (
    rf"(?:{_DOCUMENTS_EN}|polic(?:y|ies)|manuals?|guides?|handbooks?|reports?|guidelines?"
    r"|contracts?)"
)
_SAY_EN = (
    r"(?:(?:is|are|talks?|speaks?|deals?)\s+(?:about|of|with)|(?:is|are) (?:concerning"
    r"|regarding|related to|relevant (?:to|for))"
    r"|mentions?|discuss(?:es)?|covers?|concerns?|address(?:es)?|has (?:something"
    r"|anything) (?:about|on)"
    r"|have (?:something|anything) (?:about|on)|say (?:something|anything) about"
    r"|says (?:something|anything) about)"
)
_ABOUT_EN = (
    r"(?:about|on|regarding|concerning|related to|that (?:mention|cover|discuss)|mentioning"
    r"|covering)"
)
_PLEASE_EN = r"(?:(?:please|hi|hello|can you|could you|would you|tell me|just)[\s,]+)*+"
_HERE_EN = (
    r"(?:\s+(?:(?:in|inside|of) (?:the|this|our|your|my) (?:library|knowledge base|database"
    r"|system|collection)"
    r"|here|there|available|(?:do )?(?:you|we) have|in total|in all|altogether|at all|please))*+"
)
_COLLECTION_EN = (
    r"(?:\s+(?:in|of|from) (?:the )?(?:collection (?P<c1>.+)|(?P<c2>[^\s]+) collection))?"
)
_TIME_EN = (
    r"(?:\s+(?P<time>today|yesterday|this week|this month|this year|last week|last month|lately"
    r"|recently|now"
    r"|(?:since|after) .{1,40}|(?:in|within|over|during) the (?:last|past) .{1,24}"
    r"|(?:the )?(?:last|past) .{1,24}))?"
)
_FORMS_EN = (
    ("topic", rf"(?:which|what) (?:of the )?{_ANY_EN}{_HERE_EN} {_SAY_EN} (?P<topic>.+)"),
    ("topic", rf"(?:which|what) {_ANY_EN} (?:do (?:we|you) have|are there|exist"
              rf"|can i find) {_ABOUT_EN} (?P<topic>.+)"),
    ("topic", rf"(?:do (?:we|you) have|have (?:we|you) got|are there|is there|do (?:we"
              rf"|you) know) (?:any|an|a|some)? ?(?:other )?"
              rf"{_DOCUMENTS_EN}{_HERE_EN} {_ABOUT_EN} (?P<topic>.+)"),
    ("topic", rf"(?:do (?:we|you) have|have (?:we|you) got) (?:anything|something"
              rf"|any information){_HERE_EN} (?:about|on|regarding) (?P<topic>.+)"),
    ("topic", r"is there (?:anything|something)(?: in the (?:library|documents"
              r"|knowledge base))? (?:about|regarding) (?P<topic>.+)"),
    ("topic", rf"(?:list|show|find|give|get|search for)(?: me)?(?: all| any)?(?: of)?(?: the"
              rf"| our)? {_DOCUMENTS_EN} {_ABOUT_EN} (?P<topic>.+)"),
    ("topic", rf"where (?:can i|do i"
              rf"|do we) find (?:the )?{_DOCUMENTS_EN} {_ABOUT_EN} (?P<topic>.+)"),
    ("count", rf"how many {_DOCUMENTS_EN}(?: (?:are|do|does|is)(?: there| you have| we have"
              rf"| (?:the|this) library (?:have|hold|contain))?)?"
              rf"(?: stored| loaded)?{_COLLECTION_EN}{_HERE_EN}"),
    ("new", rf"what(?:'s| is"
            rf"| are)?(?: the)? new(?: {_DOCUMENTS_EN})?{_HERE_EN}{_TIME_EN}{_HERE_EN}"),
    ("new", rf"what(?:'s| is| has| have| was| were)? (?:been )?(?:changed|added|updated"
            rf"|uploaded){_HERE_EN}{_TIME_EN}{_HERE_EN}"),
    ("new", rf"(?:which|what) {_ANY_EN}{_HERE_EN} (?:are|is|were|was|have been|has been)"
            rf"(?:(?: or| and|,)?(?: new| added| updated| changed| uploaded| modified))+"
            rf"{_TIME_EN}{_HERE_EN}"),
    ("new", rf"(?:which|what) {_ANY_EN}{_HERE_EN} (?:came in|arrived){_TIME_EN}{_HERE_EN}"),
    ("new", rf"(?:(?:list|show|give)(?: me)?|what are|which are|are there any|any|is there any"
            rf"|do we have any)(?: all)?(?: the)?"
            rf" (?:new|newest|latest|recent|recently (?:added|updated"
            rf"|uploaded)) {_ANY_EN}{_HERE_EN}{_TIME_EN}"),
    ("all", rf"(?:list|show|give|name)(?: me)?(?: all)?(?: of)?(?: the| our"
            rf"| your)? (?:{_DOCUMENTS_EN}|{_KIND_EN}){_COLLECTION_EN}{_HERE_EN}"),
    ("all", rf"(?:what|which) (?:{_DOCUMENTS_EN}|{_KIND_EN})(?: (?:are|is)(?: there| available"
            rf"| stored)?| do (?:you|we) have| exist)"
            rf"{_COLLECTION_EN}{_HERE_EN}"),
    ("all", r"what(?:'s| is| do (?:you|we) have) in (?:the|this|our|your) (?:library"
            r"|knowledge base)"),
    ("all", r"what is in (?:the )?collection (?P<c1>.+)|what is in the (?P<c2>[^\s]+) collection"),
)  # fmt: skip

# -- Chinese, Simplified; Traditional comes folded

_DOCUMENTS_ZH = r"(?:文件|文档|资料)"
_KIND_ZH = r"(?:规章|管理|公司)*(?P<kind>制度|手册|(?:会议)?纪要|报告|合同)"
_ANY_ZH = rf"(?:{_DOCUMENTS_ZH}|规章制度|制度|手册|纪要|报告|合同|办法)"
_PLEASE_ZH = r"(?:请问|请|麻烦|帮我|帮忙|给我|告诉我|你好|您好|我想知道|想知道|[，,\s])*+"
_HERE_ZH = (
    r"(?:(?:在|这个|我们的?|你的?|咱们的?|公司的?|本)*(?:知识库|资料库|文档库|文件库|库"
    r"|系统)(?:里面?|中|内|里头)?(?:的|都|一共|总共|现在|目前|共)*+"
    r"|我们|咱们|公司|现在|目前|一共|总共|这里|你这里|你|都)*+"
)
_WHICH_ZH = r"(?:哪些|什么|哪几[份个篇种]|多少[份个篇]?|些什么)"
_END_ZH = r"(?:呢|吗|啊|吧|了|的)*"
_COLLECTION_ZH = (
    r"(?:集合|分类|文件夹)?[“\"「『]?(?P<c1>[^“”\"「」『』]+?)[”\"」』]?(?:集合|这个集合)"
)
_TIME_ZH = (
    r"(?P<time>今天|昨天|本周|这周|这个?星期|本月|这个?月|今年|上周|上个?星期|上个?月|最近|近期"
    r"|近来|新近"
    r"|(?:最近|近|过去|这)[一二两三四五六七八九十\d]+个?(?:天|日|周|星期|月)|(?:自"
    r"|从)?.{1,12}?(?:以来|之后|以后|起))"
)
_ADD_ZH = r"(?:新增|更新|增加|添加|上传|新加|加入|修改|收录|导入|新添)"
_RELATED_ZH = r"(?:相关|有关)"
_FORMS_ZH = (
    ("topic", rf"{_HERE_ZH}(?:有|有没有)?(?:哪些|什么|哪几[份个]|哪[份个一])(?:份"
              rf"|个)?{_ANY_ZH}(?:中|里)?(?:都|是|会|有)?"
              rf"(?:提到|提及|涉及|谈到|讲到|说到|讲了|讲|关于|涵盖|介绍了?|包含)(?:了"
              rf"|过)?(?P<topic>.+?)(?:的(?:内容|规定)?)?{_END_ZH}"),
    ("topic", rf"{_HERE_ZH}(?:有|有没有)?(?:哪些|什么|哪几[份个]|哪[份个一])(?:份"
              rf"|个)?{_ANY_ZH}(?:是)?(?:和|跟|与|同)(?P<topic>.+?){_RELATED_ZH}(?:联|系)?{_END_ZH}"),
    ("topic", rf"{_HERE_ZH}(?:有没有|有)?(?:关于|有关"
              rf"|涉及)(?P<topic>.+?)(?:的)?(?:内容)?的?(?:有|都有|是)?(?:哪些|什么"
              rf"|哪几份){_ANY_ZH}{_END_ZH}"),
    ("topic", rf"{_HERE_ZH}(?:有没有|有)?(?:关于|有关"
              rf"|涉及)(?P<topic>.+?)的?{_ANY_ZH}(?:都)?(?:有|是)(?:哪些|什么|哪几份|多少|吗){_END_ZH}"),
    ("topic", rf"{_HERE_ZH}(?:有没有|有|是否有)(?:什么|任何)?(?:关于|有关|涉及|和|跟"
              rf"|与)(?P<topic>.+?)(?:{_RELATED_ZH})?的{_DOCUMENTS_ZH}{_END_ZH}"),
    ("topic", rf"(?:列出|查找|找出|找一?下?|显示|查一?下?|搜索)(?:所有|全部)?(?:关于|有关|涉及"
              rf"|和|跟|与)(?P<topic>.+?)(?:{_RELATED_ZH})?的?(?:所有|全部)?{_ANY_ZH}{_END_ZH}"),
    ("topic", rf"{_HERE_ZH}(?:和|跟|与)?(?P<topic>.+?){_RELATED_ZH}的?{_ANY_ZH}(?:都)?有(?:哪些"
              rf"|什么){_END_ZH}"),
    ("topic", rf"{_HERE_ZH}(?:有|有没有)(?:哪些|什么)(?:关于|有关"
              rf"|涉及)(?P<topic>.+?)的?{_ANY_ZH}{_END_ZH}"),
    ("count", rf"{_HERE_ZH}(?:有|存了|收录了?|包含)?{_HERE_ZH}(?:多少"
              rf"|几)[份个篇]?{_DOCUMENTS_ZH}{_END_ZH}"),
    ("count", rf"{_COLLECTION_ZH}(?:里面?|中|内)?(?:一共|总共)?有(?:多少"
              rf"|几)[份个篇]?{_DOCUMENTS_ZH}{_END_ZH}"),
    ("new", rf"{_HERE_ZH}{_TIME_ZH}{_HERE_ZH}(?:又|有|都|有没有)*(?:什么|哪些)?(?:新的?"
            rf"|{_ADD_ZH})(?:了|的)*(?:哪些|什么)?(?:新的?)?{_ANY_ZH}?{_END_ZH}"),
    ("new", rf"{_HERE_ZH}{_TIME_ZH}{_HERE_ZH}(?:有|都)*(?:哪些"
            rf"|什么)(?:新的?)?{_ANY_ZH}(?:是)?{_ADD_ZH}(?:了|的|过)*{_END_ZH}"),
    ("new", rf"{_HERE_ZH}(?:有|有没有)?(?:什么|哪些)?(?:最新|新)(?:{_ADD_ZH}"
            rf"|的)*{_ANY_ZH}(?:有(?:哪些|什么))?{_END_ZH}"),
    ("all", rf"{_HERE_ZH}有{_WHICH_ZH}(?:{_DOCUMENTS_ZH}|{_KIND_ZH}){_END_ZH}"),
    ("all", rf"{_HERE_ZH}(?:{_DOCUMENTS_ZH}|{_KIND_ZH})(?:都)?有(?:哪些|什么){_END_ZH}"),
    ("all", rf"(?:列出|列一?下|列举|显示|看看|看一?下|给出|说说)(?:所有"
            rf"|全部)?的?{_HERE_ZH}(?:所有|全部)?的?(?:{_DOCUMENTS_ZH}|{_KIND_ZH})(?:清单|列表"
            rf"|目录)?{_END_ZH}"),
    ("all", rf"(?:在|这个|我们的?|你的?)*(?:知识库|资料库|文档库|文件库|库)(?:里面?|中"
            rf"|内)?(?:都|一共|现在|目前)*(?:有|存了|装了|收录了?)(?:些)?(?:什么|啥|哪些)(?:东西"
            rf"|内容)?{_END_ZH}"),
    ("all", rf"(?:列出)?{_COLLECTION_ZH}(?:里面?|中|内)?的?(?:都)?(?:有(?:哪些|什么)|所有"
            rf"|全部)?的?{_DOCUMENTS_ZH}?{_END_ZH}"),
)  # fmt: skip
# Each with the kind of question that it is; a whole question must have the form.
FORMS = {
    "en": [(kind, re.compile(_PLEASE_EN + form)) for kind, form in _FORMS_EN],
    "zh": [(kind, re.compile(_PLEASE_ZH + form)) for kind, form in _FORMS_ZH],
}
# Words of which the title of a document of a kind has one.
_TITLES = {
    ("policies", "制度"): (
        "policy", "policies", "rules", "regulation", "制度", "办法", "规定", "政策", "守则", "细则",
    ),
    ("manuals", "guides", "handbooks", "手册"): (
        "manual", "handbook", "guide", "手册", "指南", "说明书",
    ),
    ("minutes", "纪要"): ("minutes", "meeting", "纪要"),
    ("reports", "报告"): ("report", "报告"),
    ("contracts", "合同"): ("contract", "agreement", "合同", "协议"),
}  # fmt: skip


def titles_of(kind: str | None) -> tuple[str, ...]:
    """Return the words by which titles of this kind of document are known; none without a kind."""
    return next((words for kinds, words in _TITLES.items() if kind and kind.endswith(kinds)), ())
