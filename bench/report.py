"""Run the benches, each beside what it is compared with, and write one report of all.

    python bench/report.py [--only NAME …] [--into docs/measured]

Each part runs alone, in a process of its own, and tells its rows; `report.json` keeps all values,
`report.md` tells medians, least and most, and ratios. A part that fails is told in the report, and
the others go on. With `--only` the rows of the other parts stay as they were. A quiet machine and
half an hour are needed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).parent)]

from rows import Row, read_rows, table  # noqa: E402

from llm.machine import this_machine  # noqa: E402

PARTS = {
    "start": ("Commands that only read", ["start.py", "--runs", "5"]),
    "embedding": ("Embedding", ["embedding.py"]),
    "ingestion": ("Ingestion", ["ingest_beside_script.py"]),
    "growth": ("Ingestion as the library grows", ["ingest_growth.py", "--most", "3000"]),
    "search": ("Search", ["retrieval_speed.py"]),
    "answers": ("Answers and memory", ["answers_beside_script.py"]),
    "words": ("First words", ["first_words.py"]),
    "many": ("Many people", ["many_askers.py", "--people", "4", "--minutes", "2", "--kills", "1"]),
}
PACKAGES = ("torch", "openvino", "llama-cpp-python", "chromadb", "langchain-core", "streamlit")
BENCH = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--into", type=Path, default=Path("docs/measured"))
    given = parser.parse_args()
    kept = given.into / "report.json"
    parts: dict[str, Any] = json.loads(kept.read_text("utf-8"))["parts"] if kept.exists() else {}
    for name in given.only or PARTS:
        parts[name] = run(name)
        told = {"machine": machine(), "parts": {n: parts[n] for n in PARTS if n in parts}}
        kept.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
        (given.into / "report.md").write_text(markdown(told), "utf-8")
    if failed := [name for name in given.only or PARTS if parts[name]["error"]]:
        sys.exit(f"failed: {', '.join(failed)}")


def run(name: str) -> dict[str, Any]:
    """Run a part; return its rows, when and how long it ran, and what went wrong."""
    title, command = PARTS[name]
    print(f"--- {title}: python bench/{' '.join(command)}", flush=True)
    began, load = time.monotonic(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="zhiku-bench-") as folder:
        file = Path(folder) / "rows.json"
        done = subprocess.run(
            [sys.executable, str(BENCH / command[0]), *command[1:], "--json", str(file)]
        )
        rows = read_rows(file) if file.exists() else []
    return {
        "command": f"python bench/{' '.join(command)}",
        "on": datetime.now(UTC).date().isoformat(),
        "seconds": round(time.monotonic() - began),
        "load_before": round(load, 1),
        "error": f"ended with {done.returncode}" if done.returncode or not rows else "",
        "rows": [asdict(row) for row in rows],
    }


def machine() -> dict[str, str]:
    """Return what it was measured on: the machine, Python, and what does the work."""
    return {
        "machine": this_machine().name,
        "python": sys.version.split()[0],
        **{package: version(package) for package in PACKAGES},
    }


def markdown(told: dict[str, Any]) -> str:
    """Return the report as Markdown."""
    lines = [
        "# Speed and memory, all in one run",
        "",
        "Written by `make bench` (`python bench/report.py`); [report.json](report.json) has every"
        " value. Medians of runs in",
        "turns, in brackets the least and the most and how many; a ratio is ours divided by the"
        " other, so that below 1 is less",
        "time, and more is more where a row counts something a second. What the numbers mean stands"
        " in [speed](speed.md).",
        "",
        "; ".join(f"{name} {value}" for name, value in told["machine"].items()) + ".",
    ]
    for name, part in told["parts"].items():
        lines += ["", f"## {PARTS[name][0]}", ""]
        lines.append(
            f"`{part['command']}`, {part['on']}, {part['seconds']} s, load before it"
            f" {part['load_before']}."
        )
        if part["error"]:
            lines += ["", f"This part failed: {part['error']}."]
        if part["rows"]:
            lines += ["", table([Row(**row) for row in part["rows"]])]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
