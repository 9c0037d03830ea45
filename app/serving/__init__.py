"""The web app as a process of its own, and who may speak to it.

Each file is loaded when a name of it is first used: `kb serve` needs one of them,
and the process that it becomes the others.
"""

from typing import TYPE_CHECKING

from retrieval.late_names import late_names

if TYPE_CHECKING:
    from app.serving.guard import failed, guards
    from app.serving.serve_app import serve
    from app.serving.upload_route import uploads

__all__ = ["failed", "guards", "serve", "uploads"]

_FILES = {
    "failed": "guard",
    "guards": "guard",
    "serve": "serve_app",
    "uploads": "upload_route",
}

if not TYPE_CHECKING:
    __getattr__ = late_names(__name__, _FILES)
