"""Every `--json` shape and exit code that is promised, through the command line itself."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from llm.prompts import REFUSAL

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "docs"
PDF = SAMPLES / "rotterdam-office-guide.pdf"
Folder = Callable[..., Path]

TEXT, NUMBER, WHOLE, MAYBE_TEXT, MAYBE_WHOLE = str, (int, float), int, (str, None), (int, None)
Shape = dict[str, Any]

INGEST: Shape = {
    "added": WHOLE, "updated": WHOLE, "unchanged": WHOLE, "removed": WHOLE, "skipped": list,
    "failed": list, "documents": WHOLE, "chunks": WHOLE, "seconds": NUMBER,
    "reread": WHOLE, "warned": list,
}  # fmt: skip
HIT: Shape = {
    "rank": WHOLE, "score": float, "document": TEXT, "path": TEXT, "page": MAYBE_WHOLE,
    "heading": TEXT, "text": TEXT, "chunk_id": TEXT, "unit": MAYBE_TEXT,
    "confidence": (float, None),
}  # fmt: skip
SEARCH: Shape = {"question": TEXT, "searched": list, "hits": list, "seconds": NUMBER}
CITATION: Shape = {
    "n": WHOLE, "document": TEXT, "path": TEXT, "page": MAYBE_WHOLE, "heading": TEXT,
    "quote": TEXT, "chunk_id": TEXT, "unit": MAYBE_TEXT, "confidence": (float, None),
}  # fmt: skip
ASK: Shape = {
    "question": TEXT, "answer": TEXT, "outcome": TEXT, "grounded": bool, "refused": bool,
    "citations": list, "timings": dict, "usage": dict, "searched": list, "closest": list,
    "certainty": (float, None), "unknown": list, "untranslated": TEXT,
}  # fmt: skip
NEAR: Shape = {
    "document": TEXT, "path": TEXT, "page": MAYBE_WHOLE, "heading": TEXT, "text": TEXT,
    "chunk_id": TEXT, "unit": MAYBE_TEXT, "confidence": (float, None),
}  # fmt: skip
TIMINGS: Shape = {"retrieve_s": NUMBER, "first_token_s": (int, float, None), "total_s": NUMBER}
USAGE: Shape = {"prompt_tokens": WHOLE, "completion_tokens": WHOLE, "calls": WHOLE}
DOCUMENT: Shape = {
    "document": TEXT, "path": TEXT, "title": MAYBE_TEXT, "sha256": MAYBE_TEXT,
    "bytes": MAYBE_WHOLE, "pages": MAYBE_WHOLE, "chunks": WHOLE, "collection": TEXT,
    "lang": MAYBE_TEXT, "status": TEXT, "error": MAYBE_TEXT, "ingested_at": MAYBE_TEXT,
    "unit": MAYBE_TEXT, "author": MAYBE_TEXT, "made": MAYBE_TEXT, "changed": MAYBE_TEXT,
    "confidence": (float, None), "warnings": list,
}  # fmt: skip
SHOWN: Shape = {**DOCUMENT, "passages": list}
PASSAGE: Shape = {
    "chunk_id": TEXT, "page": MAYBE_WHOLE, "heading": TEXT, "text": TEXT, "unit": MAYBE_TEXT,
    "confidence": (float, None), "off": bool,
}  # fmt: skip
BLOCK: Shape = {
    "page": MAYBE_WHOLE, "kind": TEXT, "level": WHOLE, "text": TEXT, "boxes": list, "name": TEXT,
    "confidence": (float, None),
}  # fmt: skip
SETTING: Shape = {
    "name": TEXT, "value": (str, int, float, bool, None), "from": TEXT, "description": TEXT,
}  # fmt: skip
MODEL: Shape = {
    "id": TEXT, "kind": TEXT, "family": TEXT, "parameters": TEXT, "licence": TEXT,
    "languages": list, "context": WHOLE, "bytes": MAYBE_WHOLE, "memory_gib": NUMBER,
    "sources": list, "tested": bool, "auto": bool, "installed": bool, "path": MAYBE_TEXT,
}  # fmt: skip


def check(value: Any, shape: Shape) -> None:
    """Key by key, in the promised order, and type by type; true is no number."""
    assert list(value) == list(shape)
    for key, kinds in shape.items():
        allowed = {type(None) if k is None else k for k in _all(kinds)}
        assert type(value[key]) in allowed, (key, value[key])


def _all(kinds: Any) -> tuple[Any, ...]:
    return kinds if isinstance(kinds, tuple) else (kinds,)


@pytest.fixture
def library(cli: Any, folder: Folder) -> Path:
    """A Markdown file, a text and a PDF with pages, ingested."""
    docs = folder(
        {
            "手册/leave.md": "# Leave\n\n## Days\n\nYou have 25 days of leave a year.\n",
            "travel.txt": "差旅住宿上限为每晚六百元。\n",
            "guide.pdf": PDF.read_bytes(),
        }
    )
    assert cli.json("ingest", docs)["added"] == 3
    return docs


def test_ingest(cli: Any, folder: Folder) -> None:
    docs = folder({"a.md": "Text.", "empty.md": "", "x.mp4": "x", "加密.txt": bytes(range(256))})
    report = cli.json("ingest", docs)
    check(report, INGEST)
    assert cli.code == 1
    assert (report["added"], report["documents"], report["chunks"]) == (1, 3, 1)
    assert report["skipped"] == [{"path": "x.mp4", "reason": "unsupported"}]
    fields = ["path", "reason", "message", "document"]
    assert [list(f) for f in report["failed"]] == [fields] * 2
    assert [(f["path"], f["reason"]) for f in report["failed"]] == [
        ("empty.md", "empty"), ("加密.txt", "not-text"),
    ]  # fmt: skip
    assert cli.json("ingest", docs, "--dry-run", "--keep", "-c", "other")["added"] == 3
    assert cli.code == 0
    assert "加密" in cli("ingest", "--json")  # written as it is, not as \\u escapes


def test_a_gguf_file_by_path_answers(
    cli: Any, library: Path, monkeypatch: pytest.MonkeyPatch, tiny_gguf: Callable[..., Path]
) -> None:
    path = tiny_gguf(context=8192)
    monkeypatch.setenv("KB_LLM_MODEL", str(path))
    monkeypatch.setenv("KB_CONTEXT_TOKENS", "8192")
    monkeypatch.setenv("KB_STRICT", "false")  # no passage bears out what it writes
    cli.texts = None
    result = cli.json("ask", "How many days of leave?")
    assert result["answer"].startswith("abcdefghijklmnopqrstuvwxyz")
    assert (result["grounded"], result["refused"], result["citations"]) == (False, False, [])
    assert result["usage"]["completion_tokens"] == 26
    assert cli.json("status")["llm_installed"] == str(path)
    path.write_bytes(path.read_bytes()[:-1])
    cli("ask", "How many days of leave?")
    assert (cli.code, len(cli.err.splitlines())) == (1, 1)
    assert "cut short" in cli.err


def test_a_skipped_file_is_no_error(cli: Any, folder: Folder) -> None:
    cli.json("ingest", folder({"a.md": "Text.", "x.mp4": "x"}))
    assert cli.code == 0


def test_search(cli: Any, library: Path) -> None:
    found = cli.json("search", "How many days of leave?", "-k", "2")
    check(found, SEARCH)
    assert cli.code == 0
    assert found["question"] == "How many days of leave?"
    assert found["searched"] == [found["question"]]
    assert [hit["rank"] for hit in found["hits"]] == [1, 2]
    for hit in found["hits"]:
        check(hit, HIT)
    first = found["hits"][0]
    assert (first["path"], first["page"]) == ("手册/leave.md", None)
    assert first["text"] == "You have 25 days of leave a year."
    assert first["score"] >= found["hits"][1]["score"]


def test_a_page_counts_from_one_and_holds_the_text(cli: Any, library: Path) -> None:
    hits = cli.json("search", "Rotterdam office", "-k", "50")["hits"]
    pages = [page.extract_text() for page in PdfReader(PDF).pages]
    of_pdf = [hit for hit in hits if hit["path"] == "guide.pdf"]
    assert {hit["page"] for hit in of_pdf} == set(range(1, len(pages) + 1))
    for hit in of_pdf:
        line = _letters(hit["text"].splitlines()[0])
        assert line in _letters(pages[hit["page"] - 1])


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def test_search_in_a_collection(cli: Any, library: Path) -> None:
    assert cli.json("search", "leave", "-c", "none")["hits"] == []
    assert cli.json("search", "leave", "-c", "default")["hits"] != []


def test_ask(cli: Any, library: Path) -> None:
    cli.texts = ["You have 25 days of leave a year [1]."]
    result = cli.json("ask", "How many days of leave do I have?")
    check(result, ASK)
    check(result["timings"], TIMINGS)
    check(result["usage"], USAGE)
    assert cli.code == 0
    assert result["searched"] == [result["question"]]
    assert (result["outcome"], result["grounded"], result["refused"]) == ("answered", True, False)
    assert "25 days" in result["answer"]
    for citation in result["citations"]:
        check(citation, CITATION)
        assert f"[{citation['n']}]" in result["answer"]
    assert result["citations"][0]["path"] == "手册/leave.md"
    assert result["citations"][0]["quote"] == "You have 25 days of leave a year."
    assert result["usage"]["completion_tokens"] == 9
    assert (result["closest"], result["unknown"]) == ([], [])
    model = cli.models.written  # asked twice whether it is there, and for the answer
    assert result["usage"]["calls"] == model.calls > len(model.checks) == 2
    assert result["timings"]["first_token_s"] <= result["timings"]["total_s"]


def test_a_refusal(cli: Any) -> None:
    result = cli.json("ask", "公司的股票代码是什么？")
    check(result, ASK)
    check(result["timings"], TIMINGS)
    assert cli.code == 0  # asked and answered: the documents do not hold it
    assert (result["outcome"], result["refused"]) == ("not_found", True)
    assert (result["grounded"], result["citations"]) == (False, [])
    assert result["usage"] == {"prompt_tokens": 0, "completion_tokens": 0, "calls": 0}
    assert result["timings"]["first_token_s"] is None
    assert result["closest"] == []  # the library is empty


def test_a_refusal_shows_the_closest(cli: Any, library: Path) -> None:
    cli.texts = [REFUSAL["en"]]
    result = cli.json("ask", "How many days of leave does the king have?")
    assert (result["refused"], result["citations"]) == (True, [])
    assert result["closest"][0]["path"] == "手册/leave.md"
    for near in result["closest"]:
        check(near, NEAR)


def test_what_is_not_sure_is_told_with_the_closest(cli: Any, library: Path) -> None:
    cli.texts = ["The king flies 77 times a year.", "The king flies 77 times a year."]
    result = cli.json("ask", "How many days of leave does King Otto have?")
    check(result, ASK)
    assert cli.code == 0
    assert (result["outcome"], result["grounded"], result["refused"]) == ("unsure", False, False)
    assert result["closest"][0]["path"] == "手册/leave.md"
    assert "Otto" in result["unknown"]
    shown = cli("ask", "How many days of leave does King Otto have?")
    assert "not sure: judge by the passages below" in shown
    assert "no passage speaks of: " in shown
    assert "the closest that was found:" in shown


def test_how_sure_it_must_be_is_an_option(cli: Any, library: Path) -> None:
    question = "How many days of leave do I have?"
    cli.texts = ["You have 25 days of leave a year [1]."]
    strict = cli.json("ask", question, "--certainty", "1")
    check(strict, ASK)
    assert (strict["refused"], cli.code) == (True, 0)
    assert not cli.json("ask", question, "--certainty", "0")["refused"]
    assert not cli.json("ask", question)["refused"]


def test_show_tells_what_was_left_out_of_a_document(cli: Any, folder: Folder) -> None:
    log = (
        bytes(16)
        + "水泵停机，已通知值班工程师。\n".encode() * 3
        + "阀门已经更换。\n".encode("gb18030")
    )
    cli("ingest", folder({"pump.log.txt": log}))
    warnings = [
        "1 line was read as gb18030, the rest as utf-8",
        "16 NUL characters left out",
    ]
    assert cli.json("show", "pump.log.txt")[0]["warnings"] == warnings
    shown = cli("show", "pump.log.txt").splitlines()
    assert [line for line in shown if line.startswith("note:")] == [
        f"note: {warning}" for warning in warnings
    ]
    assert list(cli.json("list")[0]) == list(DOCUMENT)


def test_list_show_and_remove(cli: Any, library: Path) -> None:
    rows = cli.json("list")
    assert [row["path"] for row in rows] == ["guide.pdf", "travel.txt", "手册/leave.md"]
    for row in rows:
        check(row, DOCUMENT)
        assert row["status"] == "ready"
    pdf, text, markdown = rows
    assert (pdf["pages"], text["pages"]) == (len(PdfReader(PDF).pages), None)
    assert (text["lang"], markdown["lang"], markdown["title"]) == ("zh", "en", "Leave")
    assert text["bytes"] == len("差旅住宿上限为每晚六百元。\n".encode())
    assert cli.json("list", "-c", "none") == []
    (shown,) = cli.json("show", "手册/leave.md")
    check(shown, SHOWN)
    assert {key: shown[key] for key in DOCUMENT} == markdown
    (passage,) = shown["passages"]
    check(passage, PASSAGE)
    assert passage["heading"] == "Days"
    assert passage["text"] == "You have 25 days of leave a year."
    assert cli.json("show", markdown["document"][:6]) == [shown]
    assert cli.json("remove", "guide.pdf", text["document"]) == [pdf, text]
    assert cli.json("list") == [markdown]
    assert (library / "guide.pdf").exists()  # the user's own file


def test_removing_is_all_or_nothing(cli: Any, library: Path) -> None:
    cli("remove", "guide.pdf", "no such file", "--json")
    assert (cli.code, cli.out) == (1, "")
    assert len(cli.json("list")) == 3


def test_status(cli: Any, library: Path) -> None:
    found = cli.json("status")
    assert cli.code == 0
    assert (found["documents"], found["documents_ready"], found["sources"]) == (3, 3, 1)
    assert found["index"] == "ready"
    assert found["collections"] == ["default"]
    assert found["llm_installed"] is None
    assert found["embed_installed"] == found["embed_model"]
    assert min(found[f"{name}_bytes"] for name in ("ledger", "blobs", "index")) > 0
    whole = ("documents", "chunks", "vectors", "sources", "documents_ready", "outdated")
    assert all(type(found[name]) is int for name in whole)


def test_status_of_nothing(cli: Any) -> None:
    found = cli.json("status")
    assert (found["documents"], found["chunks"], found["index"]) == (0, 0, "none")


def test_settings(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_PASSAGES", "3")
    rows = cli.json("settings")
    for row in rows:
        check(row, SETTING)
    by_name = {row["name"]: row for row in rows}
    assert by_name["KB_PASSAGES"]["value"] == 3
    assert by_name["KB_PASSAGES"]["from"] == "environment"
    assert by_name["KB_MODEL_SOURCES"]["value"] == "local,hub,modelscope,wheels"
    assert by_name["KB_MODELS_LOCAL"]["value"] is None


def test_models_list_and_verify(cli: Any) -> None:
    rows = cli.json("models", "list")
    for row in rows:
        check(row, MODEL)
        assert {type(language) for language in row["languages"]} == {str}
        assert set(row["sources"]) <= {"hub", "modelscope", "wheels"}
    assert not any(row["installed"] for row in rows)
    assert cli.json("models", "verify") == []
    assert cli.code == 0
    (row,) = cli.json("models", "verify", "smollm2-135m")
    assert list(row) == ["id", "ok", "problems"]
    assert (cli.code, row["ok"], len(row["problems"])) == (1, False, 1)


def test_models_pull_reports_each_model(
    cli: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KB_MODEL_SOURCES", "local")
    rows = cli.json("models", "pull", "smollm2-135m", "nonsense", "--from", tmp_path)
    assert cli.code == 1
    assert [row["id"] for row in rows] == ["smollm2-135m", "nonsense"]
    for row in rows:
        assert row["path"] is None
        assert row["source"] is None
        assert "\n" not in row["error"]
    assert len(cli.err.splitlines()) >= 2


@pytest.mark.parametrize(
    "command",
    [["list"], ["status"], ["settings"], ["models", "list"], ["ingest"], ["search", "x"]],
    ids=" ".join,
)
def test_people_see_no_json_and_programs_nothing_else(cli: Any, command: list[str]) -> None:
    cli.json(*command)
    assert len(cli.out.splitlines()) == 1
    assert cli.code == 0
    with pytest.raises(json.JSONDecodeError):
        json.loads(cli(*command) or "nothing")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["show", "nothing"], 1, "no document 'nothing' in the library; `kb list` shows them"),
        (["remove", "nothing"], 1, "no document 'nothing'"),
        (["ingest", "no/such/path"], 1, "no/such/path': vanished: there is no such file"),
        (["models", "verify", "smollm"], 1, "did you mean smollm2-135m"),
        (["ask"], 2, "no question"),
        (["ask", "  "], 2, "no question"),
        (["search", ""], 2, "no question"),
        (["search", "x", "-k", "0"], 2, "-k"),
        (["search", "x", "--batch", "-"], 2, "not both"),
        (["ask", "--batch", "no such file"], 2, "cannot read 'no such file'"),
        (["ask", "x", "--certainty", "1.1"], 2, "--certainty 1.1 is not between 0 and 1"),
        (["ask", "x", "--certainty", "nan"], 2, "--certainty nan is not between 0 and 1"),
        (["ask", "x", "--certainty", "high"], 2, "--certainty"),
        (["show"], 2, "'doc'"),
        (["lst"], 2, "lst"),
        (["list", "--jsn"], 2, "--jsn"),
        (["serve", "--port", "80"], 2, "--port"),
        (["models", "pull", "--from", "no such place"], 2, "no such file or folder"),
    ],
)
def test_an_error_is_one_line_on_stderr(
    cli: Any, arguments: list[str], code: int, words: str
) -> None:
    cli(*arguments)
    assert cli.code == code
    assert words in cli.err
    lines = cli.err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("kb: ")
    if arguments[0] != "ingest":
        assert cli.out == ""


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("KB_PASSAGES", "0", 2),
        ("KB_PASAGES", "3", 2),
        ("KB_LLM_MODEL", "no-such-model", 1),
        ("KB_LLM_MODEL", "/no/such/model.gguf", 1),
        ("KB_EMBED_MODEL", "/no/such/folder", 1),
        ("KB_EMBED_MODEL", "multilingual-e5-small", 1),
    ],
)
def test_a_wrong_setting_or_missing_model_is_one_line(
    cli: Any, library: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, code: int
) -> None:
    monkeypatch.setenv(name, value)
    cli.texts = None
    cli("ask", "How many days of leave?", "--json")
    assert (cli.code, cli.out) == (code, "")
    assert len(cli.err.splitlines()) == 1
    assert (name if name.startswith("KB_PA") else value) in cli.err


def test_show_blocks(cli: Any, library: Path) -> None:
    for name in ("guide.pdf", "手册/leave.md"):
        (shown,) = cli.json("show", name, "--blocks")
        check(shown, {**SHOWN, "blocks": list})
        assert shown["blocks"]
        for block in shown["blocks"]:
            check(block, BLOCK)
