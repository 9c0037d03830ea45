"""The dialogs in which a collection is made, renamed, described or deleted."""

from __future__ import annotations

import streamlit as st

from app.errors import EXPECTED, one_line
from app.library import LONGEST_NAME, is_name
from app.pages.collections.dialogs import close
from app.pages.collections.told import tell
from app.pages.parts.collections import collection_name, renamed
from app.pages.parts.dialogs import dialog
from app.service import DEFAULT_COLLECTION
from app.texts import Words
from app.web import Shared, label
from retrieval.library import LONGEST_DESCRIPTION, Collection

_MOVE, _DELETE = "move", "delete"


def edit_collection(one: Collection | None, shared: Shared, words: Words) -> None:
    """Open the dialog that makes a collection, or changes one."""
    title = "collection_new" if one is None else "collection_edit_of"
    name = one.name if one else ""

    @dialog(words, title, name=collection_name(name, words), on_dismiss=close)
    def draw() -> None:
        usual = name == DEFAULT_COLLECTION
        with st.form(f"collection-form-{name}", border=False):
            new = st.text_input(
                words("collection_name"),
                collection_name(name, words) if usual else name,
                disabled=usual,
                help=words("collection_usual") if usual else None,
            )
            about = st.text_area(words("collection_about"), one.description if one else "")
            problem = st.container()
            saved = st.form_submit_button(words("save"), type="primary")
        if saved:
            new = name if usual else new
            wrong = _wrong(" ".join(new.split()), about.strip(), name, shared, words)
            wrong = wrong or _save(" ".join(new.split()), about, one, shared, words)
            if wrong:
                problem.error(wrong, icon=":material/error:")
            else:
                close()
                st.rerun()

    draw()


def _wrong(new: str, about: str, name: str, shared: Shared, words: Words) -> str:
    if not new:
        return words("name_missing")
    if not is_name(new):
        return words("collection_bad", n=LONGEST_NAME)
    if alike := shared.kb.collection_store.alike(new, but=name):
        return words("collection_alike", name=label(alike))
    if len(about) > LONGEST_DESCRIPTION:
        return words("about_long", n=len(about), most=LONGEST_DESCRIPTION)
    return ""


def _save(new: str, about: str, one: Collection | None, shared: Shared, words: Words) -> str:
    """Keep what was typed; return what went wrong, "" if all went well."""
    store = shared.kb.collection_store
    try:
        if one is None:
            store.make(new, about)
            return ""
        if new != one.name:
            store.rename(one.name, new)
            renamed(one.name, new)
        if about.strip() != one.description:
            store.describe(new, about)
    except EXPECTED as error:
        return _told(error, words)
    return ""


def delete_collection(one: Collection, shared: Shared, words: Words) -> None:
    """Open the dialog that asks what becomes of a collection's documents."""
    others = [name for name in shared.kb.collection_store.names() if name != one.name]

    @dialog(words, "collection_delete_of", name=collection_name(one.name, words), on_dismiss=close)
    def draw() -> None:
        fate, into = _MOVE, others[0]
        if one.documents:
            fate = st.radio(
                words("collection_fate", n=one.documents),
                (_MOVE, _DELETE),
                format_func=lambda way: words(f"fate_{way}"),
            )
        if (one.documents or one.folders) and fate == _MOVE:
            into = st.selectbox(
                words("fate_where"), others, format_func=lambda name: collection_name(name, words)
            )
        if one.documents and fate == _DELETE:
            st.warning(words("delete_is_final"), icon=":material/warning:")
        if one.folders:
            st.caption(words("folders_follow" if fate == _MOVE else "folders_end"))
        problem = st.container()
        if st.button(words("delete"), type="primary", key=f"collection-sure-{one.name}"):
            try:
                shared.kb.collection_store.remove(one.name, into if fate == _MOVE else None)
            except EXPECTED as error:
                problem.error(_told(error, words), icon=":material/error:")
            else:
                renamed(one.name, into if fate == _MOVE else DEFAULT_COLLECTION)
                tell(words("collection_gone", name=label(one.name)))
                close()
                st.rerun()

    draw()


def _told(error: Exception, words: Words) -> str:
    return label(words.problem(one_line(error)))
