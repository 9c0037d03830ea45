"""What became better or worse since an earlier report."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from app.evaluation.changes import last_report
from app.evaluation.checklist import Checklist
from app.evaluation.checklist_cells import verdict
from app.evaluation.items import Item
from app.evaluation.replies import Reply

MUST = Checklist((("25",), ("manager",)), ("30",))
REFUSED, WRONG, OTHER, HALF, WHOLE = "no", "30, manager", "What?", "25", "25, manager"


def judged(id_: str, answer: str, method: str = "ours") -> Any:
    item = Item("x", "en", "", "fact", id_, "How long?", checklist=MUST)
    reply = Reply(answer, answer == REFUSED, (), 1.0, 4.0)
    return item, reply, verdict(item, reply)


def saved(tmp_path: Path, *answers: Any, method: str = "ours") -> Path:
    checked = [
        {"source": i.source, "id": i.id, "method": method, "reply": asdict(r), "verdict": asdict(v)}
        for i, r, v in answers
    ]
    file = tmp_path / "report.json"
    file.write_text(json.dumps({"run": "2026-01-02", "checked": checked}))
    return file


@pytest.mark.parametrize(
    ("worse", "better"),
    [(WRONG, REFUSED), (OTHER, REFUSED), (REFUSED, HALF), (HALF, WHOLE), (WRONG, WHOLE)],
)
def test_the_order_of_answers(tmp_path: Path, worse: str, better: str) -> None:
    for before, after, gained in ((worse, better, True), (better, worse, False)):
        last = last_report(saved(tmp_path, judged("1", before)))
        assert last
        [change] = last.changes([judged("1", after)], "ours").questions
        assert change.better is gained
        last = last_report(saved(tmp_path, judged("1", after)))
        assert last
        assert last.changes([judged("1", after)], "ours").questions == []


def test_only_questions_of_both_reports_are_compared(tmp_path: Path) -> None:
    last = last_report(saved(tmp_path, judged("1", HALF), judged("2", HALF)))
    assert last
    assert last.seconds == {"ours": 4.0}
    got = last.changes([judged("2", WHOLE), judged("3", WHOLE)], "ours")
    assert (got.since, got.common) == ("2026-01-02", 1)
    [change] = got.questions
    assert (change.id, change.before, change.after) == ("2", "50% of the facts", "complete")
    assert last.changes([judged("2", WHOLE)], "plain").common == 0


def test_what_is_missing_now_is_told(tmp_path: Path) -> None:
    last = last_report(saved(tmp_path, judged("1", WHOLE)))
    assert last
    [change] = last.changes([judged("1", HALF)], "ours").questions
    assert change.missing == ("manager",)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"run": "x", "checked": [{}]}'])
def test_another_file_is_no_report(tmp_path: Path, text: str) -> None:
    file = tmp_path / "report.json"
    assert last_report(file) is None
    file.write_text(text)
    assert last_report(file) is None
