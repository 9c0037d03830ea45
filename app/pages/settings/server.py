"""A model server in place of the model of this machine: its address, a test, a warning."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.pages.settings.fields import change, tell_problem
from app.pages.settings.trial import tell_trial
from app.setup import Trial
from app.texts import Words
from app.web import Shared, label

_FIELDS = ("llm_base_url", "llm_model", "llm_api_key")


def draw_server(shared: Shared, words: Words) -> None:
    """Draw the fields of a server, folded away while none is used."""
    settings, setup = shared.kb.settings, shared.kb.setup
    used = settings.llm_base_url
    with st.expander(words("server"), expanded=used is not None):
        st.caption(words("server_why"))
        st.warning(words("server_leaves"), icon=":material/public:")
        if fixed := [name for field in _FIELDS if (name := setup.fixed(field))]:
            st.caption(words("fixed", name=label(", ".join(fixed))))
        locked = bool(fixed) or shared.kb.read_only
        url = st.text_input(
            words("server_url"), used or "", placeholder="http://127.0.0.1:8080", disabled=locked
        )
        model = st.text_input(
            words("server_model"), settings.chat_model if used else "", disabled=locked
        )
        key = st.text_input(words("server_key"), type="password", disabled=locked)
        with st.container():  # always there, so that what is below keeps its place
            if settings.llm_api_key and not key:
                same = setup.keeps_key(url)
                st.caption(words("server_key_kept" if same else "server_key_other"))
        given = (url.strip(), model.strip(), key.strip())
        with st.container(horizontal=True):
            st.button(
                words("server_try"), key="server-try", icon=":material/speed:",
                disabled=locked or shared.trial.state.running, on_click=_try,
                args=(given, shared, words),
            )  # fmt: skip
            st.button(
                words("server_use"), key="server-use", disabled=locked, on_click=_use,
                args=(given, shared, words),
            )  # fmt: skip
            if used is not None:
                st.button(
                    words("server_stop"), key="server-stop", disabled=locked, on_click=change,
                    args=(shared, words, "server"),
                    kwargs={"llm_base_url": None, "llm_model": None, "llm_api_key": None},
                )  # fmt: skip
        with st.container():
            tell_problem("server", words)
            if st.session_state.pop("server-missing", False):
                st.error(words("server_missing"), icon=":material/error:")
            tell_trial(shared, given[0] or "-", words)


def _try(given: tuple[str, str, str], shared: Shared, words: Words) -> None:
    url, model, key = given
    lang = words("lang_code")
    if not (url and model):
        st.session_state["server-missing"] = True
        return

    def work(tell: Callable[..., None]) -> Trial:
        return shared.kb.setup.try_server(url, model, key, lang)

    shared.trial.start(url, work)


def _use(given: tuple[str, str, str], shared: Shared, words: Words) -> None:
    url, model, key = given
    if not (url and model):
        st.session_state["server-missing"] = True
        return
    secret: dict[str, object] = {"llm_api_key": key} if key else {}
    change(shared, words, "server", llm_base_url=url, llm_model=model, **secret)
