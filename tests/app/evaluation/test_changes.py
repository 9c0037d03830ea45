"""What became better or worse since an earlier report."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from app.evaluation import AnswersReport, Checklist, Item, Reply, last_report, measure_answers
from app.settings import Settings

MUST = Checklist((("25",), ("manager",)), ("30",))
REFUSED, WRONG, OTHER, HALF, WHOLE = "no", "30, manager", "What?", "25", "25, manager"
Measured = Callable[..., AnswersReport]


@pytest.fixture
def measured(make_settings: Callable[..., Settings], tmp_path: Path) -> Measured:
    """The report of answers by the ids of their questions, which is compared with the last one."""
    file = tmp_path / "report.json"

    def made(answers: dict[str, str], method: str = "zhiku", run: str = "") -> AnswersReport:
        pairs = [
            (
                Item("x", "en", "", "fact", id_, "How long?", checklist=MUST),
                Reply(answer, answer == REFUSED, (), 1.0, 4.0),
            )
            for id_, answer in answers.items()
        ]
        report = measure_answers({method: pairs}, make_settings(), run=run, last=last_report(file))
        file.write_text(json.dumps(asdict(report)))
        return report

    return made


@pytest.mark.parametrize(
    ("worse", "better"),
    [(WRONG, REFUSED), (OTHER, REFUSED), (REFUSED, HALF), (HALF, WHOLE), (WRONG, WHOLE)],
)
def test_the_order_of_answers(measured: Measured, worse: str, better: str) -> None:
    assert measured({"1": worse}).changes is None
    for after, gained in ((better, [True]), (better, []), (worse, [False]), (worse, [])):
        changes = measured({"1": after}).changes
        assert changes
        assert [change.better for change in changes.questions] == gained


def test_only_questions_of_both_reports_are_compared(measured: Measured) -> None:
    measured({"1": HALF, "2": HALF}, run="2026-01-02")
    got = measured({"2": WHOLE, "3": WHOLE}).changes
    assert got
    assert (got.since, got.common) == ("2026-01-02", 1)
    [change] = got.questions
    assert (change.id, change.before, change.after) == ("2", "50% of the facts", "complete")


def test_answers_of_the_plain_script_are_not_compared_with_ours(measured: Measured) -> None:
    measured({"1": HALF}, "plain")
    got = measured({"1": WHOLE}).changes
    assert got
    assert (got.common, got.questions) == (0, [])


def test_what_is_missing_now_is_told(measured: Measured) -> None:
    measured({"1": WHOLE})
    got = measured({"1": HALF}).changes
    assert got
    [change] = got.questions
    assert change.missing == ("manager",)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"run": "x", "checked": [{}]}'])
def test_another_file_is_no_report(tmp_path: Path, text: str) -> None:
    file = tmp_path / "report.json"
    assert last_report(file) is None
    file.write_text(text)
    assert last_report(file) is None
