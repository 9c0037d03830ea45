"""Rich text (RTF): its paragraphs, lists, tables and notes, in one part."""

from ingest.rtf.read_rtf import read

__all__ = ["read"]
