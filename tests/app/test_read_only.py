"""A library that this user may not write is listed, searched and asked; to change it is refused."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.service import KnowledgeBase
from app.web import Shared
from retrieval.ledger import Ledger
from retrieval.library import Library

OpenKb = Callable[..., KnowledgeBase]
Close = Callable[[Path], None]
LEAVE = b"# Leave\n\nYou have 25 days of leave.\n"


@pytest.fixture
def close() -> Iterator[Close]:
    """Make a folder and all in it read-only: by a mount for root, for whom modes do not count."""
    mounted: list[Path] = []
    changed: dict[Path, int] = {}

    def make(folder: Path) -> None:
        if os.geteuid():
            for path in (folder, *folder.rglob("*")):
                changed[path] = path.stat().st_mode
                path.chmod(0o500 if path.is_dir() else 0o400)
            return
        mount = shutil.which("mount")
        if mount is None:
            pytest.skip("this machine has no mount")
        for options in (["--bind", folder, folder], ["-o", "remount,bind,ro", folder]):
            done = subprocess.run([mount, *map(str, options)], capture_output=True, check=False)
            if done.returncode:
                pytest.skip(f"nothing can be mounted here: {done.stderr.decode()}")
            mounted.append(folder)

    yield make
    for path, mode in changed.items():
        path.chmod(mode)
    for folder in dict.fromkeys(mounted):
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def library(kb: KnowledgeBase) -> Path:
    """The folder of a library of one document, which nobody has open."""
    kb.upload("leave.md", LEAVE)
    assert kb.work()
    kb.close()
    return kb.settings.data_dir


def test_the_commands_that_read_work_and_those_that_write_say_why_not(
    cli: Any, library: Path, close: Close, tmp_path: Path
) -> None:
    (tmp_path / "new.md").write_text("Something new.")
    close(library)
    cli.texts = ["You have 25 days of leave [1]."]
    assert [row["path"] for row in cli.json("list")] == ["leave.md"]
    assert cli.json("search", "days of leave")["hits"][0]["path"] == "leave.md"
    answer = cli.json("ask", "How many days of leave?")
    assert (answer["grounded"], answer["answer"]) == (True, "You have 25 days of leave.[1]")
    assert cli.json("status")["documents"] == 1
    assert [job["status"] for job in cli.json("jobs", "list")] == ["done"]
    assert "25 days" in cli("show", "leave.md")
    for command in (
        ("ingest", tmp_path / "new.md"), ("ingest",), ("remove", "leave.md"),
        ("doctor", "--repair"), ("backup", tmp_path / "b.tar"),
    ):  # fmt: skip
        assert cli(*command) == ""
        assert cli.code == 1, command
        assert len(cli.err.splitlines()) == 1
        assert f"the library in {str(library)!r} is read-only" in cli.err
        assert "right to write there" in cli.err
    checks = {c["name"]: c for c in cli.json("doctor")["checks"]}
    for name in ("ledger", "documents", "blobs", "vectors", "keywords", "index"):
        assert checks[name]["ok"], checks[name]
    assert "read-only" in checks["ledger"]["message"]


def test_the_web_app_shows_and_answers(
    library: Path, close: Close, open_kb: OpenKb, begin: Callable[[KnowledgeBase], Shared]
) -> None:
    def script(shared: object) -> None:
        from app.pages import show_documents
        from app.texts import Words

        show_documents(shared, Words("en"))  # type: ignore[arg-type]

    close(library)
    shared = begin(open_kb(texts=["You have 25 days of leave [1]."]))
    at = AppTest.from_function(script, args=(shared,), default_timeout=30).run()
    assert not at.exception
    assert "read-only" in at.info[0].value
    tables = [p.proto for p in at.get("bidi_component")]
    table = next(json.loads(p.json) for p in tables if p.component_name == "zhiku_documents")
    assert [row["name"] for row in table["rows"]] == ["leave.md"]
    assert table["readOnly"]
    assert not at.get("file_uploader")
    assert not at.button
    answering = shared.chats.ask(None, "How many days of leave?")
    assert answering.wait(30)
    result = answering.look().result
    assert result is not None
    assert result.grounded


def test_a_ledger_without_the_right_to_write_in_a_folder_with_it(
    library: Path, close: Close, cli: Any
) -> None:
    ledger = library / "ledger.sqlite3"
    close(ledger)
    assert [row["path"] for row in cli.json("list")] == ["leave.md"]
    cli("remove", "leave.md")
    assert (cli.code, len(cli.err.splitlines())) == (1, 1)
    assert "is read-only" in cli.err


def test_what_another_writes_meanwhile_is_seen(
    library: Path, close: Close, tmp_path: Path, open_kb: OpenKb
) -> None:
    """Another user, or another mount of the same disk, may write where this one may not."""
    behind = tmp_path / "behind"
    shutil.copytree(library, behind)
    if os.geteuid():
        pytest.skip("needs two mounts of one folder")
    shutil.rmtree(library)
    library.mkdir()
    subprocess.run(["mount", "--bind", str(behind), str(library)], check=True)
    try:
        close(library)
        kb = open_kb()
        assert [row.path for row in kb.documents()] == ["leave.md"]
        writer = Ledger(behind / "ledger.sqlite3")
        there = Library(writer)
        there.stage(there.sources()[0], "more.md", "a" * 64, 1)
        assert [row.path for row in kb.documents()] == ["leave.md", "more.md"]
        writer.close()  # which puts the log into the ledger, and takes it away
        assert [row.path for row in kb.documents()] == ["leave.md", "more.md"]
        kb.close()
    finally:
        subprocess.run(["umount", "-l", str(library)], check=True)


def test_there_is_no_library_where_none_can_be_made(
    cli: Any, tmp_path: Path, close: Close, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    close(tmp_path / "closed")
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "closed" / "library"))
    cli("list")
    assert (cli.code, len(cli.err.splitlines())) == (1, 1)
    assert "cannot be made" in cli.err
    assert "KB_DATA_DIR" in cli.err
