"""The pages of the web app."""

from app.pages.chat import show_chat
from app.pages.documents import show_documents
from app.pages.site import draw

__all__ = ["draw", "show_chat", "show_documents"]
