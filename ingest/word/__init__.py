"""Word (DOCX): its paragraphs, lists, tables, notes and comments, in one part."""

from ingest.word.read_docx import read

__all__ = ["read"]
