"""What a collection of documents may be called."""

from __future__ import annotations

import unicodedata

from app.errors import UsageError

DEFAULT_COLLECTION = "default"
LONGEST_NAME = 64  # characters


def is_name(name: str) -> bool:
    """Tell whether this can be a collection's name: 1 to 64 characters, none of them invisible."""
    visible = not any(unicodedata.category(c)[0] == "C" for c in name)
    return 0 < len(name.strip()) <= LONGEST_NAME and visible


def check_name(collection: str) -> None:
    """Raise UsageError for what cannot be a collection's name."""
    if not is_name(collection):
        raise UsageError(
            f"{collection!r} cannot be a collection's name; give one of 1 to {LONGEST_NAME}"
            " visible characters",
            "collection-name",
            most=LONGEST_NAME,
        )
