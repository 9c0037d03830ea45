"""A library that works by other settings, while it is in use."""

from __future__ import annotations

from app.library.writer import LibraryWriter
from app.settings import Settings

# Parts of the façade that keep a setting or a model, and so are made anew; others look into
# `settings` each time.
_PARTS = ("pipeline", "setup", "finder", "_asker", "conversations")


def apply_settings(kb: LibraryWriter, settings: Settings) -> None:
    """Make a library work by other settings; models that they name too stay loaded.

    What is in hand ends by the settings it began with. Of a chat model that another replaces the
    memory is freed: let no answer be in hand.
    """
    before, kb.settings = kb.models, settings
    kb.models = before.of(settings)
    for part in _PARTS:
        kb.__dict__.pop(part, None)
    before.close_beside(kb.models)
