"""Proven sentences in the other language."""

from typing import Any

import pytest
from langchain_core.documents import Document

from llm.chat import CountedChat
from llm.summary.translate import same_figures, translated_sentences
from llm.summary.verify import Proof


def test_a_translation_with_other_figures_or_in_no_other_language_is_left_out(
    scripted_chat: Any,
) -> None:
    chunk = Document(id="c", page_content="")
    proofs = [Proof(f"费用为{n}元。", (chunk,)) for n in (10, 20, 30)]
    model = scripted_chat(texts=["It costs 10 yuan.", "It costs 25 yuan.", "费用为30元。"])
    writer = CountedChat(model)
    assert list(translated_sentences(proofs, "en", writer)) == [(proofs[0], "It costs 10 yuan.")]
    assert writer.completion_tokens == 4 + 4 + 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("自2026年3月9日起", "From 9 March 2026", True),
        ("From 9 March 2026", "自2026年3月9日起", True),
        ("上限1,200元", "at most 1200 yuan", True),
        ("上限1200元", "at most 120 yuan", False),
        ("每天", "35 euros a day", False),
        ("3月", "March 5", False),
    ],
)
def test_figures_are_the_same_however_they_are_written(one: str, other: str, same: bool) -> None:
    assert same_figures(one, other) is same
