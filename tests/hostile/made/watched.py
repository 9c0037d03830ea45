"""The process that reads files, watched: what it does beside reading is told, or ends it.

Python's own events (a socket, another program, a file opened to be written) are written to a pipe.
What a library does without Python is kept from it by the system, where that can be: on Linux, a
process that asks for a socket of a network or for another program is ended.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
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
# Numbers of socket, execve and execveat, by machine.
_CALLS = {"x86_64": (41, 59, 322), "aarch64": (198, 221, 281)}
_ARCHITECTURES = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
_NETWORKS = (2, 10)  # AF_INET, AF_INET6


def main(told: str, may_open: str, also: str) -> None:
    """Watch, then read files as `ingest.sandbox.child` does; `also` names a module of readers."""
    pipe = os.open(told, os.O_WRONLY)
    child = import_module("ingest.sandbox.child")
    if also:
        import_module(also)
    roots = (sys.prefix, sys.base_prefix, may_open, *sys.path, "/proc/", "/sys/", "/dev/null",
             "/usr/lib", "/lib")  # fmt: skip

    def hear(event: str, said: tuple[Any, ...]) -> None:
        if event == "open":
            path, _mode, flags = said
            if isinstance(path, int):
                return
            name = os.path.abspath(os.fsdecode(path))  # noqa: PTH100, Path opens nothing either, but is slow
            if flags & _WRITES or not name.startswith(roots):
                os.write(pipe, f"open {name}\n".encode())
        elif event.startswith(_FORBIDDEN):
            os.write(pipe, f"{event} {said!r}\n"[:500].encode())

    sys.addaudithook(hear)
    forbid_calls()
    child.main()


def forbid_calls() -> bool:
    """Have the system end this process when it asks for a network or a program; False: it cannot."""
    calls = _CALLS.get(platform.machine()) if sys.platform == "linux" else None
    if calls is None:
        return False
    socket, *programs = calls
    load, equal, give = 0x20, 0x15, 0x06
    end, allow = 0x8000_0000, 0x7FFF_0000
    lines = [
        (load, 0, 0, 4), (equal, 1, 0, _ARCHITECTURES[platform.machine()]), (give, 0, 0, end),
        (load, 0, 0, 0),
        *((equal, 6 - n, 0, number) for n, number in enumerate(programs)),
        (equal, 0, 3, socket),
        (load, 0, 0, 16),
        (equal, 2, 0, _NETWORKS[0]), (equal, 1, 0, _NETWORKS[1]),
        (give, 0, 0, allow), (give, 0, 0, end),
    ]  # fmt: skip
    program = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *one) for one in lines))
    filled = ctypes.create_string_buffer(
        struct.pack("<HxxxxxxQ", len(lines), ctypes.addressof(program))
    )
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_rights, filtered = 38, 22
    if libc.prctl(no_new_rights, 1, 0, 0, 0):
        return False
    return not libc.prctl(filtered, 2, filled, 0, 0)


def command(told: Path, may_open: Path, also: str = "") -> tuple[str, ...]:
    """The command of a process that is watched."""
    here = Path(__file__).resolve()
    start = (
        "import sys; sys.path[:0] = sys.argv[1:3]; from made.watched import main; "
        "main(*sys.argv[3:])"
    )
    roots = (str(here.parents[3]), str(here.parents[1]))
    return (sys.executable, "-P", "-c", start, *roots, str(told), str(may_open), also)
