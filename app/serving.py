"""The web app as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


def serve(port: int) -> int:
    """Run the web app on the loopback address until it is stopped; return its exit code."""
    screen = sys.platform != "linux" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    command = [
        sys.executable, "-m", "streamlit", "run", str(_ROOT / "streamlit_app.py"),
        "--server.address", "127.0.0.1",
        "--server.port", str(port),
        "--server.headless", "false" if screen else "true",
        "--server.showEmailPrompt", "false",
    ]  # fmt: skip
    print(f"Zhiku is starting at http://127.0.0.1:{port} (Ctrl+C stops it)", flush=True)  # noqa: T201
    try:
        return subprocess.call(command, cwd=_ROOT)
    except KeyboardInterrupt:
        return 0
