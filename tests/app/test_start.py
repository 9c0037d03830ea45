"""The `kb` program as a process: what Ctrl+C and SIGTERM do to it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.service import KnowledgeBase
from app.settings import Settings
from retrieval.ledger import Ledger
from retrieval.library import Library

# A command over a library whose embedding model never comes to an end, and cannot be interrupted.
COMMAND = """
import signal, sys, threading
from app.signals import Stops
# A shell lets what it begins in the background ignore Ctrl+C, and so the tests.
signal.signal(signal.SIGINT, signal.default_int_handler)
stops = Stops()
stops.listen()
from app.cli import run
from app.library.chunk_vectors import ChunkVectors

def endless(self, *_):
    print("in hand", flush=True)
    while True:
        try:
            threading.Event().wait({seconds})
        except KeyboardInterrupt:
            if {polite}:
                raise

ChunkVectors.store = endless
stops.end(run(sys.argv[1:], stops=stops))
"""


def library_of(kb: KnowledgeBase) -> Library:
    """The documents of a library, as another process sees them."""
    return Library(Ledger(kb.settings.ledger_path))


@pytest.fixture
def begin(
    make_settings: Callable[..., Settings], folder: Callable[..., Path]
) -> Callable[[bool], "subprocess.Popen[str]"]:
    """Begin to ingest a folder, in a process that is in the middle of it when this returns."""
    settings = make_settings()
    root = folder({"leave.md": "You have 25 days of leave.\n"})
    names = ("data_dir", "models_dir", "embed_model")
    environment = {f"KB_{name.upper()}": str(getattr(settings, name)) for name in names}

    def make(polite: bool) -> "subprocess.Popen[str]":
        code = COMMAND.format(polite=polite, seconds=60)
        process = subprocess.Popen(
            [sys.executable, "-c", code, "ingest", str(root)],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "in hand\n"
        return process

    return make


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("polite", [True, False], ids=["at once", "swallowed"])
def test_a_signal_is_said_and_the_job_ended(
    begin: Callable[[bool], "subprocess.Popen[str]"],
    kb: KnowledgeBase,
    number: signal.Signals,
    code: int,
    polite: bool,
) -> None:
    """Also when a library swallows the exception, or never comes back from its own code."""
    process = begin(polite)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (code, "kb: stopped\n")
    [job] = kb.jobs()
    assert (job.status, job.message) == ("cancelled", "stopped; what was done so far is kept")
    assert [str(row.error).partition(":")[0] for row in kb.documents()] == ["stopped"]
    assert kb.own()  # it has let go of the library
    assert library_of(kb).records()[0].attempts == 0  # nobody takes it for a crash


def test_what_others_asked_for_waits_for_the_next_owner(
    begin: Callable[[bool], "subprocess.Popen[str]"], kb: KnowledgeBase
) -> None:
    kb.upload("first.txt", b"Hotels cost at most 90 euros.\n")
    process = begin(False)  # which does the upload first
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert {job.kind: job.status for job in kb.jobs()} == {
        "upload": "queued", "ingest": "cancelled",
    }  # fmt: skip
    assert kb.jobs()[-1].attempts == 0


def test_two_signals_in_a_hurry_do_no_harm(
    begin: Callable[[bool], "subprocess.Popen[str]"], kb: KnowledgeBase
) -> None:
    process = begin(True)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "kb: stopped\n")
    assert kb.jobs()[0].status == "cancelled"
