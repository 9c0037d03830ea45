"""HTML becomes blocks: a page by itself, and the pages inside of books and mails."""

from ingest.readers.html.page import Page, day_of, decoded_html, read, write_html

__all__ = ["Page", "day_of", "decoded_html", "read", "write_html"]
