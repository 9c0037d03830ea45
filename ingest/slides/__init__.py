"""PowerPoint (PPTX): a part for each slide, with its notes and comments."""

from ingest.slides.read_pptx import read

__all__ = ["read"]
