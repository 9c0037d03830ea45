"""What goes wrong with the ledger is one line in every command: what, which file, what to do."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.service import KnowledgeBase
from app.settings import Settings
from retrieval.ledger import Ledger

COMMANDS = (["list"], ["search", "dogs"], ["ingest"], ["remove", "dogs.md"], ["status"])


@pytest.fixture
def ledger(cli: Any, tmp_path: Path) -> Path:
    """The ledger of a library of three documents, closed."""
    (tmp_path / "docs").mkdir()
    for n in range(3):
        (tmp_path / "docs" / f"dogs{n}.md").write_text(f"Dogs may come on day {n}.\n")
    assert cli("ingest", tmp_path / "docs")
    return tmp_path / "library" / "ledger.sqlite3"


@pytest.fixture
def impatient(cli: Any, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run a command that waits for others a tenth of a second; return its code and errors."""

    def library(settings: Settings) -> KnowledgeBase:
        return KnowledgeBase(settings, Ledger(settings.ledger_path, 0.1), cli.models)

    def make(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = run(list(arguments), library)
        return code, capsys.readouterr().err

    return make


@contextmanager
def held(ledger: Path, *, readers_too: bool) -> Iterator[None]:
    with closing(sqlite3.connect(ledger, isolation_level=None)) as db:
        if readers_too:
            db.execute("PRAGMA locking_mode=EXCLUSIVE")
        db.execute("BEGIN EXCLUSIVE")
        db.execute("UPDATE documents SET attempts=attempts")
        yield
        db.execute("ROLLBACK")


def one_line(said: str) -> bool:
    return len(said.splitlines()) == 1 and "Traceback" not in said


def test_a_ledger_that_another_program_writes_to_can_be_read(
    ledger: Path, impatient: Callable[..., tuple[int, str]]
) -> None:
    with held(ledger, readers_too=False):
        assert impatient("list") == (0, "")
        for command in (["ingest"], ["remove", "dogs1.md"]):
            code, said = impatient(*command)
            assert code == 1
            assert one_line(said), said
            assert f"another program holds the ledger {str(ledger)!r}" in said
            assert "try again" in said
            assert "backup" not in said
    assert impatient("remove", "dogs1.md") == (0, "")


def test_one_that_is_held_against_all_is_a_line_too(
    ledger: Path, impatient: Callable[..., tuple[int, str]]
) -> None:
    with held(ledger, readers_too=True):
        for command in COMMANDS:
            code, said = impatient(*command)
            assert code == 1
            assert one_line(said), (command, said)
            assert "another program holds the ledger" in said
    assert impatient("list") == (0, "")


def damage(ledger: Path, table: str) -> None:
    """Write over the first page of a table and of each of its indexes."""
    with closing(sqlite3.connect(ledger)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = db.execute("PRAGMA page_size").fetchone()[0]
        roots = [
            row[0]
            for row in db.execute("SELECT rootpage FROM sqlite_master WHERE tbl_name=?", (table,))
        ]
    with ledger.open("r+b") as file:
        for root in roots:
            file.seek((root - 1) * size)
            file.write(b"\xa5" * size)


@pytest.mark.parametrize(
    "table", ["documents", "chunks", "vectors", "jobs", "sources", "keywords_data"]
)
def test_damaged_pages_are_a_line(ledger: Path, cli: Any, table: str) -> None:
    damage(ledger, table)
    for command in COMMANDS:
        cli(*command)
        if cli.code:
            assert one_line(cli.err), (command, cli.err)
            assert "is damaged" in cli.err or "no document" in cli.err, cli.err
            assert "kb doctor" in cli.err or "kb list" in cli.err
    assert any(cli(*command) is not None and cli.code for command in COMMANDS)


@pytest.mark.parametrize("repair", [[], ["--repair"]])
@pytest.mark.parametrize("table", ["documents", "vectors", "jobs", "versions"])
def test_doctor_goes_on_with_the_other_layers(
    ledger: Path, cli: Any, table: str, repair: list[str]
) -> None:
    damage(ledger, table)
    checks = {c["name"]: c for c in cli.json("doctor", *repair)["checks"]}
    assert (cli.code, cli.err) == (1, "")
    assert not checks["ledger"]["ok"]
    assert "backup" in checks["ledger"]["message"]
    assert checks["disk"]["ok"]
    assert "Zhiku" in checks["versions"]["message"]
    for check in checks.values():
        assert "\n" not in check["message"]


def test_a_table_that_is_gone_is_a_line(ledger: Path, cli: Any) -> None:
    with closing(sqlite3.connect(ledger)) as db:
        db.execute("DROP TABLE vectors")
    for command in (["search", "dogs"], ["status"]):
        assert cli(*command) == ""
        assert (cli.code, one_line(cli.err)) == (1, True)
        assert "is damaged (no such table: vectors)" in cli.err
