"""Where a figure, date or name begins and ends in a text."""

import pytest

from ingest.text import value_span


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        # figures: currency, scale and unit
        ("It cost $50 million in all.", "50", "$50 million"),
        ("It cost $50 million in all.", "50 million", "$50 million"),
        ("It cost US$1.5 billion.", "1.5", "US$1.5 billion"),
        ("A share of 3.5 % of it", "3.5", "3.5 %"),
        ("They hired 20 employees in May.", "20", "20 employees"),
        ("They hired 20 in May.", "20", "20"),
        ("About 8,646 sq mi per year", "8,646", "8,646 sq mi"),
        ("Of 12,500 the rest", "500", "12,500"),
        ("营业收入为100亿元，增长", "100", "100亿元"),
        ("排放10000吨二氧化碳", "10000", "10000吨"),
        ("收获苹果1200.5亿斤，比上年多", "1200.5亿", "1200.5亿斤"),
        ("油箱容量为50升。", "50", "50升"),
        ("比例由5升至8", "5", "5"),
        ("厚度为12毫米的钢板", "12", "12毫米"),
        ("共有35席改选", "35", "35席"),
        ("人民币12.5亿元", "12.5", "人民币12.5亿元"),
        ("募集了10亿元人民币。", "10", "10亿元人民币"),
        ("应当提前 5 天预订。", "5", "5 天"),
        ("为85%的员工", "85", "85%"),
        ("等待3个工作日后", "3", "3个工作日"),
        ("共有300人参加", "300", "300人"),
        # dates
        ("成立于2005年6月15日，总部", "2005年", "2005年6月15日"),
        ("于2022年12月24日开售", "12月24日", "2022年12月24日"),
        ("In March 2019 the company", "March 2019", "March 2019"),
        ("on 5 May 2020 it opened", "May 2020", "May 2020"),
        ("since 2015 sales grew", "2015", "2015"),
        ("2021年收入", "2021", "2021年"),
        # names
        ("was the son of Gegeen Khan.", "Gegeen", "Gegeen Khan"),
        ("The Walt Disney Company bought it", "Disney", "Walt Disney Company"),
        ("by Digital Channel Inc. in June", "Digital Channel Inc", "Digital Channel Inc."),
        ("It ended. Rome fell.", "Rome", "Rome"),
        ("友贝平台。", "友贝平台", "友贝平台"),
        ("an external auditor came", "auditor", "auditor"),
        ("the high-speed train", "speed", "high-speed"),
    ],
)
def test_the_whole_of_it(text: str, found: str, whole: str) -> None:
    start = text.index(found)
    begin, end = value_span(text, start, start + len(found))
    assert text[begin:end] == whole


def test_the_whole_text_is_its_own() -> None:
    for text in ("7", "Rome", "七", "$", "5 %"):
        assert value_span(text, 0, len(text)) == (0, len(text))
