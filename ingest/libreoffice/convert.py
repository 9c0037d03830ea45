"""LibreOffice is run as a process of its own, with limits, without network and macros."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from ingest.errors import ReadError
from ingest.limits import MIB

_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from ingest.libreoffice.launch import main; main(sys.argv[2:])"
)
_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 120.0
_LOOK_SECONDS = 0.1
_LARGEST = 300 * MIB  # of a PDF that comes out
_FILTERS = {  # of the kinds with something to say to it: hidden slides are slides, too
    "slides": 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}',
}
# Neither macros nor links to elsewhere; no dialogue of the first start.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_CHOSEN = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Calc/Content/Update", "Link", "2"),
    ("Common/Misc", "FirstRun", "false"),
)


def office_program() -> str | None:
    """Return where LibreOffice's program lies, None if it is not installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


class Converter:
    """Makes PDFs of Office files, one at a time.

    `environment` is all that the process sees of this one's variables, `program` where LibreOffice
    is (None: not installed).
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        program: str | None,
        seconds: float = _SECONDS,
    ) -> None:
        self._environment = dict(environment)
        self._program = program
        self._seconds = seconds
        self._turn = threading.Lock()
        self._ended = threading.Event()

    @property
    def is_there(self) -> bool:
        """Whether LibreOffice is installed."""
        return self._program is not None

    def convert(
        self, source: Path, suffix: str, target: Path, *, is_slides: bool = False,
        wait: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """Write the PDF of a file to `target`, which is not there before it is whole.

        `suffix` (as ".docx") tells its kind. `wait` is called while it runs; what it raises ends
        it. Raises ReadError (`timeout`, `damaged`, `unsupported`).
        """
        if self._program is None:
            raise ReadError("unsupported", "LibreOffice is not installed; its pages cannot be seen")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._turn, tempfile.TemporaryDirectory(prefix="zhiku-office-") as work:
            folder = Path(work)
            _write_profile(folder / "profile" / "user")
            copy = folder / f"file{suffix}"
            shutil.copyfile(source, copy)
            self._run(folder, copy, _FILTERS["slides"] if is_slides else "pdf", wait)
            made = folder / "out" / "file.pdf"
            if not made.is_file() or not 0 < made.stat().st_size <= _LARGEST:
                raise ReadError(
                    "damaged", "LibreOffice could not open it; save it anew", "save-anew"
                )
            partial = target.with_name(f".incoming-{target.name}")
            shutil.copyfile(made, partial)
            partial.chmod(0o600)
            partial.replace(target)

    def close(self) -> None:
        """End what runs."""
        self._ended.set()

    def _run(self, folder: Path, file: Path, form: str, wait: Callable[[], None]) -> None:
        command = [
            sys.executable, "-P", "-c", _START, str(_ROOT), str(self._program),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault",
            "--convert-to", form, "--outdir", str(folder / "out"), str(file),
        ]  # fmt: skip
        own = {"HOME": str(folder), "TMPDIR": str(folder)}
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**self._environment, **own},
            cwd=folder,
            start_new_session=True,  # it starts others, which are ended with it
        )
        deadline = time.monotonic() + self._seconds
        try:
            while process.poll() is None:
                if self._ended.is_set():
                    raise ReadError("stopped", "it was stopped")
                if time.monotonic() > deadline:
                    message = f"LibreOffice took longer than {self._seconds:g} s for it"
                    raise ReadError("timeout", message)
                wait()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(_LOOK_SECONDS)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _write_profile(user: Path) -> None:
    user.mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _CHOSEN)
    (user / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), "utf-8")
