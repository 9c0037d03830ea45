"""What is done with documents in the table, and what is said of it afterwards."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import streamlit as st

from app.components import TableAction, table_action
from app.errors import EXPECTED, one_line
from app.library import is_name
from app.pages.documents.asked_view import asked_for
from app.pages.documents.download import take
from app.pages.documents.rows import LOCKED
from app.pages.documents.states import readers
from app.texts import Words
from app.web import Shared
from retrieval.library import Entry

_TOLD_SECONDS = 60.0
_NOW = "documents-told"


def told(words: Words) -> dict[str, Any] | None:
    """Return what is said of the last action, None where that was a while ago."""
    last = st.session_state.get(_NOW)
    if last is None or time.monotonic() - last["at"] > _TOLD_SECONDS:
        return None
    return {
        "text": last["text"] or words(last["key"], n=last["n"]),
        "undo": bool(last["thrown"]),
        "wrong": last["wrong"],
    }


def act(key: str, shared: Shared, words: Words, first: dict[str, int]) -> None:
    """Do what was clicked in the table with a key; called before the page is drawn."""
    action = table_action(key)
    if action is None:
        return
    there = {e.document: e for e in shared.kb.shelf.entries()}
    ids = list(action.documents)
    if action.all:
        ids = shared.kb.shelf.page(asked_for(key), first, readers(shared.kb.jobs())).matching
    if action.name == "retry":
        ids = retried(there.values())
    ids = [one for one in dict.fromkeys(ids) if one in there]
    before = st.session_state.pop(_NOW, None)
    if action.name == "undo":
        _undo(shared, before)
    elif ids and action.name in ("open", "password"):
        st.session_state[f"documents-{'opened' if action.name == 'open' else 'locked'}"] = ids[0]
    elif ids and action.name == "download":
        take(ids)
    elif ids and not shared.kb.read_only:
        try:
            _change(action, ids, shared, words, [there[one] for one in ids])
        except EXPECTED as error:
            tell(text=words.problem(one_line(error)), wrong=True)


def retried(entries: Iterable[Entry]) -> list[str]:
    """Return the ids of the documents in trouble that can be read again without a password."""
    return [e.document for e in entries if e.reason and e.reason != LOCKED]


def tell(
    key: str = "",
    n: int = 0,
    *,
    text: str = "",
    wrong: bool = False,
    thrown: list[str] | None = None,
) -> None:
    """Have something said above the table until the next action, for a minute at most."""
    st.session_state[_NOW] = {"at": time.monotonic(), "key": key, "n": n, "text": text,
                              "wrong": wrong, "thrown": thrown or []}  # fmt: skip


def _change(
    action: TableAction, ids: list[str], shared: Shared, words: Words, entries: list[Entry]
) -> None:
    kb = shared.kb
    if action.name == "delete":
        thrown = kb.shelf.throw(ids)
        shared.keeper.wake()
        tell("deleted", len(thrown), thrown=thrown)
    elif action.name == "move":
        if not is_name(action.value):
            tell(text=words("collection_bad", n=64), wrong=True)
            return
        if any(entry.kind != "upload" for entry in entries):
            tell("move_folder", wrong=True)
        else:
            tell("moved", len(kb.shelf.move(ids, action.value.strip())))
    elif action.name in ("again", "retry"):
        readable = [entry.document for entry in entries if entry.reason != LOCKED]
        if len(readable) == 1:
            kb.read_again(readable[0])
        elif readable:
            kb.read_all_again(readable)
        shared.worker.wake()
        tell("read_again", len(readable))
    elif action.name == "stop":
        jobs = readers(kb.jobs())
        stopped = [jobs[one].id for one in ids if one in jobs]
        kb.cancel_all(stopped)
        tell("stopping", len(stopped))


def _undo(shared: Shared, before: dict[str, Any] | None) -> None:
    if before is None or not before["thrown"]:
        return
    back = shared.kb.shelf.restore(before["thrown"])
    shared.keeper.wake()
    shared.worker.wake()
    tell("restored", len(back))
