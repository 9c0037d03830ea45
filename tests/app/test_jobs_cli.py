"""`kb jobs`: what waits, runs and ended, for people and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from retrieval.jobs import Jobs
from retrieval.ledger import Ledger


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
    assert out == f"job {runs}: will stop after its next step\n"
    _, err = kb(capsys, "jobs", "cancel", "99", code=1)
    assert err == "kb: there is no job 99; `kb jobs list` shows them\n"
