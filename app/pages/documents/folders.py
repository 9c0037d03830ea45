"""The folders of this machine that the library follows."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.errors import EXPECTED, one_line
from app.library import FolderRow
from app.pages.documents.folder_menu import folder_menu
from app.pages.documents.last_sync import last_sync
from app.pages.parts.collections import collection_name
from app.service import DEFAULT_COLLECTION
from app.texts import Words
from app.web import Shared, label
from retrieval.library import WATCH

_SAID = "folders-said"


def folders(shared: Shared, words: Words) -> None:
    """Draw the folders, how each is, and the field that adds one."""
    rows = shared.kb.shelf.folders.rows()
    with st.container():
        if said := st.session_state.get(_SAID):
            st.error(label(words.problem(said)), icon=":material/error:")
    if not rows:
        st.caption(words("folders_none"))
    for row in rows:
        with st.container(border=True, key=f"folder-{row.source}"):
            _draw(row, shared, words)
    if shared.kb.read_only:
        return
    if rows:
        _watch_switch(shared, words)
    with st.form("folder-add", clear_on_submit=False, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                words("folder_path"), key="folder-path", placeholder=words("folder_example")
            )
            st.text_input(
                words("collection"),
                key="folder-collection",
                placeholder=words("usual_collection"),
            )
            st.form_submit_button(words("folder_add"), on_click=_add, args=(shared,))
        st.caption(words("folder_hint"))


def _draw(row: FolderRow, shared: Shared, words: Words) -> None:
    about, buttons = st.columns((7, 4), vertical_alignment="center")
    counted = [words("some_documents", n=row.documents)]
    if row.failed:
        counted.append(words("count_trouble", n=row.failed))
    home = collection_name(row.collection, words)
    small = f"{label(home)} · {words('comma').join(counted)}"
    about.markdown(f"**{label(row.root)}**  \n:small[{small}]  \n:small[{last_sync(row, words)}]")
    if shared.kb.read_only:
        return
    with buttons.container(horizontal=True, horizontal_alignment="right"):
        if row.job is not None:
            st.button(
                words("job_stop"),
                key=f"folder-stop-{row.source}",
                disabled=row.job.cancel,
                on_click=_do,
                args=(shared, lambda: shared.kb.cancel_all([row.job.id] if row.job else [])),
            )
        else:
            st.button(
                words("sync_now"),
                key=f"folder-sync-{row.source}",
                help=words("sync_help", name=label(row.root)),
                on_click=_do,
                args=(shared, lambda: shared.kb.shelf.folders.sync(row.source)),
            )
        folder_menu(row, shared, words)


def _watch_switch(shared: Shared, words: Words) -> None:
    key = "watch-folders"
    st.session_state[key] = shared.kb.switches.is_on(WATCH)  # another tab may have turned it
    st.toggle(
        words("watch"), key=key, help=words("watch_help"), on_change=_turn, args=(key, shared)
    )
    for root, problem in shared.watcher.problems.items():
        st.warning(
            words("watch_problem", what=label(root), problem=label(words.problem(problem))),
            icon=":material/folder_off:",
        )


def _turn(key: str, shared: Shared) -> None:
    shared.watcher.turn(on=bool(st.session_state[key]))


def _add(shared: Shared) -> None:
    path = str(st.session_state.get("folder-path") or "").strip()
    collection = str(st.session_state.get("folder-collection") or "").strip()
    if not path:
        return
    _do(shared, lambda: shared.kb.shelf.folders.add(path, collection or DEFAULT_COLLECTION))
    if _SAID not in st.session_state:
        st.session_state["folder-path"] = ""


def _do(shared: Shared, what: Callable[[], object]) -> None:
    """Do something, and keep what went wrong for the page."""
    st.session_state.pop(_SAID, None)
    try:
        what()
    except EXPECTED as error:
        st.session_state[_SAID] = one_line(error)
    shared.worker.wake()
