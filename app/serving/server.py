"""The process of the web app, `python -m app.serving.server OPTIONS`, which `kb serve` becomes."""

from __future__ import annotations

import app.environment  # isort: skip  # noqa: F401  # first: switches off every library's telemetry

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import FrameType

import streamlit as st

from app.errors import EXPECTED, one_line
from app.serving.guard import failed, guards
from app.serving.upload_route import uploads
from app.signals import Stops
from retrieval.child_process import environment

log = logging.getLogger(__name__)

SCRIPT = Path(__file__).resolve().parents[2] / "streamlit_app.py"
_SOON = 0.5  # seconds until a browser finds the server listening
_GRACE_SECONDS = 1.6  # after a signal, for the index to be left whole; a stop takes two seconds
_SCREEN = ("BROWSER", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY")


def run(options: dict[str, object]) -> int:
    """Serve the app with these options of Streamlit until it is stopped; return its exit code."""
    # What Streamlit takes for the script: its folder goes before others on the path of imports,
    # and its .streamlit/config.toml is read.
    sys.argv = [str(SCRIPT)]
    # The server stops at the first signal, in order, and then raises it again.
    signal.signal(signal.SIGTERM, _interrupt)
    stops = Stops(0, _GRACE_SECONDS)
    stops.at_stop(_leave)

    @asynccontextmanager
    async def opened(server: st.App) -> AsyncIterator[None]:
        if os.name == "posix":  # now, as the event loop has begun to listen
            stops.overhear()
        threading.Thread(target=_begin, name="begin", daemon=True).start()
        _show()
        yield

    server = st.App(
        SCRIPT,
        routes=uploads(),
        middleware=guards(),
        exception_handlers={Exception: failed},
        lifespan=opened,
    )
    try:
        server.run(config=options)
    except KeyboardInterrupt:
        # Not through the end of Python, which waits for the threads of Streamlit and of torch.
        stops.stopped()
    return 0


def _begin() -> None:
    """Open the library and begin to load its models, so that no browser waits for that.

    What is wrong is told again on the page, which tries anew at each visit.
    """
    import app.pages  # noqa: F401  # first: a page is drawn when they are there, without a model
    from app.web import shared

    try:
        shared()
    except EXPECTED as error:
        log.warning("the library cannot be opened: %s", one_line(error))


def _leave() -> None:
    """Put right what the app has in hand, if its library was ever opened."""
    if "app.web.state" in sys.modules:
        from app.web import leave

        leave()


def _show() -> None:
    """Open the app in a browser, where there is a screen."""
    if not st.get_option("server.headless"):
        url = f"http://{st.get_option('server.address')}:{st.get_option('server.port')}"
        opening = threading.Timer(_SOON, _open, (url,))
        opening.daemon = True
        opening.start()


def _open(url: str) -> None:
    """Open a browser, which lives on and is told no key of ours."""
    more = {k: v for k, v in os.environ.items() if k in _SCREEN or k.startswith("XDG_")}
    subprocess.run(
        [sys.executable, "-m", "webbrowser", url],
        env={**environment(), **more},
        stdout=subprocess.DEVNULL,
        check=False,
    )


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(run(json.loads(sys.argv[1])))
