"""What is measured of one answer."""

import pytest

from app.evaluation import Item, Reply, score_answer

Expected = list[list[str]]
CELL = ("x", "en", "en", "answerable")


def item(expected: Expected, evidence: list[str] | None = None) -> Item:
    groups = tuple(map(tuple, expected))
    return Item(*CELL, id="1", question="?", expected=groups, evidence=tuple(evidence or ()))


def reply(text: str, *quotes: str, refused: bool | None = False) -> Reply:
    return Reply(text, refused, quotes, 1.0, 2.0)


def test_marks_are_no_part_of_an_answer() -> None:
    def holds(text: str, *wanted: str) -> bool | None:
        return score_answer(item([[one] for one in wanted]), reply(text)).accuracy

    assert holds("共12人[1][23]，见下。【4】", "共12人，见下。")
    assert not holds("共12人[1][23]，见下。【4】", "23")
    assert holds("It was 25 days [1, 2]. In [2022] too.", "It was 25 days. In [2022] too.")
    got = score_answer(item([["25"]]), reply("It is long.[25]"))
    assert (got.accuracy, got.numbers) == (False, False)


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
    assert score_answer(item(expected), reply(answer)).accuracy is right


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
    assert score_answer(item(expected), reply(answer)).numbers is right


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
    assert score_answer(item(expected), reply(answer)).f1 == f1


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
    assert score_answer(item([]), reply(answer, refused=None)).refused


def test_a_doubt_at_the_end_of_a_long_answer_is_no_refusal() -> None:
    for answer in (
        "The mill ground its first rye in 1998. " * 5 + "The rest is not mentioned.",
        "共十二人死亡。",
    ):
        assert not score_answer(item([]), reply(answer, refused=None)).refused


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
    got = score_answer(item(expected, evidence), reply("So it is.", quote))
    assert (got.citations, got.citations_right) == (1, right)


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
    got = score_answer(item([["25"]]), reply(answer))
    assert (got.claims, got.claims_cited) == claims


ITEM = item([["25 days", "25"]])
OPEN = Item("x", "en", "en", "unanswerable", "2", "Why?", answerable=False)


def test_an_answer_with_a_citation() -> None:
    answer = reply("It is 25 days.[1] Not 3.", "All have 25 days.", "No.")
    got = score_answer(ITEM, answer)
    assert (got.accuracy, got.numbers, got.refused) == (True, True, False)
    assert (got.citations, got.citations_right) == (2, 1)
    assert (got.claims, got.claims_cited) == (2, 1)


def test_a_program_without_citations_is_not_measured_by_them() -> None:
    got = score_answer(ITEM, reply("I don't know, perhaps 25 days.", refused=None))
    assert (got.accuracy, got.refused) == (True, True)
    assert (got.citations, got.claims) == (0, 0)


def test_our_refusals_are_told_by_their_field() -> None:
    assert not score_answer(OPEN, reply("Nobody: I don't know.")).refused
    got = score_answer(OPEN, reply("The documents hold 25 words.", refused=True))
    assert (got.refused, got.accuracy, got.f1, got.claims) == (True, None, None, 0)


def test_citations_of_a_question_without_answer_are_neither_right_nor_wrong() -> None:
    assert score_answer(OPEN, reply("So be it.[1]", "So be it.")).citations == 0
