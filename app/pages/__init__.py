"""The pages of the web app."""

from app.pages.site import draw

__all__ = ["draw"]
