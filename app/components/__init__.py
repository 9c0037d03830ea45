"""What Streamlit cannot do: small components of our own, plain JavaScript without a build step."""

from app.components.oversized import oversized

__all__ = ["oversized"]
