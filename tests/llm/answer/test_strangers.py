"""A figure that the passages have only of something else is not told as sure."""

from typing import Any

import pytest
from langchain_core.documents import Document

EN = (
    "How soon is a letter answered? Letters from members are answered within three working days. "
    "The ferry leaves at 7:40, and the crossing costs EUR 12.\n\n"
    "| Article | Price |\n|---|---|\n| Rope, ten metres | EUR 38 |"
)
ZH = "写信咨询的，三个工作日内答复。船票每张12元，七点四十分开船。年休假为8天。"


@pytest.mark.parametrize(
    ("passage", "question", "says", "outcome"),
    [
        # of something else
        (EN, "How long are guests escorted?", "Guests are escorted for three days.", "unsure"),
        (EN, "What does a guest bed cost?", "A guest bed costs EUR 12.", "unsure"),
        (EN, "When does breakfast begin?", "Breakfast begins at 7:40.", "unsure"),
        (EN, "How long are guests escorted?", "Three days.", "unsure"),
        (ZH, "客房押金是多少？", "客房押金为12元。", "unsure"),
        # of it, though one word alone is the same, or none but the question's or the line's before
        (EN, "How long do I wait for a reply?", "Members wait three working days.", "answered"),
        (EN, "When is a letter answered?", "Three working days later.", "answered"),
        (EN, "What does the ferry cost?", "It is EUR 12.", "answered"),
        (EN, "What does rope cost?", "It is EUR 38.", "answered"),
        (ZH, "年假有几天？", "年假有8天。", "answered"),
        (ZH, "几点开船？", "七点四十分。", "answered"),
        # a figure of the question proves nothing and needs no proof
        (EN, "Who pays for 12 guests?", "Members pay for 12 guests.", "answered"),
        # in another language the words are others
        (EN, "船票多少钱？", "船票12欧元。", "answered"),
        (EN, "¿Cuánto cuesta el billete?", "El billete cuesta 12 euros.", "answered"),
    ],
)  # fmt: skip
def test_a_figure_is_told_of_what_the_passage_tells_it_of(
    reply: Any, passage: str, question: str, says: str, outcome: str
) -> None:
    last = reply(question, [passage], says)
    assert last.outcome == outcome
    assert last.citations  # it is shown all the same, with its source


@pytest.mark.parametrize(("title", "outcome"), [("Pilot cards", "unsure"), ("Visas", "answered")])
def test_what_stands_above_a_passage_tells_of_what_it_is(
    reply: Any, title: str, outcome: str
) -> None:
    passage = Document(id="1", page_content="It runs out after 90 days.", metadata={"title": title})
    last = reply("How long is a visa valid?", [passage], "A visa is valid for 90 days.")
    assert last.outcome == outcome


def test_of_several_figures_each_counts(reply: Any) -> None:
    says = "The crossing costs EUR 12. Guests are escorted for three days."
    last = reply("What is the crossing, and how long are guests escorted?", [EN], says)
    assert last.outcome == "unsure"
    assert "EUR 12" in last.answer
