"""The web app as a process of its own, and who may speak to it.

Each file is loaded when a name of it is first used: `kb serve` needs one of them,
and the process that it becomes the others.
"""

from importlib import import_module
from typing import TYPE_CHECKING

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

    def __getattr__(name: str) -> object:
        """Load the file of a name, and return what it stands for."""
        if name not in _FILES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_FILES[name]}"), name)
        globals()[name] = value
        return value
