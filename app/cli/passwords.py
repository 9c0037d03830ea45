"""Passwords of files: from a file, or asked for on the terminal; never an argument."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.control_characters import line
from app.errors import UsageError
from app.terminal import ingest_progress, output
from retrieval.library import shown

if TYPE_CHECKING:
    from app.results import IngestReport
    from app.service import KnowledgeBase

_MOST = 100  # passwords, each of which is tried
_LONGEST = 1 << 20  # bytes of their file

PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="FILE",
        help="Passwords of locked files, one a line, tried in turn.",
    ),
]


def passwords_of(file: Path | None) -> list[str]:
    """Return the passwords in a file. Raises UsageError when it cannot be used."""
    if file is None:
        return []
    try:
        with file.open("rb") as stream:
            text = stream.read(_LONGEST).decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"--password-file {str(file)!r}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"--password-file {str(file)!r} is no UTF-8; save it as UTF-8") from error
    found = list(dict.fromkeys(word for word in text.splitlines() if word))
    if len(found) > _MOST:
        raise UsageError(f"--password-file {str(file)!r} has more than {_MOST} passwords")
    return found


def unlock(kb: KnowledgeBase, report: IngestReport, passwords: list[str], *, ask: bool) -> None:
    """Read the locked files of a report with passwords, then with those typed in."""
    locked = [f for f in report.failed if f.reason == "encrypted" and f.document]
    ask = ask and sys.stdin.isatty()
    if locked and not (passwords or ask):
        output.complain("locked files: kb ingest asks on a terminal, or takes --password-file FILE")
    if not locked or not (passwords or ask):
        return
    if passwords:
        with ingest_progress() as progress:
            kb.unlock(report, passwords, progress=progress)
    if ask:
        kb.unlock(report, ask=_Prompt())


class _Prompt:
    """Asks for the password of a file, and says so when the last one did not open it."""

    def __init__(self) -> None:
        self._asked = ""

    def __call__(self, path: str) -> str:
        wrong = "that did not open it; " if path == self._asked else ""
        self._asked = path
        question = f"{wrong}{line(shown(path))} is locked; password (empty leaves it)"
        return str(
            typer.prompt(question, default="", hide_input=True, show_default=False, err=True)
        )
