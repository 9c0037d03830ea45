"""What is said behind an answer when other documents answer something else."""

from __future__ import annotations

from typing import Any

from langchain_core.documents import Document

from llm.answer import CitedText, cite
from llm.answer.drafts import Draft
from llm.answer.notes import with_notes

QUESTION = "When was the bridge of Alm opened?"
TEXTS = [
    "The bridge of Alm was opened in 1991 by the mayor. It is long.",
    "Many came. In 1987 the Alm bridge was opened, as the paper of that day has it.",
]


def noted(
    *drafts: Draft, question: str = QUESTION, texts: Any = TEXTS, **metadata: Any
) -> CitedText:
    titles = metadata.pop("titles", ("", ""))
    given = [
        Document(
            id=str(n),
            page_content=text,
            metadata={"document": str(n), "title": title, **metadata},
        )
        for n, (text, title) in enumerate(zip(texts, titles, strict=True))
    ]
    cited = cite("It was opened in 1991.", question, given, texts)
    return with_notes(cited, question, drafts, "en", given, texts)


def test_another_document_contradicts_the_answer_word_for_word() -> None:
    told = noted(Draft(1, "1987", 1.5))
    assert told.text.startswith(
        "It was opened in 1991.[1]\n\nNote: the documents disagree, and elsewhere it says:"
    )
    assert "“In 1987 the Alm bridge was opened, as the paper of that day has it.”[2]" in told.text
    assert [c.n for c in told.citations] == [1, 2]
    assert told.citations[1].quote in TEXTS[1]


def test_it_is_told_of_when_both_are_if_they_say_so() -> None:
    titles = ("Bridges, 4 May 1995", "Bridges, 2001")
    told = noted(Draft(1, "1987", 1.5), titles=titles, named=True)
    assert (
        "\n\nNote: the documents disagree. The above is from one dated 4 May 1995[1]; "
        "one dated 2001 says: “In 1987 the Alm bridge was opened" in told.text
    )
    same = noted(Draft(1, "1987", 1.5), titles=("Bridges, 2001", "Alm, 2001"), named=True)
    assert "and elsewhere it says" in same.text


def test_what_is_unlikely_or_said_or_of_the_same_document_does_not() -> None:
    for told in (
        noted(Draft(1, "1987", -0.5)),
        noted(Draft(1, "1991", 2.0)),
        noted(Draft(1, "1987", 2.0), document="one"),
        noted(),
    ):
        assert told.text == "It was opened in 1991.[1]"
        assert [c.n for c in told.citations] == [1]


def test_what_speaks_of_something_else_does_not() -> None:
    texts = [TEXTS[0], "In 1987 the tunnel was opened."]
    assert "1987" not in noted(Draft(1, "1987", 2.0), texts=texts).text
    named = noted(Draft(1, "1987", 2.0), texts=texts, titles=("Bridge of Alm", "Bridge of Alm, 2"))
    assert "1987" in named.text


def test_documents_of_other_titles_are_what_else_may_be_meant() -> None:
    texts = ["The net profit was 20 million.", "The net profit was 35 million.", "Net profit: 7."]
    given = [
        Document(id=t, page_content=t, metadata={"document": t, "title": f"{name} 2020"})
        for t, name in zip(texts, ("Acme", "Bolt", "Acme"), strict=True)
    ]
    question = "What was the net profit?"
    cited = cite("The net profit was 20 million.", question, given, texts)
    others = [Draft(1, "35 million", 1.0), Draft(2, "7", 0.5)]
    told = with_notes(cited, question, others, "en", given, texts)
    assert "This is from “Acme 2020”[1], and the question may also mean:" in told.text
    assert told.text.endswith("\n- “Bolt 2020”: “The net profit was 35 million.”[2]")
    assert [c.n for c in told.citations] == [1, 2]
    assert told.citations[1].quote == texts[1]
    for passage in given:
        passage.metadata["named"] = True
    assert "may also mean" not in with_notes(cited, question, others, "en", given, texts).text


def test_to_a_list_it_is_added_and_once() -> None:
    texts = [
        "The mill of Alm is run by Mara Lind.",
        "Otto Kern and Mara Lind run the mill of Alm.",
        "The mill of Alm, run by Otto Kern, is old.",
    ]
    given = [Document(page_content=text, metadata={"document": text}) for text in texts]
    question = "Who are the owners that run the mill of Alm?"
    cited = cite("Mara Lind", question, given, texts)
    others = [Draft(0, "Mara Lind", 2.0), Draft(1, "Otto Kern and Mara Lind", 1.5)]
    told = with_notes(cited, question, [*others, Draft(2, "Otto Kern", 1.0)], "en", given, texts)
    assert told.text == f"{cited.text}\n\nElsewhere it also says: “{texts[1]}”[2]"
    assert [c.n for c in told.citations] == [1, 2]
