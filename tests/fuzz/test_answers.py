"""Whatever a model writes, in whatever pieces: what is shown is the answer, and nothing is live."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from langchain_core.documents import Document
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from markdown_it import MarkdownIt
from pydantic import Field

from llm.answer import Answer, AnswerModel, Question, Text, answer
from llm.prompts import NOTHING_PROVEN, REFUSAL

PASSAGES = [
    Document(id="a", page_content="You have 25 days of leave. Ask Dr. Lind, e.g. by 3.5 or 4."),
    Document(id="b", page_content="出差住宿的上限为每晚600元。| 房间 | 12 |"),
]
PIECES = [
    "You have 25 days of leave. ", "Ask Dr. Lind", "e.g. ", "3.5", "出差住宿的上限为每晚600元。",
    "房间", "\n", "\n\n", " ", "- ", "  - ", "1. ", "2) ", "（1）", "# ", "> ", "| a | b |",
    "|---|---|", "| 12 | 600元 |", "```", "~~~\n", "[1]", "[2]", "[99]", "【2】", "[1, 2]", "[",
    "](", ")", "**", "“", "”", ":", "：", ".", "。", "?", "!",
    "https://evil.example/x", "<img src=x>", "<b>", "[x](y)",
    "![x](https://evil.example)", "www.evil.example", "me@evil.example", "<!--", "-->",
]  # fmt: skip
LIVE = MarkdownIt("commonmark", {"html": True})
written = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=25)


@given(
    pieces=written,
    question=st.sampled_from(["How many days?", "How do I ask?", "住宿上限是多少？", "請問上限？"]),
    strict=st.booleans(),
)
@example(pieces=["[", "1", "]", "(", "https://evil.example", ")"], question="Who?", strict=False)
@example(pieces=["1", ".", " ", "You have 25 days.", "\n2"], question="Who?", strict=True)
def test_what_is_shown_is_the_answer_and_nothing_is_live(
    scripted_chat: Any,
    watch: Callable[[], Any],
    pieces: list[str],
    question: str,
    strict: bool,
) -> None:
    class Pieces(scripted_chat):  # type: ignore[misc, valid-type]
        given: list[str] = Field(default_factory=list)

        def _stream(self, *_: Any, **__: Any) -> Iterator[ChatGenerationChunk]:
            for piece in self.given:
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
            yield ChatGenerationChunk(message=AIMessageChunk(content=""))

    lang = "en" if question.isascii() else "zh"
    model = AnswerModel(Pieces(given=pieces), 4096, 200, strict=strict)
    with watch():
        *parts, last = answer(Question(question, lang, PASSAGES), model)
    assert isinstance(last, Answer)
    assert all(isinstance(part, Text) for part in parts)
    shown = "".join(part.text for part in parts if isinstance(part, Text))
    if shown:
        assert last.answer == shown
    else:
        assert last.answer in (REFUSAL[lang], NOTHING_PROVEN[lang])
    html = LIVE.render(last.answer)
    assert not any(tag in html for tag in ("<a", "<img", "<script", "<b>"))
    assert "evil.example/" not in last.answer
    assert "https:" not in last.answer
    own = {int(n) for n in re.findall(r"[\[【［](\d{1,2})[\]】］]", last.answer)}
    assert own <= {citation.n for citation in last.citations}
    assert [c.n for c in last.citations] == list(range(1, len(last.citations) + 1))
    texts = {passage.id: passage.page_content for passage in PASSAGES}
    for citation in last.citations:
        assert citation.quote in texts[citation.chunk_id]
