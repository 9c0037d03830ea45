"""The pages of the web app."""

from app.pages.chat.page import show_chat
from app.pages.documents.page import show_documents
from app.pages.settings.page import show_settings
from app.pages.site import draw

__all__ = ["draw", "show_chat", "show_documents", "show_settings"]
