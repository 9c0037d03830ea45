"""How long commands take that only read: each beside `python -c pass`, in turn.

    python bench/start.py [--runs 10]

A new library is made in a temporary folder. The first run of each, which fills the disk's cache,
is not counted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence

COMMANDS = (
    ("--help",), ("ask", "--help"), ("--version",), ("list",), ("status",), ("jobs", "list"),
    ("settings",), ("models", "list"),
)  # fmt: skip
KB = [sys.executable, "-c", "from app.start import main; main()"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    runs = parser.parse_args().runs
    kept = {name: value for name, value in os.environ.items() if name != "KB_DATA_DIR"}
    with tempfile.TemporaryDirectory() as home:
        environment = {**kept, "KB_DATA_DIR": home}
        print(f"{'kb …':<12} median s  python -c pass  ratio")
        for command in COMMANDS:
            ours, bare = pairs([*KB, *command], environment, runs)
            print(f"{' '.join(command):<12} {ours:8.3f}  {bare:14.3f}  {ours / bare:5.1f}")
    print(f"of {runs} pairs each, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def pairs(command: Sequence[str], environment: Mapping[str, str], runs: int) -> tuple[float, float]:
    """Return the median seconds of a command, and of an interpreter that does nothing."""
    took(command, environment)
    times = [
        (took(command, environment), took([sys.executable, "-c", "pass"], environment))
        for _ in range(runs)
    ]
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def took(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Return the seconds from the start of a process to its end."""
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
