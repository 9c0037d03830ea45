"""The form that a question asks for is told by its words, in Chinese and English."""

import pytest

from llm.question import Kind, kind_of

ASKED = {
    Kind.FACT: [
        "What is the limit for hotels?",
        "What does a badge cost for visitors?",
        "How many days of leave do I have?",
        "Who signs the contract?",
        "How long is the notice period?",
        "住宿费每晚最多报多少？",
        "住宿費每晚最多報多少？",
        "试用期是多久？",
        "財務部的電話是什麼？",
        "财务部的电话是什么",
    ],
    Kind.LIST: [
        "What documents do I need?",
        "Which documents do I need?",
        "List the holidays of 2026.",
        "Who are the members of the board?",
        "需要哪些材料？",
        "需要哪些資料？",
        "列出所有的假期类型。",
        "公司有几种假？",
    ],
    Kind.STEPS: [
        "How do I order a badge?",
        "How can I get a parking permit?",
        "What are the steps to return a laptop?",
        "怎么申请年假？",
        "怎麼申請年假？",
        "报销的流程是什么？",
        "報銷的流程是什麼？",
        "如何重置密码？",
    ],
    Kind.YES_NO: [
        "May I bring my dog to the office?",
        "Is breakfast paid?",
        "If I am ill, may I stay at home?",
        "可以带狗上班吗？",
        "可以帶狗上班嗎？",
        "能不能远程办公？",
        "是否需要經理批准？",
        "有没有餐补？",
        "这样行么？",
    ],
    Kind.CASES: [
        "What happens if I lose my key?",
        "When must I hand in the form?",
        "Under which conditions is a trip paid?",
        "如果丢了工牌会怎样？",
        "如果遺失工牌會怎樣？",
        "迟到怎么处罚？",
    ],
    Kind.EXPLANATION: [
        "Why was the canteen closed?",
        "Explain the bonus scheme.",
        "How does the bonus scheme work?",
        "What does FTE mean?",
        "What do we mean by a full-time equivalent?",
        "What is the blue badge for?",
        "为什么要关闭食堂？",
        "為什麼要關閉食堂？",
        "食堂关闭是为什么？",
        "解释一下绩效考核。",
    ],
    Kind.COMPARISON: [
        "What is the difference between plan A and plan B?",
        "Compare the two plans.",
        "Which is cheaper, the HL-1 or the HL-2?",
        "甲方案和乙方案有什么区别？",
        "甲方案和乙方案有什麼區別？",
        "哪个型号更便宜？",
    ],
    Kind.SEVERAL: [
        "Who signs the contract, and when does it end?",
        "When does it open? And when does it close?",
        "合同谁签，什么时候到期？",
        "合約誰簽，什麼時候到期？",
    ],
    Kind.TASK: [
        "Translate the travel rules into Chinese.",
        "Draft an e-mail to all staff about the new rules.",
        "Make a table of the prices.",
        "帮我写一份放假通知。",
        "幫我寫一份放假通知。",
        "把报销标准整理成表格。",
    ],
}
CASES = [(kind, question) for kind, questions in ASKED.items() for question in questions]
COURTESIES = {True: ("Hello, ", "Please tell me "), False: ("请问，", "你好，", "請問")}


def test_every_kind_is_asked_for() -> None:
    assert set(ASKED) == set(Kind)


@pytest.mark.parametrize(("kind", "question"), CASES)
def test_a_question_wants_its_form(kind: Kind, question: str) -> None:
    assert kind_of(question) is kind
    assert kind_of(f"  {question}\n") is kind


@pytest.mark.parametrize(("kind", "question"), CASES)
def test_a_courtesy_before_it_changes_nothing(kind: Kind, question: str) -> None:
    for courtesy in COURTESIES[question.isascii()]:
        rest = question[0].lower() + question[1:]
        assert kind_of(courtesy + rest) is kind


@pytest.mark.parametrize(
    "question",
    [
        "Wie viele Urlaubstage habe ich?",
        "Darf ich meinen Hund mitbringen?",
        "Сколько дней отпуска?",
        "休暇は何日ありますか",
        "Quels documents faut-il ?",
        "휴가는 며칠입니까?",
        "",
    ],
)
def test_other_languages_are_not_told(question: str) -> None:
    assert kind_of(question) is Kind.FACT
