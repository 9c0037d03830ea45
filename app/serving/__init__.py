"""The web app as a process of its own, and who may speak to it."""

from app.serving.guard import failed, guards
from app.serving.serve import serve
from app.serving.uploads import PATH, uploads

__all__ = ["PATH", "failed", "guards", "serve", "uploads"]
