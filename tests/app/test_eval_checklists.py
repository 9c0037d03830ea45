"""`kb eval answers` on questions with checklists, with a scripted model."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.evaluation import SAMPLE_QUESTIONS, AnswersRun, read_dataset

Folder = Callable[..., Path]
REFUSAL = "The documents do not contain the answer to this question."
DOCS = {
    "docs/leave.md": "# Leave\n\nEverybody has 25 days of annual leave.\n",
    "docs/travel.md": "# Travel\n\nA hotel may cost 180 euros a night.\n",
}
LEAVE = {
    "id": "1", "lang": "en", "kind": "fact", "question": "How many days of annual leave?",
    "docs": ["leave.md"], "must": [["25", "twenty-five"]], "must_not": ["30"],
}  # fmt: skip
HOTEL = {
    "id": "2", "lang": "en", "kind": "fact", "question": "What may a hotel cost a night?",
    "docs": ["travel.md"], "must": [["180"], ["euro"]],
}  # fmt: skip
KING = {
    "id": "3", "lang": "en", "kind": "unanswerable", "question": "Who is the king?", "must": [],
    "answerable": False,
}  # fmt: skip
SEARCH = """
import json, sys
for line in open(sys.argv[sys.argv.index("--queries") + 1]):
    print(json.dumps({"id": json.loads(line)["id"], "hits": [{"path": "a", "text": "piece"}]}))
"""
ANSWER = """
import json, sys
for line in map(json.loads, sys.stdin):
    out = {"id": line["id"], "answer": "25 euros, I guess", "prompt_tokens": 9}
    print(json.dumps({**out, "first_token_s": 1, "total_s": 2}), flush=True)
"""


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The cache and the default report lie below tmp_path."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


def lines(*questions: dict[str, Any]) -> str:
    return "\n".join(map(json.dumps, questions))


@pytest.fixture
def dataset(folder: Folder) -> Path:
    return folder({**DOCS, "queries.jsonl": lines(LEAVE, HOTEL, KING)}, "tiny")


def row(report: Any, **wanted: object) -> Any:
    [cell] = [c for c in report["checklists"] if all(c[k] == v for k, v in wanted.items())]
    return cell


def test_the_report_names_what_each_answer_lacks(cli: Any, dataset: Path) -> None:
    cli.texts = ["Everybody has 25 days [1].", "A hotel may cost 180 a night [1].", REFUSAL]
    report = cli.json("eval", "answers", dataset, "--no-plain")
    assert cli.code == 0
    assert "3 questions; answers to be written: 3 of zhiku; about " in cli.err
    assert json.loads(Path("eval-answers-tiny.json").read_text()) == report
    assert (report["cells"], report["changes"]) == ([], None)
    facts = row(report, kind="fact")
    assert (facts["n"], facts["complete"], facts["facts"], facts["cited"]) == (2, 0.5, 0.75, 1)
    assert facts["calls"] > 1
    assert facts["prompt_tokens"] > 50
    assert row(report, kind="unanswerable")["complete"] == 1
    assert row(report, lang="all")["n"] == 3
    hotel = report["checked"][1]
    assert (hotel["id"], hotel["verdict"]["missing"]) == ("2", [["euro"]])
    assert hotel["reply"]["paths"] == ["travel.md"]
    assert hotel["reply"]["outcome"] == "answered"
    assert hotel["reply"]["run"] == report["run"]


def test_people_see_a_table_of_120_columns(cli: Any, dataset: Path) -> None:
    cli.texts = ["Everybody has 25 days [1].", "A hotel may cost 180 euros [1].", REFUSAL]
    out = cli("eval", "answers", dataset, "--no-plain").splitlines()
    assert out[0].split()[:2] == ["not", "prompt"]
    assert out[1].split()[:3] == ["n", "complete", "short"]
    assert out[2] == "tiny en"
    assert out[3].split()[:4] == ["fact", "zhiku", "2", "1.00"]
    assert len(out[1]) == len(out[3])
    assert max(map(len, out)) <= 120


def test_below_the_table_stands_what_each_answer_lacks(cli: Any, folder: Folder) -> None:
    asked = lines({**LEAVE, "must_not": ["annual"]}, HOTEL, KING)
    cli.texts = [
        "Everybody has 25 days of annual leave [1].", "A hotel may cost 180 a night [1].", REFUSAL,
    ]  # fmt: skip
    made = folder({**DOCS, "queries.jsonl": asked}, "tiny")
    out = cli("eval", "answers", made, "--no-plain").splitlines()
    at = out.index("not complete: 2 of 3 by zhiku")
    assert out[at + 1 : at + 3] == [
        "  tiny en fact 1: forbidden: annual",
        "  tiny en fact 2: missing: euro",
    ]
    assert any(line.startswith("not found: refused, which is right where") for line in out[:at])
    assert any(line.startswith("all questions; ") for line in out[at:])


def test_of_many_answers_that_lack_something_twenty_are_named(cli: Any, folder: Folder) -> None:
    many = [{**LEAVE, "id": f"n{n}", "question": f"How many days in {n}?"} for n in range(22)]
    cli.texts = [REFUSAL] * 22
    out = cli(
        "eval", "answers", folder({**DOCS, "queries.jsonl": lines(*many)}, "tiny"), "--no-plain"
    )
    assert out.count(": unanswered\n") == 20
    assert "\n  and 2 more in the report" in out


def test_a_kind_that_no_question_has_is_refused(cli: Any, dataset: Path) -> None:
    cli("eval", "answers", dataset, "--no-plain", "--kind", "fact", "--kind", "nosuch")
    assert (cli.code, cli.out) == (2, "")
    assert "no question of 'tiny' is of the kind 'nosuch'; there are fact, unanswerable" in cli.err


def test_a_run_that_broke_off_goes_on(cli: Any, dataset: Path) -> None:
    cli.texts = ["Everybody has 25 days [1]."]
    with pytest.raises(IndexError):  # the scripted model ends in the middle of the run
        cli("eval", "answers", dataset, "--no-plain")
    cli.texts = ["180 euros [1].", REFUSAL]
    report = cli.json("eval", "answers", dataset, "--no-plain")
    assert (report["asked"], report["kept"]) == (2, 1)
    runs = [one["reply"]["run"] for one in report["checked"]]
    assert "" not in runs
    again = cli.json("eval", "answers", dataset, "--no-plain")
    assert (again["asked"], again["kept"], cli.err) == (0, 3, "")
    assert again["changes"] == {"since": report["run"], "common": 3, "questions": []}


def test_what_became_better_and_what_worse_is_told(cli: Any, dataset: Path) -> None:
    cli.texts = ["Everybody has 25 days [1].", REFUSAL, REFUSAL]
    cli("eval", "answers", dataset, "--no-plain")
    cli.texts = ["Everybody has leave [1].", "A hotel may cost 180 euros a night [1].", REFUSAL]
    out = cli("eval", "answers", dataset, "--no-plain", "--fresh")
    assert ": 1 better, 1 worse, of 3 questions in both" in out
    lines = out.splitlines()
    at = next(n for n, text in enumerate(lines) if text.startswith("since the report of "))
    assert lines[at + 1 : at + 3] == [
        "  worse   en fact 1: complete > wrong; missing: 25 | twenty-five",
        "  better  en fact 2: not answered > complete",
    ]


def test_a_seed_chooses_of_each_kind_and_language(cli: Any, folder: Folder) -> None:
    many = [{**LEAVE, "id": f"n{n}", "question": f"How many days in {n}?"} for n in range(30)]
    made = folder({**DOCS, "questions.jsonl": lines(*many, KING)}, "many")
    chosen = []
    for seed in (7, 7, 8, 9, 10):
        cli.texts = ["25 [1].", REFUSAL]
        report = cli.json(
            "eval", "answers", made / "questions.jsonl", "--no-plain", "--limit", 1, "--seed", seed
        )
        assert [one["kind"] for one in report["checked"]] == ["fact", "unanswerable"]
        chosen.append(report["checked"][0]["id"])
    assert chosen[0] == chosen[1]
    assert len(set(chosen)) > 1


def test_without_a_folder_a_few_of_the_samples_are_asked(cli: Any) -> None:
    if not SAMPLE_QUESTIONS.is_file():
        cli("eval", "answers", "--no-plain")
        assert (cli.code, cli.out) == (2, "")
        assert "name a folder" in cli.err
        return
    asked = []
    for seed in (0, 0, 1):
        cli.texts = [REFUSAL] * 300
        report = cli.json("eval", "answers", "--no-plain", "--seed", seed)
        assert (cli.code, report["limit"]) == (0, 1)
        kinds = [(one["lang"], one["kind"]) for one in report["checked"]]
        assert len(set(kinds)) == len(kinds) > 10
        asked.append([one["id"] for one in report["checked"]])
    assert asked[0] == asked[1] != asked[2]


def test_only_questions_of_a_kind(cli: Any, dataset: Path) -> None:
    cli.texts = [REFUSAL]
    report = cli.json("eval", "answers", dataset, "--no-plain", "--kind", "unanswerable")
    assert [one["id"] for one in report["checked"]] == ["3"]


def test_a_folder_may_have_both_forms_of_questions(cli: Any, folder: Folder) -> None:
    old = {
        "id": "q", "question": "What does a hotel cost?", "lang": "en", "doc_lang": "en",
        "relevant": ["travel.md"], "answers": ["180"],
    }  # fmt: skip
    made = folder({**DOCS, "queries.jsonl": lines(old), "questions.jsonl": lines(LEAVE)}, "tiny")
    cli.texts = ["180 [1].", "25 [1]."]
    report = cli.json("eval", "answers", made, "--no-plain")
    assert [one["id"] for one in report["questions"]] == ["q"]
    assert [one["id"] for one in report["checked"]] == ["1"]
    cli.texts = []  # the same answers are those of the one file
    report = cli.json("eval", "answers", made / "questions.jsonl", "--no-plain")
    assert (len(report["questions"]), report["kept"]) == (0, 1)
    found = cli.json("eval", "retrieval", made)  # which knows the first form only
    assert {cell["n"] for cell in found["libraries"][0]["cells"]} == {1}


def test_questions_may_bring_their_passages_and_no_documents(cli: Any, folder: Folder) -> None:
    asked = {
        "id": "p", "lang": "en", "question": "Do sauna guests get a locker?", "must": [["yes"]],
        "passages": ["Yes, sauna guests get a locker next to the showers."],
    }  # fmt: skip
    made = folder({"queries.jsonl": lines(asked)}, "given")
    cli.texts = ["Yes, sauna guests get a locker [1]."]
    report = cli.json("eval", "answers", made, "--no-plain")
    assert (cli.code, report["checked"][0]["verdict"]["complete"]) == (0, True)
    assert row(report, kind="question")["cited"] is None


def test_both_programs_are_asked_in_turn_and_the_script_only_once(
    open_kb: Any, make_settings: Any, tiny_gguf: Any, folder: Folder, dataset: Path, tmp_path: Path
) -> None:
    scripts = {"bench/reference.py": SEARCH, "bench/reference_answers.py": ANSWER}
    checkout = folder(scripts, "checkout")
    settings = make_settings(llm_model=str(tiny_gguf()))
    times = []
    for passages, asked in ((3, 6), (2, 3)):  # another setting of ours asks ours alone
        changed = settings.model_copy(update={"passages": passages})

        def open_(given: Any) -> Any:
            return open_kb(
                texts=["25 days [1].", "180 euros [1].", REFUSAL],
                data_dir=given.data_dir, llm_model=given.llm_model, passages=given.passages,
            )  # fmt: skip

        run = AnswersRun(open_, changed, tmp_path / "eval", checkout=checkout)
        run.ask(read_dataset(dataset), [], (), None, 0)
        report = run.report(None, 0)
        assert (run.incomplete, report.asked) == (False, asked)
        [whole] = [c for c in report.checklists if c.lang == "all" and c.method == "zhiku"]
        assert whole.total_ratio is not None
        times.append([one.reply.run for one in report.checked if one.method == "plain"])
        [plain] = [c for c in report.checklists if c.kind == "fact" and c.method == "plain"]
        assert (plain.complete, plain.facts, plain.calls, plain.total_s) == (0.5, 0.75, 1, 2)
    assert times[0] == times[1]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({**LEAVE, "must": ["25"]}, "must"),
        ({**LEAVE, "docs": ["none.md"]}, "'none.md' is not below docs/"),
        ({**LEAVE, "id": 1}, "id"),
    ],
)
def test_a_line_that_is_no_checklist_is_one_line(
    cli: Any, folder: Folder, question: dict[str, Any], said: str
) -> None:
    cli("eval", "answers", folder({**DOCS, "queries.jsonl": lines(question)}, "tiny"))
    assert (cli.code, cli.out, len(cli.err.splitlines())) == (2, "", 1)
    assert said in cli.err
    assert "line 1" in cli.err


def test_retrieval_is_not_measured_on_checklists(cli: Any, dataset: Path) -> None:
    cli("eval", "retrieval", dataset)
    assert (cli.code, cli.out) == (2, "")
    assert "kb eval answers" in cli.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has such a device")
def test_what_was_measured_is_printed_though_its_report_cannot_be_written(
    cli: Any, dataset: Path
) -> None:
    cli.texts = ["Everybody has 25 days [1].", "A hotel may cost 180 a night [1].", REFUSAL]
    report = cli.json("eval", "answers", dataset, "--no-plain", "--out", "/dev/full")
    assert report["checklists"]
    assert cli.code == 1
    assert "cannot write the report '/dev/full'" in cli.err
