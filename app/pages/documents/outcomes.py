"""What became of the files that came, unless they simply went in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.texts import Words
from app.web import IntakeOutcome, label

_TOLD = 8  # lines of a kind
_NAMED = 3  # files that are named in one line; a folder may hold hundreds that are not read


def tell(told: Sequence[IntakeOutcome], words: Words) -> None:
    """Say what became of files: first what was refused, a line for each reason.

    Those that a folder holds beside what is read are no error: one line is for all.
    """
    beside = [one.path for one in told if _is_beside(one)]
    others = [one for one in told if not _is_beside(one)]
    refused: dict[str, list[str]] = {}
    for one in others:
        if one.kind == "refused":
            refused.setdefault(one.more, []).append(one.path)
    for reason, paths in refused.items():
        text = words("refused", name=_names(paths, words), reason=words(f"reason_{reason}"))
        st.error(text, icon=":material/error:")
    for kind in ("renamed", "waiting", "same"):
        lines = [one for one in others if one.kind == kind]
        for one in lines[:_TOLD]:
            st.info(_line(one, words), icon=":material/info:")
        if len(lines) > _TOLD:
            st.info(words("upload_more", n=len(lines) - _TOLD))
    if beside:
        text = words("upload_left_out", n=len(beside), names=_names(beside, words))
        st.info(text, icon=":material/info:")


def _names(paths: Sequence[str], words: Words) -> str:
    """Return the first names of files, and how many more there are."""
    names = label(", ".join(paths[:_NAMED]))
    return names + (words("and_more", n=len(paths) - _NAMED) if len(paths) > _NAMED else "")


def _is_beside(one: IntakeOutcome) -> bool:
    return one.kind == "refused" and one.more == "unsupported" and "/" in one.path


def _line(one: IntakeOutcome, words: Words) -> str:
    key = f"upload_{one.kind}"
    if one.kind == "same" and one.more != one.path:
        key = "upload_same_as"
    return words(key, name=label(one.path), path=label(one.more))
