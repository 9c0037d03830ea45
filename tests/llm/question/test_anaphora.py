"""Which questions lean on what was said: the samples' and others, in both languages."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.text import script
from llm.question import Turn, is_follow_up, standalone

SAMPLES = Path(__file__).parents[3] / "data" / "samples"
QUERIES = [
    json.loads(line)["question"]
    for line in (SAMPLES / "queries.jsonl").read_text("utf-8").splitlines()
]

LEAVE = Turn("How many days of leave do I have?", "You have 26 days of leave [1].")


def leans(question: str) -> bool:
    return is_follow_up(question, [LEAVE])


@pytest.mark.parametrize(
    "question",
    [
        "那海外呢？", "那么实习生怎么办？", "还有别的要求吗？", "以及周末呢？", "苏州？",
        "陪产假呢", "多少钱？", "为什么？", "怎么申请？", "谁审批？", "由谁批准？", "需要审批吗？",
        "有例外吗？", "价格是多少？", "最晚什么时候？", "可以延期吗？", "实习生也一样吗？",
        "上海也有吗？", "这个标准什么时候生效？", "该制度由谁解释？", "上面说的期限是多久？",
        "前者的价格是多少？", "其价格是多少？", "他的电话是多少？", "其中设备占多少？",
        "如果超过了，这部分怎么办？",
        "它的价格呢？", "那笔钱什么时候付？", "同样的规定适用于实习生吗？",
    ],
)  # fmt: skip
def test_chinese_questions_that_lean(question: str) -> None:
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "And for contractors?", "What about weekends?", "How about in Rotterdam?", "Contractors?",
        "Who approves it?", "Who approves?", "Why?", "Why is that?", "How much?", "For how long?",
        "Since when?", "In euros?", "How heavy is it?", "What is the limit?", "What is the price?",
        "Is there a deadline?", "Any exceptions?", "Who is responsible?", "Who else?",
        "Can they be carried over?", "Is the same true for interns?", "Does that include weekends?",
        "And if I am late?", "What are its dimensions?", "Do interns get it too?",
        "Which one is cheaper?", "What does the latter cost?", "How long does it take?",
        "If they are late, who approves it?", "What if it is lost?", "When does it start?",
        "Does IT approve it?", "IS IT ALLOWED?", "What about IT?", "How many may attend?",
        "Do these rules apply in Wuhu?", "Does the department head approve it?",
    ],
)  # fmt: skip
def test_english_questions_that_lean(question: str) -> None:
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "", "？", "年假天数", "密码多长", "婚假几天？", "年假有几天呢？", "公司有食堂吗？",
        "怎么请假？", "几点上班？", "什么时候发工资？", "谁负责 HL-400 项目？",
        "请问年假怎么申请？", "其他国家的补贴是多少？", "其实年假有几天？",
        "应该找谁报销？", "我该找谁处理发票遗失？",
        "这个月几号发工资？", "这家公司在哪里？", "出差住宿也要发票吗？",
        "HL-200 和 HL-300 Pro 的保修期一样吗？", "部门经理和他的下属能合住一间吗？",
        "员工在试用期，他们可以远程办公吗？", "HL-300 Pro 的电池能自己换吗，它可以用多久？",
        "还有什么情况下HL-300 Pro不保修？", "其余部门的预算怎么报？",
        "换个问题，那年假呢？", "另外问一下，它的价格呢？",
    ],
)  # fmt: skip
def test_chinese_questions_that_stand_alone(question: str) -> None:
    assert not leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "Wi-Fi password", "travel policy", "What is VPN?", "What is E05?", "How long is probation?",
        "Where is the head office?", "When are salaries paid?", "Can I visit the factory?",
        "How many days of leave does the company give, and does it carry over?",
        "Is it allowed to use a private phone?", "What happens to devices that are lost?",
        "How long does it take to repair a logger?", "How much did it cost to rent a logger?",
        "Is this year's revenue higher than last year's?", "Who approves discounts above 18 %?",
        "What should I do if my laptop is stolen while I travel with it?",
        "Do employees who leave keep their laptop, or do they return it?",
        "Do new tenants get their keys before they move in?",
        "Does Wuhu have its own canteen and who runs it?",
        "What do those who drive to work receive?", "I lost my laptop. Must I report it?",
        "What is the size of the Chengdu office and its address?",
        "Can the logger be stored at the same temperature as food?",
        "By the way, what does it cost to park?", "Another question: who approves it?",
        "How much of the budget is for IT cabling?", "When does IT disconnect the screens?",
        "Who heads IT?", "What does the it department pack?", "Which team keeps our it running?",
        "How many may attend the training in Wuhu?", "Who else signs a lease above 3,000,000?",
        "And who audits the annual report?", "But how many loggers fit one gateway?",
        "Are there parking spaces at the office?", "Which password manager is allowed?",
    ],
)  # fmt: skip
def test_english_questions_that_stand_alone(question: str) -> None:
    assert not leans(question)


@pytest.mark.parametrize("question", QUERIES)
def test_no_question_of_the_samples_leans(question: str) -> None:
    assert not leans(question)


def test_a_long_question_names_what_it_is_about() -> None:
    assert leans("那它呢？")
    assert not leans("那它呢？" * 20)
    assert not leans("And what about it, " * 20)


@pytest.mark.parametrize(
    ("question", "only"),
    [
        ("那海外呢？", True), ("陪产假呢？", True), ("And the HG-10?", True),
        ("What about hospitals?", True), ("And for contractors?", True),
        ("它的价格呢？", False), ("那邮箱保留多久？", False), ("为什么？", False), ("Why?", False),
        ("What about its battery?", False), ("And how often must it be changed?", False),
    ],
)  # fmt: skip
def test_one_that_only_names_what_is_new_is_put_in_the_place_of_what_was_asked(
    scripted_chat: Any, question: str, only: bool
) -> None:
    """Then the model is shown that question alone, without what was asked since."""
    model = scripted_chat(texts=["x"])
    assert leans(question)
    standalone(question, [LEAVE, Turn("When?", "In May.")], model)
    shown = str(model.prompts[0][-1].content)
    assert LEAVE.question in shown
    assert ("When?" in shown) is not only


def test_the_script_of_a_question_is_chinese_with_one_such_character() -> None:
    assert (script("HL-400 呢？"), script("And the HL-400?")) == ("zh", "en")
