"""Many questions from a file or a pipe."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Folder = Callable[..., Path]
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write lines (objects, or text as it is) into a file."""

    def make(*lines: object, start: str = "") -> Path:
        file = tmp_path / "questions.jsonl"
        texts = [li if isinstance(li, str) else json.dumps(li, ensure_ascii=False) for li in lines]
        file.write_text(start + "\n".join(texts) + "\n", "utf-8")
        return file

    return make


@pytest.fixture
def library(cli: Any, folder: Folder) -> None:
    cli("ingest", folder({"leave.md": "You have 25 days of leave a year.\n"}))
    cli("ingest", folder({"b.md": "Dogs may come to the office.\n"}, "more"), "-c", "other")


def test_search(cli: Any, library: None, write: Write) -> None:
    file = write(
        {"id": "b", "question": "days of leave"},
        "",
        {"id": 7, "question": "days of leave", "collection": "other"},
        {"question": "dogs"},
    )
    first, second, third = cli.lines("search", "--batch", file, "-k", "1")
    assert cli.code == 0
    assert list(first) == ["id", "question", "searched", "hits", "seconds"]
    assert [line["id"] for line in (first, second, third)] == ["b", 7, None]
    paths = [line["hits"][0]["path"] for line in (first, second, third)]
    assert paths == ["leave.md", "b.md", "b.md"]


def test_ask_from_the_library_and_from_passages(cli: Any, library: None, write: Write) -> None:
    cli.texts = ["You have 25 days of leave a year.", "住宿上限为六百元[2]。"]
    file = write(
        {"id": 1, "question": "How many days of leave?"},
        {"id": 2, "question": "住宿上限是多少？", "passages": ["无关。", "住宿上限为六百元。"]},
        {"id": 3, "question": "住宿上限是多少？", "passages": []},
    )
    first, second, third = cli.lines("ask", "--batch", file)
    assert list(first) == [
        "id", "question", "answer", "outcome", "grounded", "refused", "citations", "timings",
        "usage", "searched", "closest", "certainty", "unknown", "untranslated",
    ]  # fmt: skip
    assert first["citations"][0]["path"] == "leave.md"
    assert [line["searched"] for line in (first, second)] == [
        ["How many days of leave?"], ["住宿上限是多少？"],
    ]  # fmt: skip
    (citation,) = second["citations"]
    assert (citation["n"], citation["chunk_id"]) == (1, "2")
    assert citation["quote"] == "住宿上限为六百元。"
    assert (citation["document"], citation["path"], citation["page"]) == ("", "", None)
    assert [x["outcome"] for x in (first, second, third)] == ["answered", "answered", "not_found"]
    assert third["refused"]
    assert len(cli.models.written.prompts) == 2  # no passages, no model


def test_how_sure_it_must_be_holds_for_every_line(cli: Any, library: None, write: Write) -> None:
    cli.texts = ["You have 25 days of leave a year."] * 2
    file = write(*({"id": n, "question": "How many days of leave?"} for n in range(2)))
    assert [x["refused"] for x in cli.lines("ask", "--batch", file)] == [False, False]
    strict = cli.lines("ask", "--batch", file, "--certainty", "1")
    assert [x["refused"] for x in strict] == [True, True]


def test_json_is_no_other_output(cli: Any, library: None, write: Write) -> None:
    file = write({"id": 1, "question": "dogs"})
    plain, with_json = cli.lines("search", "--batch", file), cli.lines(
        "search", "--batch", file, "--json"
    )  # fmt: skip
    assert [line["hits"] for line in plain] == [line["hits"] for line in with_json]


def test_standard_input(cli: Any, library: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": 1, "question": "dogs"}\n'))
    (line,) = cli.lines("search", "--batch", "-")
    assert line["hits"][0]["path"] == "b.md"


BAD_LINES = [
    "not json",
    "[1, 2]",
    '"question"',
    {"id": "bad"},
    {"id": "bad", "question": 3},
    {"id": "bad", "question": "  "},
    {"id": "bad", "question": "x", "passages": "one text"},
    {"id": "bad", "question": "x", "passages": {"a": 1}},
    {"id": "bad", "question": "x", "passages": [1]},
    {"id": "bad", "question": "x", "collection": 5},
]


@pytest.mark.parametrize("bad", BAD_LINES, ids=repr)
def test_a_bad_line_in_the_middle_gives_an_error_in_its_place(
    cli: Any, library: None, write: Write, bad: Any
) -> None:
    good = {"id": "good", "question": "dogs"}
    first, second, third = cli.lines("search", "--batch", write(good, bad, good))
    assert cli.code == 1
    assert first["hits"] == third["hits"] != []
    assert list(second) == ["id", "error"]
    assert second["id"] == ("bad" if isinstance(bad, dict) else None)
    assert "line 2 of the batch" in second["error"]
    assert len(cli.err.splitlines()) == 1


def test_a_byte_order_mark_is_no_bad_line(cli: Any, library: None, write: Write) -> None:
    (line,) = cli.lines("search", "--batch", write({"question": "dogs"}, start="\ufeff"))
    assert line["hits"]


@pytest.mark.parametrize("way", ["file", "stdin"])
def test_a_line_in_another_encoding_spoils_no_other(
    cli: Any, library: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    good = b'{"id": 1, "question": "dogs"}\n'
    bad = '{"id": 2, "question": "报销"}\n'.encode("gbk")
    file = tmp_path / "questions.jsonl"
    file.write_bytes(good + bad + good)
    if way == "stdin":
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))
    first, second, third = cli.lines("search", "--batch", file if way == "file" else "-")
    assert (cli.code, len(cli.err.splitlines())) == (1, 1)
    assert first["hits"] == third["hits"] != []
    assert (second["id"], "no UTF-8" in second["error"]) == (None, True)


@pytest.mark.parametrize("command", ["search", "ask"])
@pytest.mark.parametrize("name", ["question", "collection"])
def test_half_a_character_is_an_error_in_its_place(
    cli: Any, library: None, write: Write, command: str, name: str
) -> None:
    cli.texts = ["Dogs may come."] * 2
    good = {"id": 1, "question": "dogs?"}
    bad = json.dumps({"id": "b\ud800", "question": "dogs?", name: "\ud800"})
    first, second, third = cli.lines(command, "--batch", write(good, bad, good))
    assert (cli.code, len(cli.err.splitlines())) == (1, 1)
    assert list(second) == ["id", "error"]
    assert second["id"] == "b\ud800"
    assert f"`{name}` is no valid Unicode" in second["error"]
    assert "error" not in first.keys() | third.keys()


def test_half_a_character_in_a_passage(cli: Any, library: None, write: Write) -> None:
    cli.texts = ["At four [1]."]
    bad = json.dumps({"id": 1, "question": "When?", "passages": ["At four.", "\ud800"]})
    first, second = cli.lines(
        "ask", "--batch", write(bad, {"id": 2, "question": "When?", "passages": ["At four."]})
    )
    assert "`passages` is no valid Unicode" in first["error"]
    assert "answer" in second


def test_a_line_nested_without_end(cli: Any, library: None, write: Write) -> None:
    first, second = cli.lines("search", "--batch", write("[" * 99_999, {"question": "dogs"}))
    assert list(first) == ["id", "error"]
    assert second["hits"]


def test_digits_of_other_scripts_are_digits(cli: Any, library: None, write: Write) -> None:
    cli.texts = ["The fee is 5 euros [1]."]
    passage = "๓. The fee is 5 euros.\nSection ٣ is about fees."
    [answer] = cli.lines(
        "ask", "--batch", write({"question": "What is the fee?", "passages": [passage]})
    )
    assert answer["answer"].startswith("The fee is 5 euros.")


def test_hundreds_of_passages(cli: Any, library: None, write: Write) -> None:
    cli.texts = ["The fee is 5 euros [1]."]
    passages = [f"The fee is {n} euros." for n in range(5, 605)]
    [answer] = cli.lines(
        "ask", "--batch", write({"question": "What is the fee?", "passages": passages})
    )
    assert answer["answer"].startswith("The fee is 5 euros.")
    assert answer["usage"]["calls"] < 20


def test_a_file_in_utf_16_is_one_line(cli: Any, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"question": "dogs"}\n', "utf-16")
    cli("search", "--batch", file)
    assert (cli.code, cli.out, len(cli.err.splitlines())) == (2, "", 1)
    assert "give a UTF-8 file" in cli.err
