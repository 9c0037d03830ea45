"""The web app as a process of its own, and who may speak to it."""

from app.serving.guard import failed, guards
from app.serving.serve import serve

__all__ = ["failed", "guards", "serve"]
