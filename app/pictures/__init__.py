"""Pages of documents as pictures, and where on them a quote stands."""

from app.pictures.page_picture import NoPicture, PagePicture, QuoteMarks, Why
from app.pictures.pictures import Pictures

__all__ = ["NoPicture", "PagePicture", "Pictures", "QuoteMarks", "Why"]
