"""Office files from before 2007 (DOC, PPT), files behind a password; blocks of old texts."""

from ingest.old_office.blocks import Blocks, Look
from ingest.old_office.edge_tables import ACROSS, DOWN, FIRST_DOWN, Row
from ingest.old_office.locked import refused_old

__all__ = ["ACROSS", "DOWN", "FIRST_DOWN", "Blocks", "Look", "Row", "refused_old"]
