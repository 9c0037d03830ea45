"""How much one file may cost."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds for reading one file; a file beyond one of them is refused, not cut."""

    max_bytes: int = 100 * MIB
    max_seconds: float = 120.0
    max_memory_bytes: int = 2048 * MIB
    max_pages: int = 5000
    max_characters: int = 50_000_000
