"""Which sentences of a summary stand in the document, and where."""

from langchain_core.documents import Document

from llm.summary.verify import Sources, cite_sentences


def chunk(i: str, text: str, heading: str = "", page: int | None = None) -> Document:
    metadata = {
        "path": "a.pdf",
        "document": "d",
        "title": "Rules",
        "heading": heading,
        "page": page,
    }
    return Document(id=i, page_content=text, metadata=metadata)


CHUNKS = [
    chunk("c1", "Trips are requested 5 days ahead. The manager decides.", "Requests", 1),
    chunk("c2", "Hotels cost at most 90 euros a night. Breakfast is not paid.", "Hotels", 2),
    chunk("c3", "Meals are paid with 35 euros a day.", "Meals", 2),
    chunk("c4", "员工住宿上限为每晚600元。", "住宿", 3),
]
SOURCES = Sources(CHUNKS)


def kept(text: str) -> list[str]:
    return [proof.sentence for proof in SOURCES.prove(text)]


def test_a_sentence_is_kept_with_the_chunk_it_stands_in() -> None:
    (proof,) = SOURCES.prove("Hotels cost at most 90 euros a night.")
    assert [c.id for c in proof.chunks] == ["c2"]


def test_a_sentence_that_joins_two_places_has_both() -> None:
    (proof,) = SOURCES.prove("Hotels are paid up to 90 euros a night, meals with 35 euros a day.")
    assert {c.id for c in proof.chunks} == {"c2", "c3"}


def test_a_figure_that_stands_nowhere_leaves_the_sentence_out() -> None:
    assert kept("Hotels cost at most 95 euros a night. 员工住宿上限为每晚800元。") == []


def test_the_figure_of_another_matter_leaves_the_sentence_out() -> None:
    assert kept(
        "Breakfast and hotel laundry cost guests 35. Meals are paid with 35 euros a day."
    ) == ["Meals are paid with 35 euros a day."]


def test_what_the_document_does_not_speak_of_is_left_out() -> None:
    assert kept("Unicorns may fly to the moon. 公司鼓励员工养猫。") == []


def test_what_the_headings_say_together_is_kept() -> None:
    (sentence,) = kept("The rules cover requests, hotels and meals.")
    assert sentence == "The rules cover requests, hotels and meals."


def test_marks_bullets_repetition_and_a_cut_end_are_taken_off() -> None:
    text = (
        "- **Hotels** cost at most 90 euros a night [7].\n- Hotels cost at most 90 euros a night.\n"
    )
    assert kept(f"{text}1. Meals are paid with 35 euros a") == [
        "Hotels cost at most 90 euros a night."
    ]
    assert kept("1.\n\n**Hotels**:\n") == []


def test_citations_count_from_one_in_order_and_are_exact() -> None:
    proofs = SOURCES.prove(
        "Meals are paid with 35 euros a day. Hotels cost at most 90 euros a night."
        " Paid meals: 35 euros a day."
    )
    found = cite_sentences(proofs, [p.sentence for p in proofs], "en")
    assert found.text == (
        "Meals are paid with 35 euros a day.[1] Hotels cost at most 90 euros a night.[2]"
        " Paid meals: 35 euros a day.[1]"
    )
    assert [(c.n, c.chunk_id, c.page, c.heading) for c in found.citations] == [
        (1, "c3", 2, "Meals"), (2, "c2", 2, "Hotels"),
    ]  # fmt: skip
    for citation in found.citations:
        assert any(citation.quote in c.page_content for c in CHUNKS if c.id == citation.chunk_id)


def test_what_is_said_in_another_language_keeps_its_citation() -> None:
    proofs = SOURCES.prove("员工住宿上限为每晚600元。")
    found = cite_sentences(proofs, ["Hotels cost at most 600 yuan a night."], "en")
    assert found.text == "Hotels cost at most 600 yuan a night.[1]"
    assert found.citations[0].quote == "员工住宿上限为每晚600元。"
