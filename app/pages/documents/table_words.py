"""The words that the table of documents needs, which fills some of them in itself."""

from __future__ import annotations

from typing import Any

from app.texts import Words

_WORDS = (
    "find", "kind", "collection", "state", "all_kinds", "all_states", "unsorted", "sort_by", "name",
    "size", "added", "move_to", "move_new", "move_name", "documents", "pick_page", "acts", "before",
    "after", "pages_of", "why", "act_undo", "act_delete", "act_again", "act_download", "act_stop",
    "act_clear", "move_done",
)  # fmt: skip
_FILLED = (
    "act_retry",
    "pick", "pick_all", "picked", "table_page", "stop_one", "again_one", "password_one",
    "delete_one",
)  # fmt: skip


def table_words(words: Words) -> dict[str, Any]:
    """Return the words that the table needs, those with places to fill in with these places."""
    places = {"n": "{n}", "all": "{all}", "name": "{name}"}
    found = {key: words(key) for key in _WORDS}
    found |= {key: words(key, **places) for key in _FILLED}
    return found | {
        "none": words("none_found"),
        "all_collections": words("all"),
        "pages": words("pages_head"),
    }
