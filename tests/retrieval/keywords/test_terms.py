"""Words as the keyword index knows them: what people write differently is the same word."""

import re

import pytest

from retrieval.keywords import terms


@pytest.mark.parametrize(
    ("whole", "spellings"),
    [
        ("iso27001", ["ISO-27001", "ISO 27001", "ISO27001", "iso27001", "ISO/27001"]),
        ("gbt7714", ["GB/T 7714", "GB/T7714", "GB/T 7714-2015", "按GB/T 7714著录"]),
        ("hl300", ["HL-300", "HL 300", "HL300", "hl-300"]),
        ("q3", ["Q3", "q3", "第三季度Q3", "Q3/2026"]),
        ("1345596", ["1,345,596", "1345596", "1，345，596", "１３４５５９６", "共1,345,596元"]),
        ("12.5", ["12.5", "１２.５", "12.5万元"]),
        ("abc", ["ABC", "ａｂｃ", "Abc"]),
        ("财务报告", ["财务报告", "財務報告", "公司的財務報告。"]),
        ("acm", ["Acme", "Acme's", "ACME’s"]),
        ("plan", ["plan", "plans", "Planned", "planning"]),
        ("cafe", ["café", "CAFÉ", "cafe\u0301", "cafe"]),
    ],
)
def test_spellings_of_one_word_share_a_term(whole: str, spellings: list[str]) -> None:
    assert [s for s in spellings if whole not in terms(s)] == []


def test_a_code_is_there_whole_and_in_parts_but_short_ones_only_whole() -> None:
    assert set(terms("ISO-27001")) == {"iso27001", "iso", "27001"}
    assert terms("Q3") == ["q3"]
    assert terms("5G") == ["5g"]


def test_a_number_is_not_cut_and_thousands_are_no_list() -> None:
    assert terms("3.5") == ["3.5"]
    assert terms("1,5,7") == ["1", "5", "7"]
    assert terms("1,3455") == ["1", "3455"]


def test_a_date_shares_year_month_and_day_with_its_other_spellings() -> None:
    for date in ("2021-03-04", "2021/3/4", "2021年3月4日", "2021年03月04日"):
        assert {"2021", "3", "4"} <= {t.lstrip("0") for t in terms(date)}, date
    assert {"2021", "3", "4"} <= set(terms("2021-03-04")) & set(terms("2021年3月4日"))


def test_per_cent_is_kept_and_the_number_is_found_without_it() -> None:
    assert terms("5%") == terms("５％") == ["5%", "5"]
    assert terms("3.5%") == ["3.5%", "3.5"]
    assert "5%" not in terms("5 euros")


def test_long_chinese_words_are_there_with_the_shorter_ones_in_them() -> None:
    assert {"中华人民共和国", "人民", "共和国"} <= set(terms("中华人民共和国"))


def test_words_of_grammar_and_of_asking_are_left_out() -> None:
    for asked in (
        "What is the",
        "How many of these do I have?",
        "请问有多少？",
        "哪些是什么样的？",
    ):
        assert terms(asked) == [], asked
    assert terms("I don't") == []
    assert terms("谁是经理？") == ["经理"]
    assert terms("How many days of leave?") == ["day", "leav"]


def test_terms_keep_their_order_and_number() -> None:
    assert terms("dog cat dog") == ["dog", "cat", "dog"]
    assert terms("") == terms("…  \n—") == []


ODD = (
    "\"quoted\" 'single' (a OR b) NEAR* ^col:x -y +z {q} a@b.com C++ x_y_z R&D 1/2 ½ x² 10:30 €5"
    " $3,000.50 naïve Straße İstanbul Ⅻ 𠮷野家 カタカナ 한국어 ٣٤ ＧＢ/Ｔ　7714 \0 \u200b …——。、"
    " 《书名》 5. .5 %% 7%8% a.b.c"
)


def test_a_term_holds_letters_digits_dots_and_per_cent_alone() -> None:
    """So that it is one token of the index, and nothing in a query of FTS5 but a word."""
    found = terms(ODD)
    assert len(found) > 30
    assert [t for t in found if not re.fullmatch(r"(?:[^\W_]|[.%])+", t)] == []
    assert [t for t in found if t != t.lower()] == []


def test_a_word_shortened_again_and_again_is_one_word() -> None:
    assert terms("Acme" + "'s" * 20_000) == terms("Acme")
    assert terms("x" + "'ll've" * 10_000 + "'d") == ["x"]
