"""Sizes of files and memory in words."""

from __future__ import annotations


def size(count: float) -> str:
    """Return a number of bytes as people say it: 1.1 GB, 470 MB."""
    if count >= 1 << 30:
        return f"{count / (1 << 30):.1f} GB"
    return f"{count / (1 << 20):.0f} MB"
