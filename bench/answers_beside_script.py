"""How long an answer takes and what memory it needs, in the app and by the tutorial's script.

    python bench/answers_beside_script.py [--questions 20] [--json FILE]

The app runs over the sample documents in a folder that goes again, and is asked in a browser, each
question in a new chat; the script (`bench/reference_chat.py`) has the Markdown and text files among
them, the same models, and is asked the same, in turns. Then `kb ask` is asked beside the app. The
seconds of the app and of the script run from when the question was sent, those of `kb ask` from
when it was started.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "app" / "components"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from harness import answered, words_of
from rows import Row, add_json, table, write_rows
from serving import QUIET, App, browser_path

from app.loaded_models import Models
from app.settings import load_settings
from llm.models import resolve

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "data" / "samples" / "docs"
QUESTIONS = ROOT / "data" / "samples" / "questions.jsonl"
BESIDE = 3  # questions that `kb ask` is asked
SCRIPT = "the tutorial's script"
SHOWN = "() => [...document.querySelectorAll('.kb-answer')].some(e => e.innerText.trim())"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--questions", type=int, default=20)
    add_json(parser)
    given = parser.parse_args()
    asked = answerable()[: given.questions]
    with tempfile.TemporaryDirectory(prefix="zhiku-bench-") as name:
        home = Path(name)
        (home / "run").mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(home / "run")
        own = {**os.environ, "KB_DATA_DIR": str(home / "library"), "KB_SUGGEST": "0"}
        kb = [sys.executable, "-c", "from app.start import main; main()"]
        subprocess.run([*kb, "ingest", str(DOCS)], env=own, check=True, stdout=subprocess.DEVNULL)
        with serving(home) as (app, page), scripted() as script:
            rows = in_turns(app, page, script, asked)
            rows += beside(kb, own, asked[:BESIDE])
    print(table(rows))
    write_rows(rows, given.json)


def answerable() -> list[str]:
    """Return sample questions on one document that the script has too, in both languages."""
    lines = map(json.loads, QUESTIONS.read_text("utf-8").splitlines())
    return [
        line["question"]
        for line in lines
        if line["answerable"] and all(doc.endswith((".md", ".txt")) for doc in line["docs"])
    ]


@contextmanager
def serving(home: Path) -> Iterator[tuple[App, Page]]:
    """Run the app over the library in `home`, and open a browser."""
    app = App(home, KB_SUGGEST="0")
    app.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=QUIET)
            yield app, browser.new_page(locale="en-GB")
            browser.close()
    finally:
        processes = processes_of(app)
        app.stop()
        for process in psutil.wait_procs(processes, timeout=5)[1]:
            process.kill()


@contextmanager
def scripted() -> Iterator[subprocess.Popen[str]]:
    """Run the script until it waits for questions."""
    settings = load_settings()[0]
    model = resolve(settings.chat_model, "chat", settings.models_dir)
    command = [sys.executable, str(ROOT / "bench" / "reference_chat.py"), str(DOCS)]
    command += ["--embedding", str(Models(settings).embedding_folder), "--model", str(model)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as script:
        read_line(script)
        yield script
        script.communicate()


def read_line(script: subprocess.Popen[str], question: str = "") -> dict[str, Any]:
    """Return what the script tells next, of a question if one is given."""
    if question and script.stdin:
        script.stdin.write(question + "\n")
        script.stdin.flush()
    told: dict[str, Any] = json.loads(script.stdout.readline() if script.stdout else "")
    return told


def in_turns(app: App, page: Page, script: subprocess.Popen[str], asked: list[str]) -> list[Row]:
    """Ask the app and the script the same questions, one of each in turn."""
    first = Row("first word of an answer", "s", [], [], SCRIPT)
    whole = Row("whole answer", "s", [], [], SCRIPT)
    peak = 0.0
    for question in asked:
        seconds = ask_app(app, page, question)
        told = read_line(script, question)
        for row, ours, other in (
            (first, seconds[0], told["first_token_s"]),
            (whole, seconds[1], told["total_s"]),
        ):
            row.ours.append(round(ours, 2))
            row.other.append(other)
        peak = told["peak_mib"]
    memory = [peak_mib(process) for process in processes_of(app)]
    note = " + ".join(f"{part:.0f}" for part in memory)
    goal = "≤ 2,253 MiB"
    told_note = f"the app and the process that has the models: {note}"
    return [
        first,
        whole,
        Row("most memory", "MiB", [sum(memory)], [peak], SCRIPT, goal, told_note),
    ]


def ask_app(app: App, page: Page, question: str) -> tuple[float, float]:
    """Ask in a new chat; return the seconds to the first word and to the end."""
    words = words_of("en")
    page.goto(app.url)
    field = page.get_by_placeholder(words("ask"))
    field.fill(question, timeout=120_000)
    began = time.perf_counter()
    field.press("Enter")
    page.wait_for_function(SHOWN, timeout=300_000)
    first = time.perf_counter() - began
    page.locator("[data-testid=stChatMessage] .kb-text").first.wait_for()
    answered(page, words)
    return first, time.perf_counter() - began


def processes_of(app: App) -> list[psutil.Process]:
    """Return the app's process and that which holds the models of this run."""
    port = f'"server.port": {app.url.rpartition(":")[2]}'
    runtime = os.environ["XDG_RUNTIME_DIR"]
    found = []
    for process in psutil.process_iter():
        try:
            said = process.cmdline()
        except psutil.Error:  # it ended meanwhile, or is not ours
            continue
        marks = (runtime,) if "app.model_process" in said else (port,)
        if any(mark in part for mark in marks for part in said):
            found.append(process)
    return found


def peak_mib(process: psutil.Process) -> float:
    """Return the most memory that a process had, of Linux."""
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


def beside(kb: list[str], environment: dict[str, str], asked: list[str]) -> list[Row]:
    """Ask `kb ask` while the app runs."""
    first = Row("`kb ask` beside the app: first word, its start left out", "s", [])
    whole = Row("`kb ask` beside the app: from its start to its end", "s", [])
    memory = Row("`kb ask` beside the app: most memory", "MiB", [], goal="≤ 150 MiB")
    for question in asked:
        began = time.perf_counter()
        with subprocess.Popen(
            [*kb, "ask", question, "--json"], env=environment, stdout=subprocess.PIPE
        ) as process:
            told = json.loads(process.stdout.read() if process.stdout else b"")
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        whole.ours.append(round(time.perf_counter() - began, 2))
        first.ours.append(told["timings"]["first_token_s"])
        memory.ours.append(round(used.ru_maxrss / 1024, 1))
    return [first, whole, memory]


if __name__ == "__main__":
    main()
