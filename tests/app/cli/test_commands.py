"""The command line: help, what it loads, and what people see."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from app.cli import cli as typer_app
from app.cli import run

Folder = Callable[..., Path]
HEAVY = (
    "torch", "transformers", "sentence_transformers", "llama_cpp", "chromadb", "streamlit",
)  # fmt: skip


def commands() -> list[list[str]]:
    """Every command and group, as typed after `kb`."""

    def below(group: Any, words: list[str]) -> list[list[str]]:
        found = [words]
        for name, command in getattr(group, "commands", {}).items():
            found += below(command, [*words, name])
        return found

    return below(typer.main.get_command(typer_app), [])


def test_every_command_is_known_to_these_tests() -> None:
    names = {" ".join(words) for words in commands()}
    assert names == {
        "", "ingest", "watch", "search", "ask", "list", "show", "remove", "status", "settings",
        "serve", "models", "models list", "models pull", "models verify", "models tune", "jobs",
        "jobs list", "jobs cancel", "jobs retry", "doctor", "backup", "restore", "eval",
        "eval retrieval", "eval answers",
    }  # fmt: skip


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_has_help_that_says_what_it_does(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith(f"Usage: {' '.join(['kb', *words])} ")
    description = out.split("\n\n")[1].strip()
    assert len(description) > 20
    assert description.endswith((".", ","))


@pytest.mark.parametrize("words", [[], ["models"]], ids=["kb", "kb models"])
def test_a_group_alone_shows_its_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"Usage: {' '.join(['kb', *words])} ")
    assert len(err.splitlines()) > 5


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.strip().replace(".", "").isdigit()


@pytest.mark.parametrize(
    "command",
    ["--help", "ask --help", "--version", "list", "show nothing", "status", "settings",
     "models list", "remove nothing"],
)  # fmt: skip
def test_light_commands_load_no_heavy_library(command: str, cli: Any) -> None:
    code = (
        "import json, sys; from app.cli import run; code = run(sys.argv[1:]); "
        f"print(json.dumps([code, [m for m in {HEAVY!r} if m in sys.modules]]))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, *command.split()],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3], env=os.environ,
    )  # fmt: skip
    assert json.loads(ended.stdout.splitlines()[-1]) == [int("nothing" in command), []]


def test_importing_the_command_switches_telemetry_off() -> None:
    code = "import os; import app.cli.commands; print(os.environ['ANONYMIZED_TELEMETRY'])"
    environment = {**os.environ, "ANONYMIZED_TELEMETRY": "True"}
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[3], env=environment,
    )  # fmt: skip
    assert ended.stdout.strip() == "False"


def test_people_see_the_answer_and_where_it_stands(cli: Any, folder: Folder) -> None:
    cli("ingest", folder({"leave.md": "# Handbook\n\n## Leave\n\nYou have 25 days of leave.\n"}))
    assert cli.out.startswith("1 added, 0 updated, 0 unchanged, 0 removed, 0 skipped, 0 failed; ")
    cli.texts = ["You have 25 days of leave [1]."]
    cli("ask", "How many days of leave?")
    lines = cli.out.splitlines()
    assert "25 days" in lines[0]
    assert "leave.md" in cli.out
    assert "“You have 25 days of leave.”" in cli.out
    assert "You have 25 days" in cli("search", "leave")
    shown = cli("show", "leave.md")
    assert "Handbook" in shown
    assert "You have 25 days of leave." in shown
    assert cli("remove", "leave.md") == "removed leave.md\n"
    assert "kb ingest" in cli("list")


def test_a_library_is_closed_when_its_command_ends(cli: Any, folder: Folder) -> None:
    cli("ingest", folder({"a.md": "Text."}))
    cli.texts = ["x"]
    cli("ask", "Text?")
    assert cli.models.written.closed


def test_a_broken_ledger_is_one_line(cli: Any, tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "ledger.sqlite3").write_text("this is no database at all, only text" * 99)
    cli("list")
    assert (cli.code, cli.out, len(cli.err.splitlines())) == (1, "", 1)
    assert "ledger" in cli.err


def test_a_data_folder_that_cannot_be_made_is_one_line(
    cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "file" / "library"))
    cli("list")
    assert (cli.code, cli.out, len(cli.err.splitlines())) == (1, "", 1)
    assert "KB_DATA_DIR" in cli.err


def test_ctrl_c_is_no_traceback(cli: Any, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def readline(self, size: int) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Interrupted())
    cli("search", "--batch", "-")
    assert (cli.code, cli.out, cli.err) == (130, "", "kb: stopped\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "\udcb1\udca8"),
        ("ask", "\udcb1\udca8"),
        ("ask", "When?", "--document", "\udcb1"),
        ("search", "When?", "-c", "\udcb1"),
        ("list", "-c", "\udcb1"),
        ("show", "\udcb1.md"),
        ("remove", "\udcb1.md"),
        ("search", "--batch", "\udcb1"),
    ],
)
def test_what_a_terminal_of_another_encoding_sends_is_one_line(
    cli: Any, arguments: tuple[str, ...]
) -> None:
    cli(*arguments)
    assert (cli.code, cli.out, len(cli.err.splitlines())) == (2, "", 1)
    assert "is no valid UTF-8: set the terminal" in cli.err


def test_an_argument_with_lines_is_one_line(cli: Any) -> None:
    cli("no\nsuch\x1b[31m")
    assert (cli.code, cli.out, len(cli.err.splitlines())) == (2, "", 1)
    assert "\x1b" not in cli.err


def test_a_terminal_without_the_letters_shows_their_codes(tmp_path: Path) -> None:
    for encoding in ("ascii", "gbk"):
        done = subprocess.run(
            [sys.executable, "-c", "from app.start import main; main()", "show", "📊 中.md"],
            env={**os.environ, "KB_DATA_DIR": str(tmp_path), "PYTHONIOENCODING": encoding},
            capture_output=True,
            timeout=120,
        )
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert rb"\U0001f4ca" in done.stderr


def test_a_port_that_is_taken_is_one_line(cli: Any) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        cli("serve", "--port", port)
    assert (cli.code, cli.out) == (1, "")
    assert cli.err.startswith(f"kb: another program listens at port {port}; stop it, or choose")
