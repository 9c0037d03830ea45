"""What Streamlit cannot do: small components of our own, plain JavaScript without a build step."""

from app.components.links import links
from app.components.oversized import oversized

__all__ = ["links", "oversized"]
