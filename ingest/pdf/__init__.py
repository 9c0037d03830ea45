"""PDF: the text of its pages as people would write it down, with headings from its bookmarks."""

from ingest.pdf.read_pdf import read

__all__ = ["read"]
