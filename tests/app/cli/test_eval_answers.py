"""`kb eval answers` on a tiny folder and tiny RGB files, with a scripted model."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.evaluation import AnswersRun, read_dataset, read_rgb

Folder = Callable[..., Path]
REFUSAL = "The documents do not contain the answer to this question."
ASKED = [
    ("1", "How many days of annual leave?", ["25 days"], True, "fact"),
    ("2", "What may a hotel cost a night?", ["180"], True, "fact"),
    ("3", "Who is the king?", ["Unable to answer"], False, "none"),
    ("4", "Summarise the hotel rules", ["180 euros"], True, "summary"),
]
SCRIPTS = {
    "bench/reference.py": """
import json, sys
for line in open(sys.argv[sys.argv.index("--queries") + 1]):
    hits = [{"path": "leave.md", "text": f"piece {n}"} for n in range(6)]
    print(json.dumps({"id": json.loads(line)["id"], "hits": hits}))
""",
    "bench/reference_answers.py": """
import json, pathlib, sys
with pathlib.Path(__file__).with_suffix(".runs").open("a") as f:
    f.write("x")
for line in map(json.loads, sys.stdin):
    given = line["passages"]
    assert given == [f"piece {n}" for n in range(4)] or "It was in May." in given
    out = {"id": line["id"], "answer": "25 days", "prompt_tokens": 9}
    print(json.dumps({**out, "first_token_s": 1, "total_s": 2}), flush=True)
""",
}


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The cache and the default report lie below tmp_path."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def dataset(folder: Folder) -> Path:
    lines = [
        json.dumps(
            {
                "id": id_, "question": question, "lang": "en", "doc_lang": "en",
                "relevant": ["leave.md"], "answers": answers, "answerable": answerable,
                "type": kind,
            }
        )
        for id_, question, answers, answerable, kind in ASKED
    ]  # fmt: skip
    docs = {
        "docs/leave.md": "# Leave\n\nEverybody has 25 days of annual leave.\n",
        "docs/travel.md": "# Travel\n\nA hotel may cost 180 euros a night.\n",
    }
    return folder({**docs, "queries.jsonl": "\n".join(lines)}, "tiny")


@pytest.fixture
def rgb(tmp_path: Path) -> Path:
    line = {
        "query": "When was it?",
        "answer": ["May"],
        "positive": ["It was in May."],
        "negative": ["no"] * 5,
    }
    file = tmp_path / "en_tiny.jsonl"
    file.write_text(json.dumps(line))
    return file


def row(report: Any, **wanted: object) -> Any:
    [cell] = [c for c in report["cells"] if all(c[key] == value for key, value in wanted.items())]
    return cell


def test_the_report_of_a_folder(cli: Any, dataset: Path, tmp_path: Path) -> None:
    cli.texts = ["Everybody has 25 days of annual leave [1].", "It costs 25 euros.", "180", REFUSAL]
    report = cli.json("eval", "answers", dataset, "--no-plain")
    assert (cli.code, cli.err) == (0, "")
    assert json.loads((tmp_path / "eval-answers-tiny.json").read_text()) == report
    assert (report["asked"], report["kept"], report["limit"], report["seed"]) == (4, 0, None, 0)
    ours = row(report, part="answerable")
    assert (ours["n"], ours["method"]) == (3, "zhiku")
    assert (ours["accuracy"], ours["numbers"]) == (0.3333, 0.6667)
    assert (ours["refused"], ours["falsely_refused"]) == (None, 0)
    assert ours["citation_precision"] is not None
    refused = row(report, part="unanswerable")
    assert (refused["n"], refused["refused"], refused["accuracy"]) == (1, 1, None)
    first = report["questions"][0]
    assert first["id"] == "1"
    assert first["reply"]["answer"] == "Everybody has 25 days of annual leave.[1]"
    assert first["score"]["accuracy"] is True


def test_the_second_time_only_what_is_new_is_asked(cli: Any, dataset: Path) -> None:
    cli.texts = ["25 days [1].", REFUSAL]
    cli("eval", "answers", dataset, "--no-plain", "--limit", 1, "--seed", 3)
    cli.texts = ["A hotel costs 180 [1].", "It costs 180 euros [1]."]
    report = cli.json("eval", "answers", dataset, "--no-plain", "--seed", 3)
    assert (report["asked"], report["kept"], report["older"]) == (2, 2, 0)
    cli.texts = []  # the scripted model would have nothing to write
    again = cli.json("eval", "answers", dataset, "--no-plain", "--seed", 3)
    assert (again["asked"], again["kept"]) == (0, 4)
    assert again["cells"] == report["cells"]
    cli.texts = [REFUSAL] * 4
    fresh = cli.json("eval", "answers", dataset, "--no-plain", "--fresh")
    assert (fresh["asked"], fresh["kept"]) == (4, 0)
    assert row(fresh, part="answerable")["falsely_refused"] == 1


def test_a_run_that_broke_off_goes_on(cli: Any, dataset: Path) -> None:
    cli.texts = ["25 days [1]."]
    with pytest.raises(IndexError):  # the scripted model ends in the middle of the run
        cli("eval", "answers", dataset, "--no-plain")
    cli.texts = ["It costs 180 [1].", "180 euros [1].", REFUSAL]
    report = cli.json("eval", "answers", dataset, "--no-plain")
    assert (report["asked"], report["kept"]) == (3, 1)
    assert row(report, part="answerable")["accuracy"] == 1


def test_another_setting_is_another_answer(
    cli: Any, dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.texts = [REFUSAL] * 2
    cli("eval", "answers", dataset, "--no-plain", "--limit", 1)
    monkeypatch.setenv("KB_PASSAGES", "1")
    assert cli.json("eval", "answers", dataset, "--no-plain", "--limit", 1)["asked"] == 2
    monkeypatch.setenv("KB_THREADS", "1")
    assert cli.json("eval", "answers", dataset, "--no-plain", "--limit", 1)["asked"] == 0


def test_only_questions_of_a_type(cli: Any, dataset: Path) -> None:
    cli.texts = ["180 euros"]
    report = cli.json("eval", "answers", dataset, "--no-plain", "--type", "summary")
    assert [q["id"] for q in report["questions"]] == ["4"]


def test_an_rgb_file_is_asked_at_each_noise(cli: Any, rgb: Path) -> None:
    cli.texts = ["In May [1].", "In June.", REFUSAL]
    report = cli.json("eval", "answers", rgb, "--no-plain")
    assert cli.code == 0
    assert [c["part"] for c in report["cells"]] == ["noise 0.4", "noise 0.8", "noise 1"]
    assert [c["accuracy"] for c in report["cells"]] == [1, 0, None]
    assert row(report, part="noise 1")["refused"] == 1
    checks = [str(messages[-1].text) for messages in cli.models.written.checks]
    each = [checks[at : at + 2] for at in (0, 2, 4)]  # of all passages together, two things
    assert [any("] It was in May.\n" in check for check in some) for some in each] == [
        True,
        True,
        False,
    ]
    few = cli.json("eval", "answers", rgb, "--no-plain", "--noise", 0.8, "--noise", 1)
    assert [c["part"] for c in few["cells"]] == ["noise 0.8", "noise 1"]
    assert few["asked"] == 0


def test_people_see_a_table(cli: Any, rgb: Path) -> None:
    cli.texts = ["In May [1]."]
    out = cli("eval", "answers", rgb, "--no-plain", "--noise", 0.4, "--limit", 5, "--seed", 2)
    lines = out.splitlines()
    assert lines[1].split()[:5] == ["n", "racy", "bers", "F1", "refused"]
    assert "unsure" in lines[1]
    assert lines[2] == "en_tiny en > en, noise 0.4"
    assert lines[3].split()[:3] == ["zhiku", "1", "1.000"]
    assert max(map(len, lines[:4])) <= 80
    assert "at most 5 of each cell, seed 2" in out
    assert "1 answers new, 0 of earlier runs" in out
    assert "report: eval-answers-en_tiny.json" in out


def test_what_was_shown_and_taken_back_is_kept_with_each_answer(
    cli: Any, rgb: Path, tmp_path: Path
) -> None:
    cli.texts = ["In May [1].", "In 1877.", REFUSAL]
    cli("eval", "answers", rgb, "--no-plain")
    (kept,) = tmp_path.rglob("answers-*.jsonl")
    replies = [json.loads(line)["reply"] for line in kept.read_text("utf-8").splitlines()]
    assert [r["outcome"] for r in replies] == ["answered", "unsure", "not_found"]
    assert [r["taken_back"] for r in replies] == [0, 0, 0]


@pytest.fixture
def run(
    open_kb: Any, make_settings: Any, tiny_gguf: Any, folder: Folder, tmp_path: Path
) -> Callable[..., AnswersRun]:
    """A run with stand-ins for both plain scripts; the model file is real, and not asked."""
    checkout = folder(SCRIPTS, "checkout")
    settings = make_settings(llm_model=str(tiny_gguf()))

    def made(texts: list[str]) -> AnswersRun:
        def open_(settings: Any) -> Any:
            return open_kb(texts=texts, data_dir=settings.data_dir, llm_model=settings.llm_model)

        return AnswersRun(open_, settings, tmp_path / "eval", checkout=checkout)

    return made


def test_the_plain_script_stands_beside(
    run: Callable[..., AnswersRun], dataset: Path, rgb: Path, tmp_path: Path
) -> None:
    for texts, asked in (([REFUSAL] * 5, 10), ([], 0)):
        one = run(texts)
        one.ask(read_dataset(dataset), [], (), None, 0)
        one.ask(read_rgb(rgb), [0.4], (), None, 0)
        report = one.report(None, 0)
        assert (one.incomplete, report.asked, report.kept) == (False, asked, 10 - asked)
        rows = [(c.source, c.part, c.method, c.n) for c in report.cells]
        assert rows == [
            ("tiny", "answerable", "zhiku", 3), ("tiny", "answerable", "plain", 3),
            ("tiny", "unanswerable", "zhiku", 1), ("tiny", "unanswerable", "plain", 1),
            ("en_tiny", "noise 0.4", "zhiku", 1), ("en_tiny", "noise 0.4", "plain", 1),
        ]  # fmt: skip
        plain = report.cells[1]
        assert (plain.accuracy, plain.falsely_refused, plain.citation_recall) == (0.3333, 0, None)
        assert (plain.first_token_s, plain.total_s) == (1, 2)
    assert (tmp_path / "checkout" / "bench" / "reference_answers.runs").read_text() == "xx"


@pytest.mark.parametrize("name", list(SCRIPTS))
def test_without_the_plain_script_our_rows_are_there(
    run: Callable[..., AnswersRun],
    dataset: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    (tmp_path / "checkout" / name).write_text("import sys; sys.exit('no such package')")
    one = run([REFUSAL] * 4)
    one.ask(read_dataset(dataset), [], (), None, 0)
    assert one.incomplete
    assert "no such package; there are no `plain` rows" in capsys.readouterr().err
    assert {c.method for c in one.report(None, 0).cells} == {"zhiku"}


def test_without_the_model_file_the_plain_script_is_not_run(cli: Any, rgb: Path) -> None:
    cli.texts = ["In May [1]."]
    report = cli.json("eval", "answers", rgb, "--noise", 0.4)
    assert (cli.code, len(cli.err.splitlines())) == (1, 1)
    assert "not installed" in cli.err
    assert [c["method"] for c in report["cells"]] == ["zhiku"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "docs/"),
        (["tiny", "tiny"], "same name"),
        (["en_tiny.jsonl", "--out", "nowhere/report.json"], "--out"),
        (["en_tiny.jsonl", "--noise", "1.5"], "--noise"),
        (["tiny/queries.jsonl"], "no question"),
        (["tiny", "--limit", "0"], "--limit"),
    ],
)
def test_wrong_usage_is_one_line(
    cli: Any, dataset: Path, rgb: Path, arguments: list[str], said: str
) -> None:
    cli("eval", "answers", *arguments)
    assert (cli.code, cli.out, len(cli.err.splitlines())) == (2, "", 1)
    assert said in cli.err
