import pytest

from ingest.text import is_foreign, language


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("出差住宿的报销上限", "zh"),
        ("出差住宿的報銷上限", "zh"),
        ("The limit for a hotel", "en"),
        ("使用 Microsoft Teams 和 Visual Studio Code 提交代码，并通知部门负责人审批", "zh"),
        ("Our office in Shanghai (上海) opened in 2012.", "en"),
        ("2020 2021 4.5% 110.0%", "en"),
    ],
)
def test_the_main_script_gives_the_language(text: str, lang: str) -> None:
    assert language(text) == lang


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("Wie viele Urlaubstage habe ich?", True),
        ("Combien de jours de congé ?", True),
        ("¿Cuántos días tengo?", True),
        ("Сколько дней отпуска?", True),
        ("休暇は何日ありますか？", True),
        ("휴가는 며칠입니까?", True),
        ("How many days of leave do I have?", False),
        ("What does der Chef mean in our rules?", False),
        ("HL-400 warranty", False),
        ("年假有多少天？", False),
        ("年假有多少天？（Urlaub der Mitarbeiter）", False),
        ("請假要幾天？", False),
        ("", False),
    ],
)
def test_what_is_neither_chinese_nor_english_is_foreign(text: str, foreign: bool) -> None:
    assert is_foreign(text) is foreign
