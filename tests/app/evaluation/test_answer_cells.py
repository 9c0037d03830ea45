"""The measures of an answer, and their means."""

from app.evaluation.answer_cells import mean, score
from app.evaluation.items import Item
from app.evaluation.replies import Reply

CELL = ("x", "en", "en", "answerable")
ITEM = Item(*CELL, id="1", question="How long?", expected=(("25 days", "25"),))
OPEN = Item("x", "en", "en", "unanswerable", "2", "Why?", answerable=False)


def ours(text: str, *quotes: str, refused: bool = False, first: float | None = 1.0) -> Reply:
    return Reply(text, refused, quotes, first, 2.0)


def test_an_answer_with_a_citation() -> None:
    got = score(ITEM, ours("It is 25 days.[1] Not 3.", "All have 25 days.", "No."))
    assert (got.accuracy, got.numbers, got.refused) == (True, True, False)
    assert (got.citations, got.citations_right) == (2, 1)
    assert (got.claims, got.claims_cited) == (2, 1)


def test_the_number_of_a_mark_is_no_answer() -> None:
    got = score(ITEM, ours("It is long.[25]"))
    assert (got.accuracy, got.numbers) == (False, False)


def test_a_program_without_citations_is_not_measured_by_them() -> None:
    got = score(ITEM, Reply("I don't know, perhaps 25 days.", None, (), 1.0, 2.0))
    assert (got.accuracy, got.refused) == (True, True)
    assert (got.citations, got.claims) == (0, 0)


def test_our_refusals_are_told_by_their_field() -> None:
    assert not score(OPEN, ours("Nobody: I don't know.")).refused
    got = score(OPEN, ours("The documents hold 25 words.", refused=True))
    assert (got.refused, got.accuracy, got.f1, got.claims) == (True, None, None, 0)


def test_citations_of_a_question_without_answer_are_neither_right_nor_wrong() -> None:
    assert score(OPEN, ours("So be it.[1]", "So be it.")).citations == 0


def test_the_means_of_an_answerable_cell() -> None:
    replies = [
        ours("25 days.[1]", "All have 25 days.", first=1.0),
        ours("30 days, said Ann.[1][2]", "No.", "Nor this.", first=3.0),
        ours("No.", refused=True, first=None),
    ]
    got = mean(CELL, "zhiku", [(ITEM, reply, score(ITEM, reply)) for reply in replies])
    assert (got.source, got.lang, got.doc_lang, got.part, got.method) == (*CELL, "zhiku")
    assert (got.n, got.accuracy, got.numbers, got.numbers_n) == (3, 0.3333, 0.3333, 3)
    assert (got.refused, got.falsely_refused) == (None, 0.3333)
    assert (got.citation_precision, got.citations) == (0.3333, 3)
    assert (got.citation_recall, got.claims) == (1, 2)
    assert (got.first_token_s, got.total_s) == (2, 2)


def test_the_means_of_an_unanswerable_cell() -> None:
    replies = [ours("No.", refused=True, first=None), ours("Yes.", refused=True, first=None)]
    got = mean(OPEN.cell, "zhiku", [(OPEN, reply, score(OPEN, reply)) for reply in replies])
    assert (got.refused, got.falsely_refused) == (1, None)
    assert (got.accuracy, got.numbers, got.f1, got.numbers_n) == (None, None, None, 0)
    assert (got.citation_precision, got.citation_recall, got.first_token_s) == (None, None, None)
