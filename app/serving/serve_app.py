"""The web app as a process of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from app.checkout_files import beside
from app.errors import KbError
from app.settings import Settings
from app.settings_file import PREFIX

_ADDRESS = "127.0.0.1"  # this machine only


def serve(settings: Settings, port: int) -> int:
    """Run the web app on the loopback address until it is stopped; return its exit code.

    Where the system can, this process becomes the web app, so that stopping one stops both. Raises
    KbError when the port is taken.
    """
    _require_free(port)
    screens = (os.environ.get("DISPLAY"), os.environ.get("WAYLAND_DISPLAY"))
    screen = sys.platform != "linux" or any(screens)
    options = {
        "server.address": _ADDRESS,
        "server.port": port,
        "server.maxUploadSize": settings.max_file_mb,
        "server.headless": not screen,
    }
    command = [sys.executable, "-m", "app.serving.server", json.dumps(options)]
    print(f"Zhiku is starting at http://{_ADDRESS}:{port} (Ctrl+C stops it)", flush=True)  # noqa: T201
    _fix_paths(settings)
    os.chdir(beside())  # where Streamlit looks for its configuration
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606  # no shell is what is wanted
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 0


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_ADDRESS, port))
        except OSError:
            raise KbError(
                f"another program listens at port {port}; stop it, or choose one: kb serve --port N"
            ) from None


def _fix_paths(settings: Settings) -> None:
    """Make relative paths in the settings absolute, as the web app runs in another folder."""
    names = ["DATA_DIR", "MODELS_DIR", "MODELS_LOCAL", "EMBED_MODEL", "LORA"]
    if settings.endpoint is None:  # else it is a name, whatever lies in this folder
        names.append("LLM_MODEL")
    for name in names:
        value = os.environ.get(PREFIX + name)
        if value and (name == "DATA_DIR" or Path(value).expanduser().exists()):
            os.environ[PREFIX + name] = str(Path(value).expanduser().absolute())
