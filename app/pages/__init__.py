"""The pages of the web app."""

from app.pages.chat.page import show_chat
from app.pages.documents.page import show_documents
from app.pages.proof import PROOF_STYLE, found_html, number_links, show_proof, sources_html
from app.pages.site import draw

__all__ = [
    "PROOF_STYLE",
    "draw",
    "found_html",
    "number_links",
    "show_chat",
    "show_documents",
    "show_proof",
    "sources_html",
]
