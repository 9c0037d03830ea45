"""The health line: a sentence for each thing that is not well."""

from __future__ import annotations

import shutil

import streamlit as st

from app.texts import Words
from app.web import Shared, label
from llm.errors import ModelError

_LOW = 500 << 20  # bytes free, below which new documents may soon find no room


def health_line(shared: Shared, words: Words) -> None:
    """Say what is wrong with the disk or the index; nothing while all is well."""
    free = shutil.disk_usage(shared.kb.settings.data_dir).free
    if free < _LOW:
        st.warning(words("disk_low", n=free >> 20), icon=":material/hard_drive:")
    try:
        doing, trouble = shared.kb.index_health()
    except ModelError:  # the page says already what is missing
        return
    if doing == "building":
        st.caption(words("index_building"))
    elif trouble is not None:
        st.caption(words("index_trouble", problem=label(words.problem(trouble))))
