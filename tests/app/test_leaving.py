"""What SIGTERM does to the web app in the middle of its work, as a process without a browser."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.service import KnowledgeBase
from app.settings import Settings
from retrieval.ledger import Ledger
from retrieval.library import Library

# The app as a browser starts it, with a server that needs ever so long to end: `step`, which is a
# name of a method, never comes to an end, and cannot be interrupted.
APP = """
import sys, threading
from app.web import state
from app.serving import server as web_server
from app.library.chunk_vectors import ChunkVectors
from app.loaded_models import Models
from ingest.sandbox import ReadingPool
from retrieval.index import VectorIndex

def endless(self, *_):
    print("in hand", flush=True)
    threading.Event().wait(60)

class Server:
    def __init__(self, *_, lifespan, **more):
        self.lifespan = lifespan
    def run(self, config):
        import asyncio
        asyncio.run(self.serve())
    async def serve(self):
        async with self.lifespan(self):
            state.shared()
            {step} = endless
            state.shared().worker.wake()
            threading.Event().wait(60)

web_server.st.App = Server
web_server._show = lambda: None
sys.exit(web_server.run({{}}))
"""
STEPS = ["ChunkVectors.store", "Models.embeddings", "ReadingPool.parse", "VectorIndex._build"]


def library_of(kb: KnowledgeBase) -> Library:
    """The documents of a library, as another process sees them."""
    return Library(Ledger(kb.settings.ledger_path))


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize("step", STEPS)
def test_the_app_puts_back_what_it_has_in_hand_and_ends(
    make_settings: Callable[..., Settings], kb: KnowledgeBase, step: str
) -> None:
    settings = make_settings()
    names = ("data_dir", "models_dir", "embed_model")
    environment = {f"KB_{name.upper()}": str(getattr(settings, name)) for name in names}
    kb.upload("leave.txt", b"You have 25 days of leave.\n")
    process = subprocess.Popen(
        [sys.executable, "-c", APP.format(step=step)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"in hand\n"
    began = time.monotonic()
    process.terminate()
    assert process.wait(30) == 0
    assert time.monotonic() - began < 10  # two seconds, but for a busy machine; never a minute
    process.stdout.close()
    assert kb.own()  # it has let go of the library
    [job] = kb.jobs()
    if job.status != "done":  # the index is built afterwards
        assert (job.status, job.attempts) == ("queued", 0)
        assert [row.status for row in kb.documents()] == ["queued"]
    assert library_of(kb).records()[0].attempts == 0  # nobody takes it for a crash
