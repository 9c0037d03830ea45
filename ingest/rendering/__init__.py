"""Pages of a PDF or a picture are drawn, and places are found on them; in a process with limits."""

from ingest.rendering.drawer import Drawer

__all__ = ["Drawer"]
