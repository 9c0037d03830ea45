"""Bytes of a text file become a string, whatever encoding they were saved in."""

from ingest.encoding.binaries import is_pdf
from ingest.encoding.decode import decode
from ingest.encoding.guess import wide

__all__ = ["decode", "is_pdf", "wide"]
