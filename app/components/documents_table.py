"""The table of documents, as a real HTML table whose rows are patched in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
_ACTIONS = ("delete", "undo", "move", "again", "download", "stop", "open", "password", "retry")
_MOST, _LONGEST = 10_000, 200  # ids of an action, characters of a text: a browser is not believed


@dataclass(frozen=True)
class TableAction:
    """What somebody does with documents: with these ids, or with `all` that match.

    `value` is the collection to move to. Ids need not be those of documents.
    """

    name: str
    documents: tuple[str, ...]
    all: bool
    value: str
    number: int


def documents_table(data: Mapping[str, Any], key: str, on_action: Callable[[], None]) -> None:
    """Draw the table: `data` is what documents_table.js draws.

    `on_action` is called before the page is drawn when something was done; see `table_action`.
    """
    mount = st.components.v2.component(
        "zhiku_documents",
        html='<div class="kb-table"></div>\n',
        css=(_HERE / "documents_table.css").read_text("utf-8"),
        js=(_HERE / "documents_table.js").read_text("utf-8"),
    )
    mount(data=dict(data), key=key, on_view_change=lambda: None, on_action_change=on_action)


def table_view(key: str) -> dict[str, Any]:
    """Return what of the table with a key is asked for: texts, numbers, truth values.

    They are as the browser gave them; there are none before the first click.
    """
    view = _state(key).get("view")
    if not isinstance(view, Mapping):
        return {}
    return {
        str(name): value[:_LONGEST] if isinstance(value, str) else value
        for name, value in view.items()
        if isinstance(value, str | bool | int)
    }


def table_action(key: str) -> TableAction | None:
    """Return what was done with the table with a key just now, None if nothing was."""
    action = _state(key).get("action")
    if not isinstance(action, Mapping) or action.get("name") not in _ACTIONS:
        return None
    ids, value, number = action.get("ids"), action.get("value"), action.get("number")
    return TableAction(
        name=str(action["name"]),
        documents=tuple(str(one)[:64] for one in (ids if isinstance(ids, list) else [])[:_MOST]),
        all=action.get("all") is True,
        value=value[:_LONGEST] if isinstance(value, str) else "",
        number=number if isinstance(number, int) else 0,
    )


def _state(key: str) -> Mapping[str, Any]:
    state = st.session_state.get(key)
    return state if isinstance(state, Mapping) else {}
