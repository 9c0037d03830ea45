"""What Streamlit cannot do: small components of our own, plain JavaScript without a build step."""

from app.components.answer_row import answer_row
from app.components.chat_keys import chat_keys
from app.components.oversized import oversized

__all__ = ["answer_row", "chat_keys", "oversized"]
