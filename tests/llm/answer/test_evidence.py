"""What of a statement is borne out: figures by their worth, names by their words."""

from __future__ import annotations

import pytest

from llm.answer import Evidence, arithmetic

HANDBOOK = """[1] (Handbook > 4.2 Leave)
Staff get 1,200 euros a year and 25 days of leave; the password has twelve characters.
Ask by 1 March 2026, from 9 am to 17:00. The store holds 16 GB. Then:
- fill in the form
- have it signed by Ms. Lind
- send it to the office of the team
- keep a copy
3. Wait for the reply.
"""
ZH = (
    "[2] 预算为2.65万元，报销比例为百分之十五，上午九点开始，试用期三个月，共一千二百人。见第三条。"
)


def told(statement: str, question: str = "How much?", *passages: str) -> list[tuple[str, str]]:
    found = Evidence(question, passages or (HANDBOOK, ZH)).check(statement)
    return [(problem.kind, problem.text) for problem in found]


@pytest.mark.parametrize(
    "statement",
    [
        "The budget is **1200** euros.",
        "The budget is 1.2 thousand euros.",
        "预算为一千二百欧元。",
        "共1.2千人",
        "It has 12 characters.",
        "预算为26,500元",
        "15 per cent is paid, 15％",
        "The deadline is 2026-03-01.",
        "on March 1st",
        "2026年3月1日之前",
        "上午9点",
        "at 9:00, until 5 pm",
        "试用期3个月",
        "twenty-five days",
        "You get 25.",  # no unit named
        "- 16 GB",
    ],
)
def test_a_figure_is_borne_out_by_what_it_is_worth(statement: str) -> None:
    assert told(statement) == []


@pytest.mark.parametrize(
    ("statement", "figure"),
    [
        ("The budget is 1,300 euros.", "1,300 euros"),
        ("The budget is 1.2 million euros.", "1.2 million euros"),
        ("The budget is 1,200 dollars.", "1,200 dollars"),
        ("You get 25 euros.", "25 euros"),
        ("The store weighs 16 kg.", "16 kg"),
        ("2 March 2026", "2 March 2026"),
        ("1 April 2026", "1 April 2026"),
        ("1 March 2025", "1 March 2025"),
        ("It begins at 10:00.", "10:00"),
        ("报销百分之十六", "百分之十六"),
        ("预算为26.5万元", "26.5万元"),
        ("It has thirteen characters.", "thirteen"),
        ("within fourteen days", "fourteen days"),
    ],
)
def test_a_made_up_figure_is_told(statement: str, figure: str) -> None:
    assert told(statement) == [("figure", figure)]


def test_may_and_march_are_months_only_where_they_are() -> None:
    source = "You may march 10 km. May I ask? By the end of May 2020 it was over."
    assert told("You may march.", "How?", source) == []
    assert told("It was over in May.", "When?", source) == []
    assert told("It takes 5 days.", "How?", source) == [("figure", "5 days")]
    assert told("It takes 3 hours.", "How?", source) == [("figure", "3 hours")]


def test_numbers_that_label_are_no_evidence_and_need_none() -> None:
    assert told("3. Wait for the reply [2].") == []
    assert told("Step 7: wait for the reply, see Section 9.1.") == []
    assert told("It costs 2 euros.") == [("figure", "2 euros")]  # [2] is a passage
    assert told("It takes 3 weeks.") == [("figure", "3 weeks")]  # "3." is a step
    assert told("第九条：写申请") == []


def test_a_label_that_is_asked_for_stands_as_a_label() -> None:
    assert told("Section 4.2 says it.", "Which section says it?") == []
    assert told("Section 4.3 says it.", "Which section says it?") == [("figure", "Section 4.3")]
    assert told("在第3条", "在第几条？") == []
    assert told("在第四条", "在第几条？") == [("figure", "第四条")]


def test_what_is_counted_in_a_list_is_borne_out() -> None:
    assert told("There are 4 things to do.") == []
    assert told("There are four things to do.") == []
    assert told("Three of them: the form, the copy and the office.") == []
    assert told("There are 19 things to do.") == [("figure", "19")]


SEATS = "Room A has 42 seats and room B 18 seats, for 5 teams."


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        ("In total 60 seats (42 + 18 = 60).", "42 + 18 = 60"),
        ("Together 60 seats.", "42 + 18 = 60"),
        ("A has 42 seats, B 18 seats: 24 seats apart.", "42 - 18 = 24"),
        ("Together 61 seats (42 + 18 = 61).", None),
        ("Together 47 seats.", None),
        ("Together 60 euros.", None),
        ("Room C has 60 seats.", None),  # nobody asks for a sum, or tells one
        ("42 seats", None),
    ],
)
def test_a_sum_of_what_stands_in_the_passages(statement: str, shown: str | None) -> None:
    assert arithmetic("How many?", statement, [SEATS]) == shown
    assert bool(told(statement, "How many?", SEATS)) is (shown is None and statement != "42 seats")


NAMES = "The head of the company is Mara Lind of Bolt Mills in Norway. Its trade is run by the MSE."


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("It is headed by Ole Berg.", "Ole Berg"),
        ("The head is Mara Berg.", "Mara Berg"),
        ("Mara heads the Norwegian company.", ""),
        ("In May it is in English, on the Mill Stock Exchange.", ""),  # MSE
        ("**Point Of Contact**: Mara Lind", ""),
        ("Tomorrow the company is sold.", ""),
        ("Who heads Zeta Works?", ""),  # the question has it
    ],
)
def test_a_name_that_stands_nowhere_is_told(statement: str, name: str) -> None:
    found = told(statement, "Who heads it, or Zeta Works?", NAMES)
    assert [text for kind, text in found if kind == "name"] == ([name] if name else [])
    assert told(statement, "Who heads it, or Zeta Works?", f"(简介) {NAMES}") == found


def test_names_of_other_writings_and_languages_are_free() -> None:
    assert told("It is headed by Ole Berg.", "Who?", "公司由奥勒·贝里领导。") == []
    assert told("It is headed by Ole Berg.", "谁？", NAMES) == []
    german = "Die Firma mit Sitz in Oslo wird von Frau Lind geleitet und hat eine Leitung."
    assert told("Die Firma hat ihren Hauptsitz in Oslo, mit Frau Lind.", "Wo?", german) == []
    assert told("见《员工手册》", "何处？", "员工手册第三条") == []
    assert told("见《旅行指南》", "何处？", "员工手册第三条") == [("name", "《旅行指南》")]


def test_nothing_of_a_statement_stands_in_the_passages() -> None:
    unicorns = "Unicorns fly over silver mountains."
    assert told(unicorns) == []  # of passages in two writings, one may say it
    assert told(unicorns, "How much?", HANDBOOK) == [("nothing", unicorns)]
    assert told("The sum granted yearly helps staff on leave.", "?", HANDBOOK) == []
    assert told("独角兽飞过月球的山", "多少？", ZH) == [("nothing", "独角兽飞过月球的山")]
    assert told("Единороги летают над горами.", "?", HANDBOOK) == []


def test_evidence_is_made_once_for_several_statements() -> None:
    evidence = Evidence("Leave?", [HANDBOOK])
    assert evidence.check("25 days") == ()
    assert [problem.kind for problem in evidence.check("26 days")] == ["figure"]
    assert evidence.check("") == ()
    assert Evidence("", []).check("") == ()
