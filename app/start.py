"""The `kb` program: it listens for Ctrl+C before anything that takes long to load."""

from __future__ import annotations

from app.stopping import Stops


def main() -> None:
    """Run `kb`."""
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
