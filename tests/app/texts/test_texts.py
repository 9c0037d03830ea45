"""Every word of the web app stands in both languages."""

import ast
import re
import string
from collections import Counter
from pathlib import Path

import pytest

from app.texts import TEXTS, Words
from ingest.reasons import REASONS

APP = Path(__file__).parents[3] / "app"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_fill_in_the_same_values() -> None:
    for key, (chinese, english) in TEXTS.items():
        if not key.endswith("_one"):
            assert fields(chinese) == fields(english), key
            assert chinese != english, key


def test_no_text_stands_under_the_key_of_another() -> None:
    keys = Counter(
        key.value
        for file in (APP / "texts").glob("*_texts.py")
        if file.stem != "streamlit_texts"  # keyed by Streamlit's own words
        for table in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(table, ast.Dict) and isinstance(table.values[0], ast.Tuple)
        for key in table.keys
        if isinstance(key, ast.Constant)
    )
    assert [key for key, n in keys.items() if n > 1] == []


def test_every_word_that_a_page_asks_for_is_there() -> None:
    pages = "".join(p.read_text("utf-8") for p in (APP / "pages").rglob("*.py"))
    pages += (APP.parent / "streamlit_app.py").read_text("utf-8")
    asked = set(re.findall(r'words\(\s*"([^"]+)"', pages))
    assert len(asked) > 15
    assert asked <= set(TEXTS)


def test_every_reason_says_what_to_do_in_both_languages() -> None:
    for reason in REASONS:
        chinese, english = TEXTS[f"reason_{reason}"]
        assert len(english.split(". ")) == 2, reason
        assert chinese.count("。") == 2, reason


@pytest.mark.parametrize("locale", ["zh", "zh-CN", "zh-TW", "ZH-hans"])
def test_a_chinese_browser_reads_chinese(locale: str) -> None:
    assert Words(locale)("page", n=3) == "第 3 页"


@pytest.mark.parametrize("locale", ["en-US", "de-DE", "", None])
def test_any_other_browser_reads_english(locale: str | None) -> None:
    assert Words(locale)("page", n=3) == "page 3"


@pytest.mark.parametrize(("n", "text"), [(1, "1 passage"), (2, "2 passages")])
def test_one_is_not_plural_in_english(n: int, text: str) -> None:
    assert Words("en")("chunks", n=n) == text
    assert Words("zh")("chunks", n=n) == f"{n} 段"
