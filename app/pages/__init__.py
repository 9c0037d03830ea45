"""The pages of the web app."""

from app.pages.chat.answers import draw_answer, follow
from app.pages.chat.days import by_day
from app.pages.chat.export import as_markdown, file_name
from app.pages.chat.kept_rating import KeptRating
from app.pages.chat.page import show_chat
from app.pages.collections.page import show_collections
from app.pages.document.page import show_document
from app.pages.document.warning_words import warning_html
from app.pages.documents.page import show_documents
from app.pages.proof import PROOF_STYLE, found_html, number_links, show_proof
from app.pages.quality.page import show_quality
from app.pages.settings.page import show_settings
from app.pages.site import draw

__all__ = [
    "PROOF_STYLE",
    "KeptRating",
    "as_markdown",
    "by_day",
    "draw",
    "draw_answer",
    "file_name",
    "follow",
    "found_html",
    "number_links",
    "show_chat",
    "show_collections",
    "show_document",
    "show_documents",
    "show_proof",
    "show_quality",
    "show_settings",
    "warning_html",
]
