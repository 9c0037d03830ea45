"""`kb eval retrieval` on a tiny folder, with a stand-in for the plain script."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Folder = Callable[..., Path]
METHODS = ("zhiku", "dense", "keywords", "ranks")

DOCS = {
    "leave.md": "# Leave\n\nEverybody has 25 days of annual leave.\n",
    "travel.md": "# Travel\n\nA hotel may cost 180 euros a night.\n",
    "sub/parking.md": "# Parking\n\nBicycles stand in the yard.\n",
}
QUERIES = [
    ("1", "How many days of annual leave?", "en", ["leave.md"], ["25 days"]),
    ("2", "What may a hotel cost a night?", "en", ["travel.md"], []),
    ("3", "自行车 Bicycles stand in the yard", "zh", ["sub/parking.md"], ["yard"]),
    ("4", "Who is the king?", "en", [], []),
]
# Finds the first document of the first folder for every question; counts how often it runs.
SCRIPT = """
import argparse, json, pathlib, sys
p = argparse.ArgumentParser()
p.add_argument("folders", nargs="+", type=pathlib.Path)
p.add_argument("--embedding", type=pathlib.Path)
p.add_argument("--queries", type=pathlib.Path)
a = p.parse_args()
assert (a.embedding / "tokenizer.json").is_file()
with pathlib.Path(__file__).with_suffix(".runs").open("a") as f:
    f.write("x")
name = f"{a.folders[0].name}/" if len(a.folders) > 1 else ""
for line in a.queries.read_text("utf-8").splitlines():
    hit = {"path": name + "leave.md", "text": (a.folders[0] / "docs/leave.md").read_text()}
    print(json.dumps({"id": json.loads(line)["id"], "hits": [hit]}))
"""


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The cache and the default report lie below tmp_path."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    file = tmp_path / "script.py"
    file.write_text(SCRIPT)
    return file


@pytest.fixture
def dataset(folder: Folder) -> Callable[..., Path]:
    def make(name: str = "tiny") -> Path:
        lines = [
            json.dumps(
                {
                    "id": id_, "question": question, "lang": lang, "doc_lang": "en",
                    "relevant": relevant, "answers": answers, "evidence": [],
                    "answerable": bool(relevant),
                }
            )
            for id_, question, lang, relevant, answers in QUERIES
        ]  # fmt: skip
        # Each folder in words of its own: of documents that say the same, one would be found.
        docs = {f"docs/{path}": f"{text}\nSaid by {name}.\n" for path, text in DOCS.items()}
        return folder({**docs, "queries.jsonl": "\n".join(lines)}, name)

    return make


def rows(report: Any, **wanted: object) -> list[Any]:
    cells = [cell for library in report["libraries"] for cell in library["cells"]]
    return [cell for cell in cells if all(cell[key] == value for key, value in wanted.items())]


def test_the_report(cli: Any, dataset: Callable[..., Path], script: Path, tmp_path: Path) -> None:
    report = cli.json("eval", "retrieval", dataset(), "--plain", script)
    assert (cli.code, cli.err) == (0, "")
    assert json.loads((tmp_path / "eval-retrieval-tiny.json").read_text()) == report
    [library] = report["libraries"]
    assert (library["folders"], library["documents"], library["failed"]) == (["tiny"], 3, 0)
    assert library["search_seconds"] > 0
    cells = [(c["lang"], c["doc_lang"], c["method"]) for c in library["cells"]]
    assert cells == [(lang, "en", m) for lang in ("en", "zh") for m in (*METHODS, "plain")]
    [ours] = rows(report, lang="en", method="zhiku")
    assert (ours["n"], ours["r_at_1"], ours["mrr"]) == (2, 1, 1)
    assert (ours["evidence"], ours["evidence_n"]) == (1, 1)
    [plain] = rows(report, lang="en", method="plain")
    assert (plain["r_at_1"], plain["evidence"]) == (0.5, 1)
    assert [c["r_at_5"] for c in rows(report, lang="zh", method="plain")] == [0]


def test_the_second_time_nothing_is_embedded_and_no_script_run(
    cli: Any, dataset: Callable[..., Path], script: Path
) -> None:
    folder = dataset()
    cli("eval", "retrieval", folder, "--plain", script, "--limit", 1)
    assert len(cli.models.embedded) == 3
    report = cli.json("eval", "retrieval", folder, "--plain", script)
    assert cli.models.embedded == []
    assert script.with_suffix(".runs").read_text() == "x"
    assert [c["n"] for c in rows(report, method="plain")] == [2, 1]
    script.write_text(SCRIPT + "\n")
    cli("eval", "retrieval", folder, "--plain", script)
    assert script.with_suffix(".runs").read_text() == "xx"


def test_several_folders_apart_and_in_one_library(
    cli: Any, dataset: Callable[..., Path], script: Path, tmp_path: Path
) -> None:
    folders = [dataset("one"), dataset("two")]
    apart = cli.json("eval", "retrieval", *folders, "--plain", script)
    assert [library["folders"] for library in apart["libraries"]] == [["one"], ["two"]]
    assert (tmp_path / "eval-retrieval-one+two.json").is_file()
    out = tmp_path / "mixed.json"
    mixed = cli.json("eval", "retrieval", *folders, "--mixed", "--plain", script, "--out", out)
    [library] = mixed["libraries"]
    assert (library["folders"], library["documents"]) == (["one", "two"], 6)
    assert json.loads(out.read_text()) == mixed
    # Each document is there in two versions, and one of the two is the relevant one.
    assert {c["r_at_5"] for c in rows(mixed, method="zhiku")} == {1}
    found = {(c["folder"], c["r_at_1"]) for c in rows(mixed, lang="en", method="plain")}
    assert found == {("one", 0.5), ("two", 0)}


def test_people_see_a_table(cli: Any, dataset: Callable[..., Path], script: Path) -> None:
    out = cli("eval", "retrieval", dataset(), "--plain", script)
    lines = out.splitlines()
    assert lines[0].split() == [
        "questions", ">", "documents", "method", "n", "R@1", "R@5", "nDCG@10", "MRR", "evidence",
    ]  # fmt: skip
    assert lines[1].split()[:5] == ["tiny", "en", ">", "en", "zhiku"]
    assert "report: eval-retrieval-tiny.json" in out


def test_without_the_plain_script_the_other_rows_are_there(
    cli: Any, dataset: Callable[..., Path], script: Path
) -> None:
    script.write_text("import sys; sys.exit('no such package')")
    report = cli.json("eval", "retrieval", dataset(), "--plain", script)
    assert cli.code == 1
    assert len(cli.err.splitlines()) == 1
    assert "no such package" in cli.err
    assert {c["method"] for c in rows(report)} == set(METHODS)


def test_a_document_that_cannot_be_read_is_named(
    cli: Any, dataset: Callable[..., Path], script: Path
) -> None:
    folder = dataset()
    (folder / "docs" / "broken.pdf").write_bytes(b"%PDF-1.7 no more")
    report = cli.json("eval", "retrieval", folder, "--plain", script)
    assert cli.code == 1
    assert "broken.pdf" in cli.err
    assert report["libraries"][0]["failed"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "docs/"),
        (["tiny", "tiny"], "same name"),
        (["tiny", "--out", "nowhere/report.json"], "--out"),
        (["tiny", "--plain", "nowhere.py"], "--plain"),
        (["tiny", "--limit", "0"], "--limit"),
        ([], "DIR"),
    ],
)
def test_wrong_usage_is_one_line(
    cli: Any, dataset: Callable[..., Path], arguments: list[str], said: str
) -> None:
    dataset()
    cli("eval", "retrieval", *arguments)
    assert (cli.code, cli.out, len(cli.err.splitlines())) == (2, "", 1)
    assert said in cli.err
