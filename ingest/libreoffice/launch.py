"""What a process does before it becomes LibreOffice: it takes limits, and gives up the network."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from ingest.limits import MIB
from ingest.sandbox import shut_off_internet

_MEMORY = 6144 * MIB  # of addresses, of which it uses a tenth; each of its processes
_SECONDS = 120  # of the processor
_LARGEST_FILE = 512 * MIB


def main(command: Sequence[str]) -> None:
    """Become the program of a command."""
    if sys.platform != "win32":
        import resource

        for what, most in (
            (resource.RLIMIT_AS, _MEMORY),
            (resource.RLIMIT_CPU, _SECONDS),
            (resource.RLIMIT_FSIZE, _LARGEST_FILE),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
                resource.setrlimit(what, (most, most))
    shut_off_internet()
    os.execv(command[0], list(command))  # noqa: S606, nothing of it goes through a shell
