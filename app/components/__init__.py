"""What Streamlit cannot do: small components of our own, plain JavaScript without a build step."""

from app.components.look import keep_look
from app.components.oversized import oversized
from app.components.strings import set_language

__all__ = ["keep_look", "oversized", "set_language"]
