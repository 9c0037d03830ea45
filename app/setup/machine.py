"""What this machine has."""

from __future__ import annotations

import os


def memory() -> int | None:
    """Return the bytes of memory of this machine; None where the system does not tell."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # Windows has no such call
        return None


def cores() -> int:
    """Return how many processors this program may use."""
    return os.cpu_count() or 1
