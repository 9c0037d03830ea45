"""How much one file may cost."""

from dataclasses import dataclass

from ingest.errors import ReadError

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds for reading one file; a file beyond one of them is refused, not cut.

    `max_unpacked_bytes` are of all that is packed into it, `max_pixels` those of one picture,
    `max_depth` is how deep files may lie in files. `picture_seconds` are added to `max_seconds` for
    each picture whose text is recognised.
    """

    max_bytes: int = 100 * MIB
    max_seconds: float = 120.0
    max_memory_bytes: int = 2048 * MIB
    max_pages: int = 5000
    max_unpacked_bytes: int = 512 * MIB
    max_pixels: int = 50_000_000
    max_depth: int = 4
    picture_seconds: float = 60.0


def too_large(limits: Limits) -> ReadError:
    """The error for a file of more than `max_bytes`."""
    size = f"{limits.max_bytes / MIB:.0f} MiB"
    return ReadError(
        "too-large", f"it is larger than {size}; split it or raise the limit", "size", size=size
    )


def timed_out(limits: Limits, pictures: int = 0) -> ReadError:
    """The error for a file that takes more than `max_seconds`, and what its pictures may add."""
    seconds = limits.max_seconds + pictures * limits.picture_seconds
    message = f"reading it took longer than {seconds:g} s; split it or save anew"
    return ReadError("timeout", message)
