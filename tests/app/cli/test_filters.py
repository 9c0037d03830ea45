"""The options that say which documents are asked, through the command line."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

Folder = Callable[..., Path]


@pytest.fixture
def library(cli: Any, folder: Folder) -> None:
    docs = folder(
        {"leave.md": "You have 25 days of leave.\n", "差旅.TXT": "差旅住宿上限六百元。\n"}
    )
    cli("ingest", docs)
    cli("ingest", folder({"leave.md": "You have 12 days of leave.\n"}, "hr"), "-c", "hr")


def paths(cli: Any, *options: object) -> list[tuple[str, str]]:
    hits = cli.json("search", "days of leave", *options)["hits"]
    assert cli.code == 0
    return sorted((hit["path"], hit["text"]) for hit in hits)


ONE, TWO, TRAVEL = (
    ("leave.md", "You have 12 days of leave."),
    ("leave.md", "You have 25 days of leave."),
    ("差旅.TXT", "差旅住宿上限六百元。"),
)


def test_each_filter(cli: Any, library: None) -> None:
    day = datetime.now(UTC).date()
    before, after = str(day - timedelta(2)), str(day + timedelta(2))
    assert paths(cli) == [ONE, TWO, TRAVEL]
    assert paths(cli, "--type", "txt") == paths(cli, "--type", ".TXT") == [TRAVEL]
    assert paths(cli, "--type", "txt", "--type", "md") == [ONE, TWO, TRAVEL]
    assert paths(cli, "--type", "pdf") == []
    assert paths(cli, "--lang", "zh") == [TRAVEL]
    assert paths(cli, "--lang", "en", "-c", "hr") == [ONE]
    assert paths(cli, "--since", before, "--until", after) == [ONE, TWO, TRAVEL]
    assert paths(cli, "--since", after) == paths(cli, "--until", before) == []


def test_documents_by_path_and_id(cli: Any, library: None) -> None:
    ids = {row["collection"]: row["document"] for row in cli.json("list") if "md" in row["path"]}
    assert paths(cli, "--document", "差旅.TXT") == [TRAVEL]
    assert paths(cli, "--document", "leave.md", "-c", "hr") == [ONE]
    assert paths(cli, "--document", ids["default"][:8], "--document", "差旅.TXT") == [TWO, TRAVEL]


def test_an_answer_draws_on_what_is_allowed(cli: Any, library: None) -> None:
    cli.texts = ["You have 12 days of leave [1]."]
    result = cli.json("ask", "How many days of leave?", "--type", "md", "--collection", "hr")
    assert [c["quote"] for c in result["citations"]] == ["You have 12 days of leave."]
    assert cli.json("ask", "How many days of leave?", "--type", "pdf")["refused"]


def test_a_batch_is_filtered_and_a_line_chooses_its_collection(
    cli: Any, library: None, tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    asked = [{"question": "leave"}, {"question": "leave", "collection": "hr"}]
    file.write_text("\n".join(map(json.dumps, asked)), "utf-8")
    options = ("--batch", file, "--lang", "en", "-c", "default")
    found = [[h["text"] for h in line["hits"]] for line in cli.lines("search", *options)]
    assert found == [[TWO[1]], [ONE[1]]]
    cli.texts = ["You have 25 days of leave [1].", "You have 12 days of leave [1]."]
    answers = [line["citations"][0]["quote"] for line in cli.lines("ask", *options)]
    assert answers == [TWO[1], ONE[1]]


@pytest.mark.parametrize("command", ["search", "ask"])
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--type", "docx!"], "docx!"),
        (["--type", ""], "pdf"),
        (["--type", "a.md"], "a.md"),
        (["--lang", "fr"], "zh, en"),
        (["--since", "yesterday"], "YYYY-MM-DD"),
        (["--since", "20260131"], "YYYY-MM-DD"),
        (["--until", "2026-02-30"], "--until"),
        (["--since", "2026-02-02", "--until", "2026-02-01"], "after"),
        (["--document", "nothing.md"], "nothing.md"),
        (["--document", "leave.md"], "2 documents"),
        (["--document", "差旅.TXT", "-c", "hr"], "差旅.TXT"),
    ],
)
def test_a_bad_value_is_one_line(
    cli: Any, library: None, command: str, options: list[str], said: str
) -> None:
    cli(command, "leave", *options)
    assert (cli.code, cli.out, len(cli.err.splitlines())) == (2, "", 1)
    assert said in cli.err
