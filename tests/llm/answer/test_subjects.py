"""What stands in the document of another company or product is no answer about this one."""

from typing import Any

import pytest
from langchain_core.documents import Document

EN = {
    "Harbour Mills Co.": "It makes flour and bread.",
    "Polar Freight Ltd.": "It is listed in Oslo.",
}
ZH = {"青松食品有限公司年报": "公司生产面粉。", "北海物流有限公司年报": "公司在奥斯陆上市。"}


def documents(texts: dict[str, str]) -> list[Document]:
    return [
        Document(id=str(n), page_content=text, metadata={"title": title, "document": f"d{n}"})
        for n, (title, text) in enumerate(texts.items(), 1)
    ]


@pytest.mark.parametrize(
    ("texts", "question", "says", "outcome"),
    [
        (EN, "Where is Harbour Mills listed?", "Harbour Mills is listed in Oslo.", "unsure"),
        (EN, "Where is Polar Freight listed?", "Polar Freight is listed in Oslo.", "answered"),
        (EN, "Are Harbour Mills or Polar Freight listed?", "One is listed in Oslo.", "answered"),
        (EN, "Where is the company listed?", "The company is listed in Oslo.", "answered"),
        (EN, "Where is Golden Grain listed?", "Golden Grain is listed in Oslo.", "answered"),
        (ZH, "青松食品有限公司在哪里上市？", "青松食品有限公司在奥斯陆上市。", "unsure"),
        (ZH, "北海物流有限公司在哪里上市？", "北海物流有限公司在奥斯陆上市。", "answered"),
    ],
)  # fmt: skip
def test_an_answer_is_about_what_was_asked(
    reply: Any, texts: dict[str, str], question: str, says: str, outcome: str
) -> None:
    last = reply(question, documents(texts), says)
    assert last.outcome == outcome
    assert ("Oslo" in last.answer or "奥斯陆" in last.answer) == (outcome == "answered")


def test_another_passage_of_the_same_document_may_name_it(reply: Any) -> None:
    found = documents({**EN, "Harbour Mills Co. ": "Its mill stands in Bergen."})
    found[2].metadata |= {"title": "Site list", "document": "d1"}
    last = reply("Where does the mill of Harbour Mills stand?", found, "It stands in Bergen.")
    assert last.outcome == "answered"
