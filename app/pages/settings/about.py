"""What this program is and where its things lie."""

from __future__ import annotations

import shutil
from importlib.metadata import metadata

import streamlit as st

from app.sizes import size
from app.texts import Words
from app.web import Shared, label


def draw_about(shared: Shared, words: Words) -> None:
    """Draw version, folders, disk, licence, and where the documentation is."""
    about, settings = metadata("zhiku"), shared.kb.settings
    status = shared.kb.status()
    used = sum(int(str(status[f"{part}_bytes"])) for part in ("ledger", "blobs", "index"))
    free = shutil.disk_usage(settings.data_dir).free
    rows = {
        "version": about["Version"],
        "data": str(settings.data_dir),
        "models": str(settings.models_dir),
        "disk": words("about_disk_value", used=size(used), free=size(free)),
        "licence": about["License-Expression" if "License-Expression" in about else "License"],
        "docs": words("about_docs_value"),
    }
    for name, value in rows.items():
        st.markdown(f"**{words(f'about_{name}')}**  \n{label(value)}")
    st.caption(words("about_private"))
