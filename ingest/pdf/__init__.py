"""PDF: the text of its pages as people would write it down, with headings from its bookmarks."""

from ingest.pdf.characters import Characters, page_characters
from ingest.pdf.open_pdf import open_pdf
from ingest.pdf.read_pdf import read

__all__ = ["Characters", "open_pdf", "page_characters", "read"]
