"""How long commands take that only read: each beside `python -c pass`, in turn.

    python bench/start.py [--runs 10] [--json FILE]

A new library is made in a temporary folder. The first run of each, which fills the disk's cache,
is not counted.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from rows import Row, add_json, table, write_rows

COMMANDS = (
    ("--help",), ("ask", "--help"), ("--version",), ("list",), ("status",), ("jobs", "list"),
    ("settings",), ("models", "list"),
)  # fmt: skip
KB = [sys.executable, "-c", "from app.start import main; main()"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    add_json(parser)
    given = parser.parse_args()
    kept = {name: value for name, value in os.environ.items() if name != "KB_DATA_DIR"}
    with tempfile.TemporaryDirectory() as home:
        environment = {**kept, "KB_DATA_DIR": home}
        rows = [
            measure([*KB, *command], f"kb {' '.join(command)}", environment, given.runs)
            for command in COMMANDS
        ]
    print(table(rows))
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    write_rows(rows, given.json)


def measure(command: Sequence[str], name: str, environment: Mapping[str, str], runs: int) -> Row:
    """Return the seconds of a command, and of an interpreter that does nothing."""
    took(command, environment)
    row = Row(name, "s", [], [], "`python -c pass`")
    for _ in range(runs):
        row.ours.append(took(command, environment))
        row.other.append(took([sys.executable, "-c", "pass"], environment))
    return row


def took(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return the seconds from the start of a process to its end."""
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
