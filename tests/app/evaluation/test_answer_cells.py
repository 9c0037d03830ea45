"""The means of the measures of answers."""

from collections.abc import Callable

from app.evaluation import AnswerCell, Item, Reply, measure_answers
from app.settings import Settings

CELL = ("x", "en", "en", "answerable")
ITEM = Item(*CELL, id="1", question="How long?", expected=(("25 days", "25"),))
OPEN = Item("x", "en", "en", "unanswerable", "2", "Why?", answerable=False)


def ours(text: str, *quotes: str, refused: bool = False, first: float | None = 1.0) -> Reply:
    return Reply(text, refused, quotes, first, 2.0)


def cell(settings: Settings, item: Item, replies: list[Reply]) -> AnswerCell:
    report = measure_answers({"zhiku": [(item, reply) for reply in replies]}, settings)
    [made] = report.cells
    return made


def test_the_means_of_an_answerable_cell(make_settings: Callable[..., Settings]) -> None:
    replies = [
        ours("25 days.[1]", "All have 25 days.", first=1.0),
        ours("30 days, said Ann.[1][2]", "No.", "Nor this.", first=3.0),
        ours("No.", refused=True, first=None),
    ]
    got = cell(make_settings(), ITEM, replies)
    assert (got.source, got.lang, got.doc_lang, got.part, got.method) == (*CELL, "zhiku")
    assert (got.n, got.accuracy, got.numbers, got.numbers_n) == (3, 0.3333, 0.3333, 3)
    assert (got.refused, got.falsely_refused) == (None, 0.3333)
    assert (got.citation_precision, got.citations) == (0.3333, 3)
    assert (got.citation_recall, got.claims) == (1, 2)
    assert (got.first_token_s, got.total_s) == (2, 2)


def test_what_is_not_sure_is_counted_and_no_refusal(make_settings: Callable[..., Settings]) -> None:
    unsure = Reply("25 days.[1]", False, ("All have 25 days.",), 1.0, 2.0, "unsure")
    got = cell(make_settings(), ITEM, [ours("25 days.[1]", "All have 25 days."), unsure])
    assert (got.unsure, got.falsely_refused, got.accuracy) == (0.5, 0, 1)
    assert cell(make_settings(), OPEN, [unsure]).unsure == 1


def test_the_means_of_an_unanswerable_cell(make_settings: Callable[..., Settings]) -> None:
    replies = [ours("No.", refused=True, first=None), ours("Yes.", refused=True, first=None)]
    got = cell(make_settings(), OPEN, replies)
    assert (got.refused, got.falsely_refused) == (1, None)
    assert (got.accuracy, got.numbers, got.f1, got.numbers_n) == (None, None, None, 0)
    assert (got.citation_precision, got.citation_recall, got.first_token_s) == (None, None, None)


def test_the_programs_stand_side_by_side_in_each_cell(
    make_settings: Callable[..., Settings],
) -> None:
    theirs = Reply("25", None, (), 1.0, 2.0)
    answers = {"zhiku": [(ITEM, ours("25")), (OPEN, ours("5"))], "plain": [(ITEM, theirs)]}
    report = measure_answers(answers, make_settings())
    assert [(c.part, c.method) for c in report.cells] == [
        ("answerable", "zhiku"), ("answerable", "plain"), ("unanswerable", "zhiku"),
    ]  # fmt: skip
    assert [(q.id, q.method) for q in report.questions] == [
        ("1", "zhiku"), ("2", "zhiku"), ("1", "plain"),
    ]  # fmt: skip
