"""What the values of some settings mean."""

from __future__ import annotations

from pathlib import Path

from llm.address import Address


def suggests_by_default(server: object) -> bool:
    """Tell whether questions are suggested when nobody sets it: not by a server elsewhere."""
    try:
        return not server or Address.parse(str(server)).local
    except ValueError:  # told by the field itself
        return True


def expanded(path: Path) -> Path:
    """Return the path with ~ and ~user replaced. Raises ValueError where there is no such user."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError(f"nobody here is called {path.parts[0][1:]!r}") from None
