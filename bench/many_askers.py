"""Many people ask one library at once, while the model process is killed now and then.

    python bench/many_askers.py --people 4 --minutes 5 --kills 3
    python bench/many_askers.py --people 4 --minutes 5 --eager 50

Each question is about a text with a number of its own (a nonce), which the answer must hold: an
answer that went to another shows. `--eager N` has one of the people ask N questions at once. Told
are, for each person, how many were asked, answered with the right number, refused and lost; the
seconds to an answer; in what order they came; what the line told, against what came; and the most
seconds that a search took meanwhile. The answers come through the façade, as in the app. Nothing
is asked of the network; the library is made in a folder that goes again.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401  # first: switches off every library's telemetry

import argparse
import json
import logging
import os
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from rows import Row, add_json, write_rows

from app.service import KnowledgeBase, build
from app.settings import load_settings
from llm.answer import Answer, Text, Waiting

_PLACES = ("Harbour", "Station", "Museum", "Garden", "Bridge", "Market", "Library", "Tower")


@dataclass
class Told:
    """What came of one question; `asked` and `ended` are seconds from the beginning."""

    person: str
    asked: float
    ended: float = 0.0
    began: float = 0.0
    right: bool = False
    error: str = ""
    waits: list[tuple[int, float | None]] = field(default_factory=list)
    first_wait_error: float | None = None


class Run:
    """People who ask a library of its own."""

    def __init__(self, kb: KnowledgeBase, seed: int) -> None:
        self._kb = kb
        self._began = time.monotonic()
        self._random = random.Random(seed)  # noqa: S311  # no secret
        self._lock = threading.Lock()
        self.told: list[Told] = []
        self.searches: list[float] = []

    def now(self) -> float:
        """Return the seconds since it began."""
        return time.monotonic() - self._began

    def ask(self, person: str) -> None:
        """Ask one question about a text with a number that nobody else has."""
        with self._lock:
            nonce, place = self._random.randrange(10_000, 99_999), self._random.choice(_PLACES)
        told = Told(person, self.now())
        text = f"The key of the {place} box of {person} has the number {nonce}."
        question = f"What number has the key of the {place} box of {person}?"
        estimate: tuple[float, float] | None = None
        try:
            for event in self._kb.ask(question, passages=[text], asker=person):
                match event:
                    case Waiting(ahead, seconds):
                        told.waits.append((ahead, seconds))
                        if not ahead:
                            told.began = self.now()
                        elif seconds is not None and estimate is None:
                            estimate = (self.now(), seconds)
                    case Text():
                        told.began = told.began or self.now()
                    case Answer(answer=answer):
                        told.right = str(nonce) in answer.replace(",", "")
        except Exception as error:  # told below; the others go on
            told.error = f"{type(error).__name__}: {error}"
        told.ended = self.now()
        if estimate is not None and told.began:
            at, seconds = estimate
            told.first_wait_error = told.began - at - seconds
        with self._lock:
            self.told.append(told)

    def search(self) -> None:
        """Search once, as somebody beside those who ask."""
        began = time.monotonic()
        self._kb.search("number of a key", 5)
        self.searches.append(time.monotonic() - began)


def kill_process() -> bool:
    """Kill the model process of this user's runtime folder; tell whether there was one."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            said = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        runtime = os.environ["XDG_RUNTIME_DIR"].encode()
        if b"app.model_process" in said and any(part.startswith(runtime) for part in said):
            os.kill(int(entry.name), signal.SIGKILL)
            return True
    return False


def report(run: Run, people: list[str], kills: int) -> dict[str, object]:
    """Return what came of a run, as JSON can hold it."""
    order = [t.person for t in sorted(run.told, key=lambda t: t.ended)]
    rows = {}
    for person in people:
        own = [t for t in run.told if t.person == person]
        took = [t.ended - t.asked for t in own if not t.error]
        rows[person] = {
            "asked": len(own),
            "right": sum(t.right for t in own),
            "errors": sorted({t.error for t in own if t.error}),
            "median_s": round(statistics.median(took), 1) if took else None,
            "longest_s": round(max(took), 1) if took else None,
            "most_ahead": max((a for t in own for a, _ in t.waits), default=0),
        }
    errors = [t.first_wait_error for t in run.told if t.first_wait_error is not None]
    return {
        "people": rows,
        "kills": kills,
        "order": order[:60],
        "estimate_off_by_s_median": round(statistics.median(map(abs, errors)), 1)
        if errors
        else None,
        "search_s_median": round(statistics.median(run.searches), 2) if run.searches else None,
        "search_s_longest": round(max(run.searches), 2) if run.searches else None,
    }


def rows(run: Run, people: int, kills: int) -> list[Row]:
    """Return what came of a run as rows."""
    who = f"{people} people ask at once, the process is killed {kills} times"
    took = [round(t.ended - t.asked, 1) for t in run.told if not t.error]
    off = [round(abs(t.first_wait_error), 1) for t in run.told if t.first_wait_error is not None]
    wrong = sum(not t.right for t in run.told if not t.error)
    lost = sum(bool(t.error) for t in run.told)
    told = [
        Row(f"{who}: from the question to the answer", "s", took),
        Row(f"{who}: answers of another, or wrong", f"of {len(run.told)}", [wrong], goal="0"),
        Row(f"{who}: lost", f"of {len(run.told)}", [lost], goal="0"),
        Row(f"{who}: the time told was off by", "s", off),
        Row(f"{who}: a search meanwhile", "s", [round(s, 3) for s in run.searches]),
    ]
    return [row for row in told if row.ours]


def main() -> None:
    """Run it and print a report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--eager", type=int, default=0, help="questions that one asks at once")
    parser.add_argument("--seed", type=int, default=0)
    add_json(parser)
    given = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        kb = build(load_settings(Path(folder) / "library")[0])
        try:
            kb.upload("keys.md", b"# Keys\n\nThe number of a key is told by its owner.\n")
            kb.work()
            kb.warm()
            run, people = _run(kb, given)
            print(json.dumps(report(run, people, given.kills), indent=1))
            write_rows(rows(run, given.people + (given.eager > 0), given.kills), given.json)
        finally:
            kb.close()
            kill_process()


def _run(kb: KnowledgeBase, given: argparse.Namespace) -> tuple[Run, list[str]]:
    run, over = Run(kb, given.seed), threading.Event()
    people = [f"person {n + 1}" for n in range(given.people)]
    ends = given.minutes * 60

    def keep_asking(person: str) -> None:
        while run.now() < ends:
            run.ask(person)

    def keep_searching() -> None:
        while not over.wait(5.0):
            run.search()

    def keep_killing() -> None:
        for n in range(given.kills):
            if over.wait(max(0.0, ends * (n + 0.5) / given.kills - run.now())):
                return
            kill_process()

    beside = [threading.Thread(target=work, daemon=True) for work in (keep_searching, keep_killing)]
    for thread in beside:
        thread.start()
    with ThreadPoolExecutor(given.people + given.eager) as pool:
        for _ in range(given.eager):
            pool.submit(run.ask, "eager")
        list(pool.map(keep_asking, people))
    over.set()
    for thread in beside:
        thread.join()
    return run, [*people, *(["eager"] if given.eager else [])]


if __name__ == "__main__":
    main()
