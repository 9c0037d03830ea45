"""The process that reads files, watched: what it does beside reading is told, or ends it.

Python's own events (a socket, another program, a file opened to be written) are written to a pipe.
What a library does without Python is kept from it by the system, where that can be: on Linux, a
process that connects to anything, sends anything or starts a program is ended.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

_FORBIDDEN = (
    "socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.spawn", "os.fork",
    "os.startfile", "pty.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "os.remove",
    "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
    "os.chown", "os.kill", "shutil.", "tempfile.", "winreg.",
)  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# What libraries try when they are imported, to see whether there is IPv6; it leads nowhere.
_HARMLESS = ("socket.__new__", "socket.bind", "socket.gethostname")


def main(told: str, may_open: str, also: str) -> None:
    """Watch, then read files as `ingest.sandbox.child` does; `also` names a module of readers."""
    pipe = os.open(told, os.O_WRONLY)
    child = import_module("ingest.sandbox.child")
    if also:
        import_module(also)
    system = ("/proc/", "/sys/", "/dev/null", "/etc/os-release", "/usr/lib", "/lib")
    roots = (sys.prefix, sys.base_prefix, may_open, *sys.path, *system)

    def hear(event: str, said: tuple[Any, ...]) -> None:
        if event == "open":
            path, _mode, flags = said
            if isinstance(path, int):
                return
            name = os.path.abspath(os.fsdecode(path))  # noqa: PTH100, faster than Path
            if flags & _WRITES or not name.startswith(roots):
                os.write(pipe, f"open {name}\n".encode())
        elif event.startswith(_FORBIDDEN) and event not in _HARMLESS:
            os.write(pipe, f"{event} {said!r}\n"[:500].encode())

    sys.addaudithook(hear)
    import_module("ingest.sandbox.no_network").shut_off(end=True)
    child.main()


def command(told: Path, may_open: Path, also: str = "") -> tuple[str, ...]:
    """The command of a process that is watched."""
    here = Path(__file__).resolve()
    start = (
        "import sys; sys.path[:0] = sys.argv[1:3]; from made.watched import main; "
        "main(*sys.argv[3:])"
    )
    roots = (str(here.parents[3]), str(here.parents[1]))
    return (sys.executable, "-P", "-c", start, *roots, str(told), str(may_open), also)
