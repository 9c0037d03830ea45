"""Folders and files: what they hold, what that changes, and their bytes staged."""

from ingest.folders.compare import Compared, compare
from ingest.folders.names import is_hidden, is_text, nfc, printable
from ingest.folders.open_file import open_file
from ingest.folders.plan import Known, empties, is_below
from ingest.folders.scan import FoundFile, Scan, locate, scan
from ingest.folders.settling import Settling
from ingest.folders.staging import (
    blob_path,
    drop_blob,
    hash_file,
    hash_open,
    is_sha256,
    is_whole,
    safe_path,
    stage,
    stage_bytes,
    sweep,
    sync_folder,
)
from ingest.folders.watch import watch

__all__ = [
    "Compared",
    "FoundFile",
    "Known",
    "Scan",
    "Settling",
    "blob_path",
    "compare",
    "drop_blob",
    "empties",
    "hash_file",
    "hash_open",
    "is_below",
    "is_hidden",
    "is_sha256",
    "is_text",
    "is_whole",
    "locate",
    "nfc",
    "open_file",
    "printable",
    "safe_path",
    "scan",
    "stage",
    "stage_bytes",
    "sweep",
    "sync_folder",
    "watch",
]
