"""HTML becomes blocks: a page by itself, and the pages inside of books and mails."""

from ingest.readers.html.page import Page, day_of, decoded_html, read, shown_text, write_html
from ingest.readers.html.pictures import PagePictures

__all__ = ["Page", "PagePictures", "day_of", "decoded_html", "read", "shown_text", "write_html"]
