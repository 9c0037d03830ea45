"""The rows of a table of which the question names none."""

import pytest

from llm.answer import Citation, CitedText
from llm.answer.table_rows import with_rows

TABLE = """Parking is free for these hours:

| Kind | Place | Hours |
|---|---|---|
| cars | yard | 4 |
| lorries | gate | 9 |

Ask the porter."""
表 = "| 车型 | 位置 | 小时 |\n|---|---|---|\n| 轿车 | 院内 | 4 |\n| 货车 | 门口 | 9 |"


def told(answer: str, quote: str, question: str, lang: str, text: str) -> str:
    cited = CitedText(answer, (Citation(1, "d", "p", None, "", quote, "c"),))
    return with_rows(cited, question, lang, [text]).text.removeprefix(answer)


@pytest.mark.parametrize("answer", ["4 hours.[1]", "Four.[1]"])
def test_all_rows_follow_where_any_may_be_meant(answer: str) -> None:
    assert told(answer, "| cars | yard | 4 |", "How long may I park?", "en", TABLE) == (
        "\n\nAll rows of that table:"
        "\n- Kind: cars · Place: yard · Hours: 4[1]"
        "\n- Kind: lorries · Place: gate · Hours: 9[1]"
    )


def test_in_chinese() -> None:
    assert told("4小时[1]", "| 轿车 | 院内 | 4 |", "可以停多久？", "zh", 表) == (
        "\n\n表中各项："
        "\n- 车型: 轿车 · 位置: 院内 · 小时: 4[1]\n- 车型: 货车 · 位置: 门口 · 小时: 9[1]"
    )


def test_rows_without_their_header() -> None:
    rows = "| cars | yard | 4 |\n| lorries | gate | 9 |"
    assert told("4[1]", "| cars | yard | 4 |", "How long may I park?", "en", rows).endswith(
        "\n- cars · yard · 4[1]\n- lorries · gate · 9[1]"
    )


@pytest.mark.parametrize(
    ("answer", "quote", "question"),
    [
        ("4 hours.[1]", "| cars | yard | 4 |", "How long may cars park?"),  # names its row
        ("9 hours.[1]", "| cars | yard | 4 |", "How long may lorries park?"),  # or another
        ("4 for cars, 9 for lorries.[1]", "| cars | yard | 4 |", "How long may I park?"),  # told
        ("The porter.[1]", "Ask the porter.", "Who knows?"),  # no row
        ("4[1]", "| cars | yard | 4 |", "可以停多久？"),  # words of two languages are not compared
    ],
)
def test_an_answer_that_stays(answer: str, quote: str, question: str) -> None:
    assert told(answer, quote, question, "en", TABLE) == ""


def test_a_long_table_is_no_few_cases() -> None:
    rows = "\n".join(f"| kind{n} | {n} |" for n in range(7))
    assert told("3[1]", "| kind3 | 3 |", "How long may I park?", "en", rows) == ""
