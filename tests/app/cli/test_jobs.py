"""`kb jobs`: what waits, runs and ended, for people and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.service import KnowledgeBase
from retrieval.ledger import Ledger
from retrieval.library import Jobs


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Jobs:
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "library"))
    return Jobs(Ledger(tmp_path / "library" / "ledger.sqlite3"))


def kb(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    assert run(arguments) == code
    out, err = capsys.readouterr()
    return json.loads(out) if "--json" in arguments else (out, err)


def test_the_list_says_what_each_is_about(jobs: Jobs, capsys: pytest.CaptureFixture[str]) -> None:
    assert kb(capsys, "jobs", "list", "--json") == []
    failed = jobs.ask("ingest", {"paths": ["/文档"], "collection": "default", "keep": False})
    jobs.end(failed, "failed", message="the disk is full")
    jobs.ask("ingest", {"paths": [], "collection": "default", "keep": False})
    runs = jobs.take()
    assert runs is not None
    jobs.report(runs.id, ["a.md", "embedding", 3, 9])
    [first, second] = kb(capsys, "jobs", "list", "--json")
    assert (first["status"], first["progress"]) == ("running", ["a.md", "embedding", 3, 9])
    assert (second["id"], second["message"], second["ended_at"] is None) == (
        failed, "the disk is full", False,
    )  # fmt: skip
    out, _ = kb(capsys, "jobs", "list")
    assert "every source: embedding a.md 3/9" in out
    jobs.report(runs.id, ["a.md", "staging", 3 << 20, 9 << 20])
    assert "every source: staging a.md 3/9 MB" in kb(capsys, "jobs", "list")[0]
    assert "/文档: the disk is full" in out


def test_cancelling(jobs: Jobs, capsys: pytest.CaptureFixture[str]) -> None:
    waits, runs = jobs.ask("ingest", {"n": 1}), jobs.ask("ingest", {"n": 2})
    [row] = kb(capsys, "jobs", "cancel", str(waits), "--json")
    assert row["status"] == "cancelled"
    jobs.take()
    out, _ = kb(capsys, "jobs", "cancel", str(runs))
    assert out == f"job {runs}: is being stopped\n"
    _, err = kb(capsys, "jobs", "cancel", "99", code=1)
    assert err == "kb: there is no job 99; `kb jobs list` shows them\n"


def test_an_upload_is_a_job_that_can_be_stopped_and_retried(cli: Any, kb: KnowledgeBase) -> None:
    kb.upload("年假.txt", b"You have 25 days of leave.\n")
    [job] = cli.json("jobs", "list")
    assert (job["kind"], job["status"], job["arguments"]["path"]) == (
        "upload", "queued", "年假.txt",
    )  # fmt: skip
    assert cli("jobs", "list").split()[-2:] == ["upload", "年假.txt"]
    assert cli.json("jobs", "cancel", job["id"])[0]["status"] == "cancelled"
    [row] = cli.json("list")
    assert row["error"] == "stopped: it was stopped before it was read; retry it"
    told = cli("jobs", "retry", job["id"]).splitlines()
    assert told[0] == "job 2: queued, upload 年假.txt"
    assert "by the web app, or by the next `kb ingest`" in told[1]
    cli("jobs", "retry", 2)
    assert (cli.code, cli.err) == (
        1, "kb: job 2 is queued; retry one that failed or was stopped\n",
    )  # fmt: skip
    assert cli.json("ingest")["unchanged"] == 1  # which did what waits first
    assert [j["status"] for j in cli.json("jobs", "list")] == ["done", "done", "cancelled"]
    assert cli.json("list")[0]["status"] == "ready"


def test_a_folder_is_retried_as_it_was_asked_for(cli: Any, kb: KnowledgeBase, folder: Any) -> None:
    root = folder({"leave.md": "You have 25 days of leave.\n"})
    asked = {"paths": [str(root)], "collection": "rules", "keep": True, "yes": False}
    number = Jobs(Ledger(kb.settings.ledger_path)).ask("ingest", asked)
    cli("jobs", "cancel", number)
    [again] = cli.json("jobs", "retry", number)
    assert again["arguments"] == asked
    cli("jobs", "retry", 99)
    assert cli.err == "kb: there is no job 99; `kb jobs list` shows them\n"
