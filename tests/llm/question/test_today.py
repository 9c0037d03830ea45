"""Today's date: asked for, and told to a model where a question counts from now."""

from datetime import date

import pytest

from llm.question import asks_for_date, date_sentence, today_line

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "question",
    [
        "What is today's date?", "what day is it today", "Please tell me the date.",
        "今天几号？", "今天是几月几日", "请问今天星期几？", "今天是哪一天", "今天幾號？",
    ],
)  # fmt: skip
def test_today_s_date_is_asked_for(question: str) -> None:
    assert asks_for_date(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is the date of the launch?", "What is today's menu?", "今天几点下班？",
        "发薪日是几号？",
        "What day is payday?", "今天几号发工资？",
    ],
)  # fmt: skip
def test_another_date_is_not(question: str) -> None:
    assert not asks_for_date(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is the 2025 price list still valid?", "Which holidays are there this week?",
        "How long until the warranty of a logger bought in May ends?", "Has my contract expired?",
        "How many days are left to hand in expenses?", "What changes next month?",
        "今年春节放几天假？", "本月几号发工资？", "离年底还有几天？", "我的合同到期了吗？",
        "这个优惠还有效吗？",
        "現在還能申請嗎？", "下周一放假吗？",
    ],
)  # fmt: skip
def test_the_date_is_told_where_a_question_counts_from_now(question: str) -> None:
    assert today_line(question, TODAY, "en") == "Today is Monday, 30 November 2026."
    assert today_line(question, TODAY, "zh") == "今天是2026年11月30日，星期一。"


@pytest.mark.parametrize(
    "question",
    [
        "How many days of leave do I get a year?", "When is the HL-400 launched?",
        "What is the hotel limit in Beijing?", "年假有几天？", "去北京出差，住宿每晚最多报多少？",
        "每月几号发工资？",
        "Wie viele Urlaubstage gibt es?",
    ],
)  # fmt: skip
def test_it_is_not_told_otherwise(question: str) -> None:
    assert today_line(question, TODAY, "en") is None


def test_every_day_of_a_week_has_its_name() -> None:
    said = [date_sentence(date(2026, 11, 23 + n), "zh-Hant")[-2] for n in range(7)]
    assert said == list("一二三四五六日")
    assert date_sentence(date(2026, 3, 1), "de") == "Today is Sunday, 1 March 2026."
