"""The means of verdicts: by kind, by language and over all."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.evaluation import Checklist, ChecklistCell, Item, Reply, measure_answers
from app.settings import Settings

Answers = list[tuple[Item, Reply]]
Cells = Callable[..., dict[tuple[str, ...], ChecklistCell]]

FACT = Item(
    "x", "en", "", "fact", "1", "How long?", checklist=Checklist((("25",),), docs=("a.md",))
)
LIST = replace(FACT, part="list", id="2")
NONE = replace(FACT, part="none", id="3", answerable=False, checklist=Checklist())
CHINESE = replace(FACT, lang="zh", id="4")
OTHER = replace(FACT, source="y", id="1")


def reply(answer: str, total: float = 2.0, **more: object) -> Reply:
    refused = answer == "no"
    return Reply(
        answer, refused, (), total / 2, total, paths=("a.md",), calls=3, prompt_tokens=50, run="r",
    ) if not more else replace(reply(answer, total), **more)  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture
def cells(make_settings: Callable[..., Settings]) -> Cells:
    """The cells of these answers, by source, language, kind and method."""

    def made(ours: Answers, plain: Answers | None = None) -> dict[tuple[str, ...], ChecklistCell]:
        answers = {"zhiku": ours} | ({} if plain is None else {"plain": plain})
        measured = measure_answers(answers, make_settings()).checklists
        return {(c.source, c.lang, c.kind, c.method): c for c in measured}

    return made


def test_each_kind_then_each_language_then_all(cells: Cells) -> None:
    made = cells([(FACT, reply("25")), (CHINESE, reply("no")), (LIST, reply("24"))])
    assert [key[:3] for key in made] == [
        ("x", "en", "fact"), ("x", "en", "list"), ("x", "en", "all"),
        ("x", "zh", "fact"), ("x", "zh", "all"), ("x", "all", "all"),
    ]  # fmt: skip
    whole = made["x", "all", "all", "zhiku"]
    assert (whole.n, whole.complete, whole.facts, whole.cited) == (3, 0.3333, 0.3333, 0.6667)
    assert (whole.answered, whole.unsure, whole.not_found) == (0.6667, 0, 0.3333)
    assert (whole.unanswered, whole.unfounded, whole.wrong) == (1, 0, 1)
    assert (whole.calls, whole.prompt_tokens, whole.total_s) == (3, 50, 2)


def test_several_sources_are_summed_up_behind_them(cells: Cells) -> None:
    made = cells([(FACT, reply("25")), (OTHER, reply("24"))])
    assert list(made)[-2:] == [("all", "en", "all", "zhiku"), ("all", "all", "all", "zhiku")]
    assert made["all", "all", "all", "zhiku"].complete == 0.5
    assert made["y", "all", "all", "zhiku"].complete == 0


def test_answers_that_the_documents_do_not_hold_are_counted(cells: Cells) -> None:
    made = cells([(NONE, reply("It is 5.")), (replace(NONE, id="5"), reply("no"))])
    cell = made["x", "en", "none", "zhiku"]
    assert (cell.complete, cell.unfounded, cell.unanswered, cell.wrong) == (0.5, 1, 0, 0)
    assert (cell.facts, cell.cited) == (None, None)


def test_what_is_unsure_is_neither_answered_nor_refused(cells: Cells) -> None:
    made = cells([(FACT, reply("24", outcome="unsure"))])
    cell = made["x", "en", "fact", "zhiku"]
    assert (cell.answered, cell.unsure, cell.not_found, cell.wrong) == (0, 1, 0, 0)


def test_the_plain_script_says_in_its_answer_that_it_refuses(cells: Cells) -> None:
    plain = Reply("I don't know, perhaps 25.", None, (), 1.0, 2.0)
    cell = cells([], [(FACT, plain)])["x", "en", "fact", "plain"]
    assert (cell.not_found, cell.complete, cell.cited, cell.calls) == (1, 0, None, None)


def test_times_are_compared_for_questions_that_both_answered(cells: Cells) -> None:
    ours = [(FACT, reply("25", 4.0)), (LIST, reply("25", 100.0)), (CHINESE, reply("25", 6.0))]
    plain = [(FACT, reply("25", 2.0)), (CHINESE, reply("25", 2.0, run="another"))]
    made = cells(ours, plain)
    cell = made["x", "all", "all", "zhiku"]
    assert (cell.first_token_ratio, cell.total_ratio, cell.same_run) == (2.5, 2.5, 1)
    assert made["x", "en", "list", "zhiku"].total_ratio is None
    theirs = made["x", "all", "all", "plain"]
    assert (theirs.total_ratio, theirs.same_run) == (None, None)


def test_without_the_plain_script_no_times_are_compared(cells: Cells) -> None:
    cell = cells([(FACT, reply("25"))])["x", "en", "fact", "zhiku"]
    assert (cell.total_ratio, cell.same_run) == (None, None)
