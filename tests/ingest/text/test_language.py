import pytest

from ingest.text import language


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
