"""Pages of a PDF or a picture are drawn, and places are found on them; in a process with limits."""

from ingest.rendering.drawer import Drawer
from ingest.rendering.request import (
    LARGEST_SIDE,
    MOST_BYTES,
    Drawn,
    DrawRequest,
    LocateRequest,
    Mark,
)

__all__ = [
    "LARGEST_SIDE",
    "MOST_BYTES",
    "DrawRequest",
    "Drawer",
    "Drawn",
    "LocateRequest",
    "Mark",
]
