"""Whether the app goes on answering while files are read that were made to freeze it.

    python bench/frozen.py [FOLDER]

Uploads each file in a browser (Chromium) to an app of its own and asks for its health all the
while. Prints what became of each file, how long that took, and the longest answer beside that of
the idle app. Without FOLDER the files are made here.
"""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx
from playwright.sync_api import sync_playwright

from app.service import KnowledgeBase, build
from app.settings import load_settings

QUIET = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAUSE = 0.05  # seconds between two questions
LONGEST = 180.0  # seconds for one file
SETTLED = ("ready", "failed")


def made(folder: Path) -> Path:
    """Write a file for each pattern that was seen to need time beyond the size of its text."""
    folder.mkdir()
    heavy = {
        "marks.txt": "a" + "。" * 200_000 + "b\n" + "x" + "?" * 300_000 + "y\n",
        "one-word.txt": "w" * 1_000_000,
        "one-line.log": "begin " + "中" * 300_000 + " end\n",
        "spaces.md": "# T" + " " * 200_000 + "x\n\n[a](" + " " * 200_000 + "\n",
        "brackets.md": "[" * 100_000 + "\n\n" + "*a " * 100_000 + "\n\n" + "> " * 50_000 + "x\n",
        "apostrophes.md": "# " + "it's" * 40_000 + "\n\nText.\n",
        "wide.md": "|" + "c|" * 30_000 + "\n|" + "-|" * 30_000 + "\n|" + "1|" * 30_000 + "\n",
        "headings.md": "# a\n" * 60_000 + "Text.\n",
    }
    for name, text in heavy.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "big5.log").write_bytes(("啟動\n" + "y" * 300_000 + "\n完成\n").encode("big5"))
    return folder


class Health(threading.Thread):
    """Asks the app whether it is well, again and again, and keeps the longest answer."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url = f"{url}/_stcore/health"
        self.longest = 0.0
        self.ended = threading.Event()

    def run(self) -> None:
        with httpx.Client(trust_env=False, timeout=LONGEST) as client:
            while not self.ended.wait(PAUSE):
                began = time.perf_counter()
                client.get(self.url)
                self.longest = max(self.longest, time.perf_counter() - began)

    def since(self) -> float:
        """The longest answer since this was asked last, in seconds."""
        longest, self.longest = self.longest, 0.0
        return longest


def served(port: int, data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from app.start import main; main()"]
    return subprocess.Popen(
        [*command, "serve", "--port", str(port)],
        env={**os.environ, "KB_DATA_DIR": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def waited(url: str) -> None:
    for _ in range(600):
        try:
            if httpx.get(f"{url}/_stcore/health", trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit("the app did not start")


def outcome(kb: KnowledgeBase, name: str) -> str | None:
    """What became of a file: how many passages, or why not; None while it is read."""
    for row in kb.documents():
        if row.path == name and row.status in SETTLED:
            return row.error or f"{row.chunks} passages"
    return None


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else made(root / "files")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        server = served(port, root / "library")
        try:
            waited(url)
            measure(url, sorted(p for p in folder.iterdir() if p.is_file()), root)
        finally:
            began = time.perf_counter()
            server.terminate()
            server.wait(60)
            print(f"SIGTERM ended the app after {time.perf_counter() - began:.1f} s")


def measure(url: str, files: list[Path], root: Path) -> None:
    health = Health(url)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page()
        page.goto(f"{url}/documents")
        page.locator("input[type=file]").first.wait_for(state="attached", timeout=120_000)
        settings = load_settings()[0].model_copy(update={"data_dir": root / "library"})
        kb = build(settings)
        time.sleep(20)  # the models are loaded
        health.start()
        time.sleep(10)
        print(f"{'idle':28} {'':>7}   health {health.since():6.3f} s")
        for file in files:
            began = time.perf_counter()
            page.locator("[data-testid=stFileUploader]:visible input").set_input_files(file)
            said = None
            while said is None and time.perf_counter() - began < LONGEST:
                time.sleep(0.2)
                said = outcome(kb, file.name)
            seconds = time.perf_counter() - began
            line = f"{file.name[:28]:28} {seconds:6.1f} s  health {health.since():6.3f} s"
            print(f"{line}  {said or 'not settled'}", flush=True)
        health.ended.set()
        health.join()
        kb.close()
        browser.close()


if __name__ == "__main__":
    main()
