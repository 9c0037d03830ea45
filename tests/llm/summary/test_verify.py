"""Which sentences of a summary stand in the document, and where; in the other language, too."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from langchain_core.documents import Document

from llm.answer import Answer, AnswerModel, Question
from llm.summary import summarise

Tell = Callable[..., Answer]


def chunk(
    i: str, text: str, heading: str = "", page: int | None = None, lang: str = "en"
) -> Document:
    metadata = {
        "path": "a.pdf", "document": "d", "title": "Rules", "heading": heading, "page": page,
        "lang": lang,
    }  # fmt: skip
    return Document(id=i, page_content=text, metadata=metadata)


CHUNKS = [
    chunk("c1", "Trips are requested 5 days ahead. The manager decides.", "Requests", 1),
    chunk("c2", "Hotels cost at most 90 euros a night. Breakfast is not paid.", "Hotels", 2),
    chunk("c3", "Meals are paid with 35 euros a day.", "Meals", 2),
    chunk("c4", "员工住宿上限为每晚600元。", "住宿", 3),
]


@pytest.fixture
def tell(scripted_chat: Any) -> Tell:
    """Summarise a document with a model that writes the given texts, one a call."""

    def make(*texts: str, chunks: Sequence[Document] = CHUNKS, lang: str = "en") -> Answer:
        model = scripted_chat(texts=list(texts))
        question = Question("Summarise it", lang, chunks)
        *_, last = summarise(question, AnswerModel(model, model.context, 200), 100_000)
        assert isinstance(last, Answer)
        assert last.refused is not last.grounded
        for citation in last.citations:
            assert any(
                citation.quote in c.page_content for c in chunks if c.id == citation.chunk_id
            )
        return last

    return make


def kept(answer: Answer) -> str:
    """The sentences of a summary, "" if there are none."""
    return "" if answer.refused else re.sub(r"\[\d+\]", "", answer.answer)


@pytest.mark.parametrize(
    ("sentence", "chunks"),
    [
        ("Hotels cost at most 90 euros a night.", ["c2"]),
        ("Hotels are paid up to 90 euros a night, meals with 35 euros a day.", ["c2", "c3"]),
        ("员工住宿上限为每晚600元。", ["c4"]),
    ],
)
def test_a_sentence_is_kept_with_the_chunks_it_stands_in(
    tell: Tell, sentence: str, chunks: list[str]
) -> None:
    told = tell(sentence)
    assert kept(told) == sentence
    assert sorted(c.chunk_id for c in told.citations) == chunks


@pytest.mark.parametrize(
    ("written", "left"),
    [
        # a figure that stands nowhere
        ("Hotels cost at most 95 euros a night. 员工住宿上限为每晚800元。", ""),
        # the figure of another matter
        (
            "Breakfast and hotel laundry cost guests 35. Meals are paid with 35 euros a day.",
            "Meals are paid with 35 euros a day.",
        ),
        # what the document does not speak of
        ("Unicorns may fly to the moon. 公司鼓励员工养猫。", ""),
        # marks, bullets, what is said twice, and an end that is missing
        (
            "- **Hotels** cost at most 90 euros a night [7].\n"
            "- Hotels cost at most 90 euros a night.\n1. Meals are paid with 35 euros a",
            "Hotels cost at most 90 euros a night.",
        ),
        ("1.\n\n**Hotels**:\n", ""),
        ("", ""),
    ],
)
def test_what_does_not_stand_there_is_left_out(tell: Tell, written: str, left: str) -> None:
    assert kept(tell(written)) == left


def test_what_the_headings_say_together_is_kept(tell: Tell) -> None:
    sentence = "The rules cover requests, hotels and meals."
    assert kept(tell(sentence)) == sentence


def test_citations_count_from_one_in_order_and_are_exact(tell: Tell) -> None:
    told = tell(
        "Meals are paid with 35 euros a day. Hotels cost at most 90 euros a night."
        " Paid meals: 35 euros a day."
    )
    assert told.answer == (
        "Meals are paid with 35 euros a day.[1] Hotels cost at most 90 euros a night.[2]"
        " Paid meals: 35 euros a day.[1]"
    )
    assert [(c.n, c.chunk_id, c.page, c.heading) for c in told.citations] == [
        (1, "c3", 2, "Meals"), (2, "c2", 2, "Hotels"),
    ]  # fmt: skip


# -- in the other language


def test_what_is_said_in_another_language_keeps_its_citation(tell: Tell) -> None:
    chunks = [chunk("c4", "员工住宿上限为每晚600元。", "住宿", 3, lang="zh")]
    told = tell(chunks[0].page_content, "Hotels cost at most 600 yuan a night.", chunks=chunks)
    assert told.answer == "Hotels cost at most 600 yuan a night.[1]"
    assert told.citations[0].quote == "员工住宿上限为每晚600元。"


def test_a_translation_with_other_figures_or_in_no_other_language_is_left_out(tell: Tell) -> None:
    said = "费用为10元。费用为20元。费用为30元。"
    written = ["It costs 10 yuan.", "It costs 25 yuan.", "费用为30元。"]
    told = tell(said, *written, chunks=[chunk("c", said, lang="zh")])
    assert kept(told) == "It costs 10 yuan."
    assert told.usage.completion_tokens == 1 + 4 + 4 + 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("自2026年3月9日起。", "From 9 March 2026.", True),
        ("From 9 March 2026.", "自2026年3月9日起。", True),
        ("上限1,200元。", "At most 1200 yuan.", True),
        ("上限1200元。", "At most 120 yuan.", False),
        ("每天发放补贴。", "35 euros a day.", False),
        ("3月发放补贴。", "It is paid on March 5.", False),
    ],
)
def test_figures_are_the_same_however_they_are_written(
    tell: Tell, one: str, other: str, same: bool
) -> None:
    of, to = ("en", "zh") if one.isascii() else ("zh", "en")
    told = tell(one, other, chunks=[chunk("c", one, lang=of)], lang=to)
    assert kept(told) == (other if same else "")
