"""The `kb` program: it listens for Ctrl+C before anything that takes long to load."""

from __future__ import annotations

import io
import sys

from app.signals import Stops


def main() -> None:
    """Run `kb`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # letters that a terminal does not have
            stream.reconfigure(errors="backslashreplace")
    stops = Stops()
    stops.listen()
    try:
        from app.cli import run

        code = run(stops=stops)
    except KeyboardInterrupt:
        code = 130
    stops.end(code)


if __name__ == "__main__":
    main()
