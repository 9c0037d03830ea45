"""The measures of one answer."""

import pytest

from app.evaluation.answer_metrics import (
    bears_out,
    cited_claims,
    contains,
    has_numbers,
    says_no,
    token_f1,
    without_marks,
)

Expected = list[list[str]]


def test_marks_are_no_part_of_an_answer() -> None:
    assert without_marks("共12人[1][23]，见下。【4】") == "共12人，见下。"
    assert (
        without_marks("It was 25 days [1, 2]. In [2022] too.") == "It was 25 days. In [2022] too."
    )


@pytest.mark.parametrize(
    ("answer", "expected", "right"),
    [
        ("It is in TAMPA, Florida.", [["Tampa, Florida"]], True),
        ("共１２人", [["12人"]], True),
        ("1月3日", [["1月3日"], ["1月12日"]], False),
        ("1月3日和1月12日", [["1月3日"], ["1月12日"]], True),
        ("$50 million in May, 20000吨的排放", [["$50 million."], ["20000吨。"]], True),
        ("at five", [["."]], False),
        ("at nine", [["9", "nine"]], True),
        ("at ten", [["9", "nine"]], False),
        ("anything", [], None),
    ],
)
def test_an_answer_contains_one_string_of_each_group(
    answer: str, expected: Expected, right: bool | None
) -> None:
    assert contains(answer, expected) is right


@pytest.mark.parametrize(
    ("answer", "expected", "right"),
    [
        ("1200 in May, 5 later", [["1,200"]], True),
        ("净利润为3.5亿元", [["3.5 亿，同比增长12%"]], False),
        ("增长１２%，达3.5亿元", [["3.5 亿，同比增长12%"]], True),
        ("nine", [["9", "nine"]], False),
        ("it was 9", [["9", "10 o'clock"]], True),
        ("Ann, 9", [["Ann"], ["9"]], True),
        ("Ann", [["Ann"], ["Bob"]], None),
    ],
)
def test_the_numbers_of_the_expected_answer(
    answer: str, expected: Expected, right: bool | None
) -> None:
    assert has_numbers(answer, expected) is right


@pytest.mark.parametrize(
    ("answer", "expected", "f1"),
    [
        ("The Denver Broncos!", [["denver broncos"]], 1),
        ("in Denver", [["Denver", "in the city"]], pytest.approx(2 / 3)),
        ("北京市", [["北京"]], pytest.approx(0.8)),
        ("2023年", [["2023"]], pytest.approx(2 / 3)),
        ("Ann and Bob", [["Ann"], ["Bob"]], pytest.approx(0.8)),
        ("no", [["yes"]], 0),
        ("", [["yes"]], 0),
        ("no", [], None),
    ],
)
def test_tokens_are_words_and_in_chinese_characters(
    answer: str, expected: Expected, f1: float | None
) -> None:
    assert token_f1(answer, expected) == f1


@pytest.mark.parametrize(
    "answer",
    [
        "I don’t know.",
        "The context does not mention a dividend.",
        "Unable to answer",
        "根据上述信息，没有提及该公司的股息。",
        "",
    ],
)
def test_other_programs_refuse_in_their_own_words(answer: str) -> None:
    assert says_no(answer)


def test_a_doubt_at_the_end_of_a_long_answer_is_no_refusal() -> None:
    assert not says_no("The mill ground its first rye in 1998. " * 5 + "The rest is not mentioned.")
    assert not says_no("共十二人死亡。")


@pytest.mark.parametrize(
    ("quote", "evidence", "expected", "right"),
    [
        ("It appointed a chair, in May.", ["appointed a chair in May"], [["Ann"]], True),
        ("a chair", ["It appointed a chair in May."], [], True),
        ("It paid Ann.", ["It appointed a chair in May."], [["Ann"]], False),
        ("It paid Ann.", [], [["Bob"], ["ann"]], True),
        ("It paid.", [], [["Bob"]], False),
        ("…", ["It appointed a chair"], [], False),
    ],
)
def test_a_quote_bears_an_answer_out(
    quote: str, evidence: list[str], expected: Expected, right: bool
) -> None:
    assert bears_out(quote, evidence, expected) is right


@pytest.mark.parametrize(
    ("answer", "claims"),
    [
        ("It costs 25 euros.[1] It came late in spring.", (2, 1)),
        ("It costs 25 euros [1]. Annual leave lasts longer [2].", (2, 2)),
        ("Yes. So says Ann, and Bob does.[1]", (1, 1)),
        ("住宿上限为600元[1]。是的。普通员工每晚同样报销。", (2, 1)),
        ("一类城市六百元。[1][2]其他城市四百元。", (2, 1)),
        ("No.", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_sentences_that_claim_something_and_those_with_a_mark(
    answer: str, claims: tuple[int, int]
) -> None:
    assert cited_claims(answer) == claims
