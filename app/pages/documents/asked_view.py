"""What of the table of documents the browser asks for."""

from __future__ import annotations

from app.components import table_view
from app.library import SORTS, TableView


def asked_for(key: str) -> TableView:
    """Return what the browser asks for, of the table with a key, as far as that can be."""
    asked = table_view(key)
    sort, page = asked.get("sort"), asked.get("page")
    texts = {name: asked.get(name) for name in ("search", "kind", "collection", "state")}
    return TableView(
        **{name: value for name, value in texts.items() if isinstance(value, str)},
        sort=next((known for known in SORTS if known == sort), ""),
        descending=asked.get("descending") is True,
        page=page if isinstance(page, int) else 1,
    )
