"""Answers that are kept from run to run."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import KbError
from app.evaluation import AnswersReport, Dataset, RgbFile, last_report, read_rgb

Given = Callable[..., Dataset]
Ask = Callable[..., AnswersReport]


def counts(report: AnswersReport) -> tuple[int, int, int]:
    return report.asked, report.kept, report.older


def kept_lines(report: AnswersReport, change: Callable[[Any], None]) -> None:
    """Change each answer in the file that keeps them."""
    [file] = map(Path, report.files)
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    for line in lines:
        change(line)
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


@pytest.fixture
def rgb(tmp_path: Path) -> RgbFile:
    file = tmp_path / "rgb.jsonl"
    line = {"query": "Who was it?", "answer": "Ann", "positive": ["It was Ann."], "negative": []}
    file.write_text(json.dumps(line))
    return read_rgb(file)


def test_an_answer_is_there_in_the_next_run(ask: Ask, given: Given) -> None:
    first = ask(given(), ["It was Ann [1]."])
    assert counts(first) == (1, 0, 0)
    assert first.checked[0].verdict.complete
    second = ask(given(), [])  # the scripted model would have nothing to write
    assert counts(second) == (0, 1, 0)
    assert second.checked == first.checked


@pytest.mark.parametrize(
    "change",
    [
        {"question": "Who has it been?"},
        {"passages": ["It was in May.", "It was Ann."]},
        {"passages": ["It was Ann."]},
    ],
)
def test_another_question_or_other_passages_are_asked(
    ask: Ask, given: Given, change: dict[str, object]
) -> None:
    ask(given())
    assert counts(ask(given(change))) == (1, 0, 0)
    assert counts(ask(given(), [])) == (0, 1, 0)


def test_what_is_looked_for_in_an_answer_is_no_part_of_the_question(ask: Ask, given: Given) -> None:
    ask(given())
    assert counts(ask(given({"id": "2", "must": [["Bob"]]}), [])) == (0, 1, 0)


def test_fresh_asks_again_and_the_last_answer_counts(ask: Ask, given: Given) -> None:
    ask(given())
    fresh = ask(given(), ["It was Ann [1]."], fresh=True)
    assert counts(fresh) == (1, 0, 0)
    again = ask(given(), [])
    assert again.checked == fresh.checked
    assert again.checked[0].verdict.complete


def test_a_line_that_was_cut_short_is_asked_again(ask: Ask, given: Given) -> None:
    [file] = ask(given()).files
    with Path(file).open("a") as stream:
        stream.write('{"key": "12')
    two = {}, {"id": "2", "question": "Whose was it?"}
    assert counts(ask(given(*two))) == (1, 1, 0)
    assert counts(ask(given(*two), [])) == (0, 2, 0)


def test_answers_of_other_sources_are_kept_and_counted(
    ask: Ask, rgb: RgbFile, checkout: Path
) -> None:
    assert counts(ask(rgb)) == (1, 0, 0)
    (checkout / "llm" / "answer" / "write.py").write_text("2")
    assert counts(ask(rgb, [])) == (0, 1, 1)


def test_answers_to_checklists_are_asked_again_with_other_sources(
    ask: Ask, given: Given, checkout: Path
) -> None:
    def write(path: str) -> None:
        file = checkout / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("2")

    ask(given())
    for room in ("app/evaluation", "app/cli", "app/pages", "app/web", "tests"):
        write(f"{room}/new.py")
    assert counts(ask(given(), [])) == (0, 1, 0)
    for room in ("llm", "retrieval/index", "ingest/text", "app/asking", "app"):
        write(f"{room}/new.py")
        assert counts(ask(given())) == (1, 0, 0), room


def test_a_file_that_cannot_be_written_is_one_line(ask: Ask, given: Given) -> None:
    [file] = map(Path, ask(given()).files)
    file.unlink()
    file.mkdir()
    with pytest.raises(KbError, match="cannot write") as caught:
        ask(given())
    assert "\n" not in str(caught.value)


def test_answers_of_an_earlier_release_are_read(ask: Ask, rgb: RgbFile) -> None:
    def older(line: Any) -> None:
        for name in ("outcome", "paths", "calls", "prompt_tokens", "run"):
            del line["reply"][name]

    first = ask(rgb, ["It was Ann [1]."])
    kept_lines(first, older)
    second = ask(rgb, [])
    assert second.kept == 1
    assert second.questions[0].reply == replace(
        first.questions[0].reply, outcome=None, paths=(), calls=None, prompt_tokens=None, run=""
    )


def test_how_long_a_run_takes_is_told_by_what_is_kept(
    ask: Ask, given: Given, capsys: pytest.CaptureFixture[str]
) -> None:
    three = [{"id": str(n), "question": f"Who was it in 202{n}?"} for n in range(3)]
    times = iter((60.0, 3600.0, 300.0))
    kept_lines(ask(given(*three)), lambda line: line["reply"].update(total_s=next(times)))
    capsys.readouterr()
    ask(given(*three, {"id": "new"}))
    said = "4 questions; answers to be written: 1 of zhiku; about 5 minutes"
    assert said in capsys.readouterr().err


def test_or_else_by_the_last_report(
    ask: Ask, given: Given, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = asdict(ask(given()))
    report["checked"][0]["reply"]["total_s"] = 240.0
    file = tmp_path / "report.json"
    file.write_text(json.dumps(report))
    capsys.readouterr()
    ask(given(), fresh=True, last=last_report(file))
    assert "1 of zhiku; about 4 minutes" in capsys.readouterr().err


def test_what_would_end_a_line_elsewhere_is_kept_in_one(ask: Ask, given: Given) -> None:
    odd = "It was\u2028Ann\u0085[1]."
    assert counts(ask(given({"question": "Who\u20285\u2028was it?"}), [odd])) == (1, 0, 0)
    assert counts(ask(given({"question": "Who\u20285\u2028was it?"}), [])) == (0, 1, 0)


@pytest.mark.parametrize("line", ["null", "{}", '{"reply": {"later": 1}, "key": "x", "code": ""}'])
def test_a_kept_line_of_another_form_is_passed_over(ask: Ask, given: Given, line: str) -> None:
    [file] = map(Path, ask(given()).files)
    with file.open("a") as kept:
        kept.write(line + "\n")
    assert counts(ask(given(), [])) == (0, 1, 0)
