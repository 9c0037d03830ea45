"""The pages of the web app."""

from app.pages.chat.page import show_chat
from app.pages.collections.page import show_collections
from app.pages.documents.page import show_documents
from app.pages.site import draw

__all__ = ["draw", "show_chat", "show_collections", "show_documents"]
