"""Office files from before 2007 (DOC, PPT): texts and slides; blocks of old texts."""

from ingest.old_office.blocks import Blocks, Look
from ingest.old_office.edge_tables import ACROSS, DOWN, FIRST_DOWN, Row

__all__ = ["ACROSS", "DOWN", "FIRST_DOWN", "Blocks", "Look", "Row"]
