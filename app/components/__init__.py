"""What Streamlit cannot do: small components of our own, plain JavaScript without a build step."""

from app.components.drop import BatchEnd, drop

__all__ = ["BatchEnd", "drop"]
