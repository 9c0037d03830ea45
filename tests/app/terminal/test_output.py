"""What people see: whatever documents hold, it is shown as it is."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from langchain_core.documents import Document

from app.results import (
    DocumentRow,
    Failed,
    Hit,
    IngestReport,
    ShownDocument,
    Skipped,
    Warned,
)
from app.terminal import output, print_shown
from llm.answer import Answer, Citation, Timings, Usage

ODD = "a[red]b[/red] [1] :smile: \\[x]"


def row(**changes: object) -> DocumentRow:
    fields: dict[str, object] = {
        "document": "0123456789ab", "path": "手册/a.md", "title": None, "sha256": None,
        "bytes": 1, "pages": None, "chunks": 2, "collection": "default", "lang": "zh",
        "status": "ready", "error": None, "ingested_at": None,
    }  # fmt: skip
    return DocumentRow(**{**fields, **changes})  # type: ignore[arg-type]


def test_json_is_one_line_of_real_characters(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_json([row(), {"a": (Hit(1, 0.5, "d", "p", None, "", "x\ny", "c"),)}])
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "手册/a.md" in out
    first, second = json.loads(out)
    assert first["title"] is None
    assert second["a"][0]["text"] == "x\ny"


def test_complaints_are_one_line_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    output.complain("x" * 500 + " " + ODD)
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"kb: {'x' * 500} {ODD}\n"


def test_text_of_documents_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_hits([Hit(1, 0.5, "d", ODD, 3, ODD, ODD, "c")], ["q", ODD])
    output.print_documents([row(title=ODD)])
    citation = Citation(1, "d", ODD, 3, ODD, ODD, "c")
    output.print_sources(Answer("q", ODD, "answered", (citation,), Timings(0, 0.5, 1), Usage(1, 1)))
    screen = output.AnswerScreen()
    screen.write("streamed")
    screen.finish(ODD)
    out = " ".join(capsys.readouterr().out.split())
    assert out.count("a[red]b[/red] [1] :smile:") >= 6
    assert f"also searched for: {ODD}" in out
    assert "streamed" not in out  # the checked answer takes its place


def test_what_is_not_sure_says_so_above_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    for outcome, told in (("answered", False), ("unsure", True), ("not_found", False)):
        output.print_sources(Answer("q", "It is so.", outcome, unknown=("alm [x]",)))  # type: ignore[arg-type]
        out = capsys.readouterr().out
        assert ("not sure" in out) is told
        assert "no passage speaks of: alm [x]" in out


def test_a_terminal_obeys_no_document(capsys: pytest.CaptureFixture[str]) -> None:
    odd = "a\x1b]8;;https://evil.example\x07b\x9b31mc\td"
    output.print_hits([Hit(1, 0.5, "d", odd, 3, odd, odd, "c")], ["q", odd])
    output.print_documents([row(title=odd)])
    citation = Citation(1, "d", odd, 3, odd, odd, "c")
    output.print_sources(Answer("q", odd, "answered", (citation,), Timings(0, 0.5, 1), Usage(1, 1)))
    place = {"page": 1, "heading": odd, "ordinal": 0, "start": 0, "end": 9}
    whole = ShownDocument(**asdict(row(title=odd, warnings=(odd,))), passages=())
    print_shown(whole, [Document(page_content=odd, metadata=place)])
    output.complain(odd)
    for shown in capsys.readouterr():
        assert "a␛]8;;https" in shown
        assert not set(shown) & {"\x1b", "\x07", "\x9b"}


def test_a_report_names_what_was_skipped_and_what_failed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = IngestReport(
        added=2, skipped=[Skipped("x.mp4", "unsupported")],
        failed=[Failed(ODD, "encrypted", "it has a password")], documents=3, chunks=9,
    )  # fmt: skip
    output.print_ingest(report)
    out, err = capsys.readouterr()
    assert out.startswith("2 added, 0 updated, 0 unchanged, 0 removed, 1 skipped, 1 failed; ")
    assert err.splitlines() == [
        "skipped x.mp4: unsupported", f"kb: {ODD!r}: encrypted: it has a password",
    ]  # fmt: skip


def test_a_report_counts_warnings_and_says_what_is_only_planned(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output.print_ingest(IngestReport(added=2, warned=[Warned("a.pdf", ["2 lines left out"])]))
    output.print_ingest(IngestReport(added=2), dry_run=True)
    done, planned = capsys.readouterr().out.splitlines()
    assert ", 0 removed, 1 of them with warnings, 0 skipped" in done
    assert planned.startswith("would be done: 2 added, ")


def test_no_hits_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_hits([], ["q"])
    assert capsys.readouterr().err.startswith("nothing was found")


def test_documents_show_why_they_failed(capsys: pytest.CaptureFixture[str]) -> None:
    output.print_documents([row(), row(status="failed", error="empty: no text")])
    out = capsys.readouterr().out
    assert "ready" in out
    assert "empty:" in out
    output.print_documents([])
    assert "kb ingest" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("page", "heading", "words"),
    [(None, "", "a.md"), (3, "", "a.md · p. 3"), (None, "A > B", "a.md · A > B"),
     (3, "A", "a.md · p. 3 · A")],
)  # fmt: skip
def test_places(page: int | None, heading: str, words: str) -> None:
    assert output.place("a.md", page, heading) == words


@pytest.mark.parametrize(
    ("value", "shown"), [(("a", "b"), "a,b"), (Path("/x"), "/x"), (3, 3), (None, None)]
)
def test_settings_are_text_numbers_or_null(value: object, shown: object) -> None:
    assert output.setting(value) == shown


def test_a_table_that_no_terminal_shows_has_one_line_a_document(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    path = "规章/" + "a long name of a file " * 9 + ".md"
    output.print_documents([row(path=path, title="A title " * 9)])
    head, only = capsys.readouterr().out.splitlines()
    assert head.startswith("id")
    assert path in only
