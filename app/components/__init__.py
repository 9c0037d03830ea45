"""What Streamlit cannot do: small components of our own, plain JavaScript without a build step."""

from app.components.narrow_sidebar import fold_narrow_sidebar
from app.components.oversized import oversized

__all__ = ["fold_narrow_sidebar", "oversized"]
