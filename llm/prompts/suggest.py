"""The prompt that has a question made of a passage, for people who do not know what to ask."""

from __future__ import annotations

from langchain_core.messages import BaseMessage

from llm.prompts.question import example_messages

# "Names what it is about": without it the 1.5B model asks "How many days in advance?", which
# nobody understands who has not just read the passage. "Not with yes or no": such a question
# tells a newcomer nothing of what the library holds. The third example names a year that stands in
# the title alone: "What was the turnover?" is asked of every year.
SUGGEST = {
    "zh": (
        "你帮助不熟悉这些资料的同事提问。针对下面这段资料，写一个同事会问的问题：资料里有明确的答案；"
        "问题说清楚问的是什么事，没读过资料的人也看得懂；不能用“是”或“否”回答；不提“资料”“文档”“本制度”；"
        "只问一件事。只写问题。"
    ),
    "en": (
        "You help colleagues who do not know these documents to ask. Write one question that a "
        "colleague would ask and that the excerpt answers. The question names what it is about, so "
        "that it is understood without the excerpt; it cannot be answered by yes or no; it does "
        "not speak of an excerpt, document or policy as such; it asks one thing. Write only the "
        "question."
    ),
}
# What a passage is of stands before it, so that the question can name it.
_GIVEN = {"zh": "出自：{place}\n资料：{text}", "en": "From: {place}\nExcerpt: {text}"}
_EXAMPLES = {
    "zh": (
        (
            "市图书馆读者须知 > 三、借阅 > 3.2 期限",
            "普通图书借期30天，可续借一次，续借期15天。期刊借期7天，不可续借。逾期每册每天收取0.1元。",
            "从市图书馆借的普通图书，最多可以续借多少天？",
        ),
        (
            "场馆停车管理办法 > 四、申请",
            "1. 需要长期车位的住户，每年12月向物业中心提交申请；\n2. 物业中心在10日内答复。",
            "住户怎样申请长期车位？",
        ),
        (
            "市图书馆2023年工作总结 > 一、读者",
            "全年接待读者41.2万人次，比上年增加6%；新办借书证3,860张，其中学生占四成。",
            "2023年市图书馆新办了多少张借书证？",
        ),
    ),
    "en": (
        (
            "Museum visitor guide > 2. Tickets > Groups",
            "Groups of ten and more pay 8 euros a head instead of 12. Groups book by telephone, at "
            "least five days before the visit. Teachers with a class have free entry.",
            "How many days ahead must a group book its visit to the museum?",
        ),
        (
            "Pool house rules > 5. Lost property",
            "What is found in the changing rooms is kept at the front desk for 14 days. After that "
            "it goes to the city's lost property office in Mill Street.",
            "Where do I get back something that I lost at the pool?",
        ),
        (
            "City library, yearly report 2023 > 1. Readers",
            "The library had 412,000 visits, 6 % more than the year before, and handed out 3,860 "
            "new library cards, four in ten of them to students.",
            "How many new library cards did the city library hand out in 2023?",
        ),
    ),
}  # fmt: skip


def suggest_messages(place: str, text: str, lang: str) -> list[BaseMessage]:
    """Return the prompt that has a question written, "zh" or "en", which a passage answers.

    `place` says what the passage is of: title and headings.
    """
    form = _GIVEN[lang]
    examples = [
        (form.format(place=where, text=said), question) for where, said, question in _EXAMPLES[lang]
    ]
    return example_messages(SUGGEST[lang], examples, form.format(place=place, text=text))
