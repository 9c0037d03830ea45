"""A walk of one question and of one file: files of the rooms that ran, what passed, how often.

    python bench/walk.py [--root FOLDER] [--question TEXT] [--file PATH] [--json FILE]

Traces `kb ingest` and `kb ask` in a library of its own with one file, the process that reads the
file included, and prints for each: the files of the rooms whose code ran; the carriers, which are
dataclasses of the rooms that a function of another file, or of another room, was given or gave
back; the hops, which are calls from one file to another, or from room to room; and the files that
were entered most often. Names are told by path alone, so that an older tree, given as `--root`, can
be walked by its own interpreter. Needs both models.
"""

from __future__ import annotations

import argparse
import dataclasses
import inspect
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOMS = ("app", "llm", "retrieval", "ingest")
ROOT = Path(__file__).resolve().parents[1]
CHILD = ["-P", "-c"]  # how the program starts the process that reads files
CALL, CARRIER = "call", "carrier"

Note = tuple[str, str, str, str]  # CALL or CARRIER; the file that called, that was called; the type


class Tracer:
    """Hears every call and return of Python code while it is the profiler."""

    def __init__(self, root: Path, note: Callable[[Note], None]) -> None:
        self._root = f"{root}{os.sep}"
        self._known: dict[int, tuple[str, CodeType]] = {}  # by id: a code's hash is slow
        self._note = note

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        """Note a call from one file of the rooms to another, and what it was given or gave."""
        if event not in ("call", "return") or not (here := self._file(frame.f_code)):
            return
        there = self._caller(frame)
        if event == "return":
            self._carried(there, here, argument)
            return
        if frame.f_code.co_flags & inspect.CO_GENERATOR and frame.f_lasti > 2:
            return  # it goes on, and was called before
        self._note((CALL, there, here, ""))
        for name in frame.f_code.co_varnames[: frame.f_code.co_argcount]:
            self._carried(there, here, frame.f_locals.get(name))

    def _file(self, code: CodeType) -> str:
        """Return the file of a function of the rooms, below the root; "" for any other code."""
        if (known := self._known.get(id(code))) is None:
            inside = code.co_filename.removeprefix(self._root)
            own = inside.partition(os.sep)[0] in ROOMS and code.co_name != "<module>"
            known = self._known[id(code)] = (Path(inside).as_posix() if own else "", code)
        return known[0]

    def _caller(self, frame: FrameType) -> str:
        """Return the nearest file of the rooms that a call came from, through libraries too."""
        above = frame.f_back
        while above is not None:
            if file := self._file(above.f_code):
                return file
            above = above.f_back
        return ""

    def _carried(self, there: str, here: str, value: Any) -> None:
        items = value[:2] if isinstance(value, list | tuple) else [value]
        for kind in map(type, items):
            if dataclasses.is_dataclass(kind) and kind.__module__.partition(".")[0] in ROOMS:
                self._note((CARRIER, there, here, kind.__qualname__))


class Walk:
    """Counts what was noted, of this process and of those that it starts."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.notes: Counter[Note] = Counter()

    def run(self, arguments: list[str]) -> None:
        """Run a command of `kb` in this process."""
        sys.path.insert(0, str(self._root))
        from app.start import main

        def hear(note: Note) -> None:
            self.notes[note] += 1

        start = subprocess.Popen.__init__

        def traced(process: Any, command: Any, **more: Any) -> None:
            if isinstance(command, list) and command[1:3] == CHILD:
                listen, tell = os.pipe()
                prelude = f"import sys; sys.path.append({str(Path(__file__).parent)!r}); "
                prelude += f"import walk; walk.tell({tell}, {str(self._root)!r})\n"
                command = [*command[:3], prelude + command[3], *command[4:]]
                start(process, command, pass_fds=(tell,), **more)
                os.close(tell)
                threading.Thread(target=self._listen, args=(listen,), daemon=True).start()
            else:
                start(process, command, **more)

        subprocess.Popen.__init__ = traced
        sys.argv = ["kb", *arguments]
        threading.setprofile(Tracer(self._root, hear))
        sys.setprofile(Tracer(self._root, hear))
        try:
            main()
        except SystemExit as end:
            if end.code:
                raise
        finally:
            sys.setprofile(None)
            threading.setprofile(None)  # type: ignore[arg-type]

    def _listen(self, pipe: int) -> None:
        with os.fdopen(pipe, "rb") as lines:
            for line in lines:
                self.notes[tuple(json.loads(line))] += 1

    def report(self) -> dict[str, Any]:
        """Return the numbers of the walk, and the names behind them."""
        files: set[str] = set()
        entered: Counter[str] = Counter()
        carriers: dict[str, set[str]] = {"files": set(), "rooms": set()}
        hops: Counter[str] = Counter()
        for (what, there, here, name), times in self.notes.items():
            if what == CALL:
                files.add(here)
            if not there or there == here:
                continue
            kinds = ["files"] + ["rooms"] * (_room(there) != _room(here))
            for kind in kinds:
                if what == CALL:
                    hops[kind] += times
                    hops[f"ways of {kind}"] += 1
                else:
                    carriers[kind].add(name)
            if what == CALL:
                entered[here] += 1
        return {
            "files": sorted(files),
            "carriers": {kind: sorted(names) for kind, names in carriers.items()},
            "hops": dict(hops),
            "entered_from": entered.most_common(),
        }


def tell(pipe: int, root: str) -> None:
    """Write what is noted in this process to a pipe; for the process that reads files."""
    out = os.fdopen(pipe, "wb", buffering=0)

    def say(note: Note) -> None:
        out.write(json.dumps(note).encode() + b"\n")

    sys.setprofile(Tracer(Path(root), say))


def _room(file: str) -> str:
    return file.partition("/")[0]


def main() -> None:
    """Walk a file and a question, each in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="the tree to walk")
    parser.add_argument("--question", default="出差住宿的报销上限是多少？")
    parser.add_argument("--file", type=Path, help="by default a Markdown file of the samples")
    parser.add_argument("--json", type=Path, help="where to write all names")
    parser.add_argument("--inside", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    told = parser.parse_args()
    root = told.root.resolve()
    if told.inside:
        walk = Walk(root)
        walk.run(told.inside)
        told.json.write_text(json.dumps(walk.report(), ensure_ascii=False), "utf-8")
        return
    file = told.file or root / "data" / "samples" / "docs" / "差旅与报销制度.md"
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        inside = [sys.executable, __file__, "--root", str(root), "--json"]
        for name, command in {
            "file": ["ingest", str(file)],
            "question": ["ask", told.question],
        }.items():
            out = Path(folder) / f"{name}.json"
            subprocess.run(
                [*inside, str(out), "--inside", *command],
                env={**os.environ, "KB_DATA_DIR": str(Path(folder) / "library")},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            found[name] = json.loads(out.read_text("utf-8"))
    print(
        "| walk of a | files | carriers between files, rooms | calls between files, rooms | most |"
    )
    print("|---|---|---|---|---|")
    for name, report in found.items():
        carriers, hops = report["carriers"], report["hops"]
        most = ", ".join(f"{file} from {n} files" for file, n in report["entered_from"][:3])
        print(
            f"| {name} | {len(report['files'])} | {len(carriers['files'])}, "
            f"{len(carriers['rooms'])} | {hops['files']} on {hops['ways of files']} ways, "
            f"{hops['rooms']} on {hops['ways of rooms']} | {most} |"
        )
    if told.json:
        told.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
