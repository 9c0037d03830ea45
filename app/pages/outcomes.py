"""What became of the files that came, unless they simply went in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.web import IntakeOutcome, Words, label

_TOLD = 8  # lines of a kind; a folder may hold hundreds of files that are not read
_NAMED = 3  # files that are named of those that were left out


def tell(told: Sequence[IntakeOutcome], words: Words) -> None:
    """Say what became of files: first what was refused, each in a line.

    Those that a folder holds beside what is read are no error: one line is for all.
    """
    beside = [one for one in told if _is_beside(one)]
    others = [one for one in told if not _is_beside(one)]
    for kind, draw in (
        ("refused", st.error),
        ("renamed", st.info),
        ("waiting", st.info),
        ("same", st.info),
    ):
        lines = [one for one in others if one.kind == kind]
        for one in lines[:_TOLD]:
            sign = ":material/error:" if kind == "refused" else ":material/info:"
            draw(_line(one, words), icon=sign)
        if len(lines) > _TOLD:
            draw(words("upload_more", n=len(lines) - _TOLD))
    if beside:
        names = label(", ".join(one.path for one in beside[:_NAMED]))
        names += "…" if len(beside) > _NAMED else ""
        text = words("upload_left_out", n=len(beside), names=names)
        st.info(text, icon=":material/info:")


def _is_beside(one: IntakeOutcome) -> bool:
    return one.kind == "refused" and one.more == "unsupported" and "/" in one.path


def _line(one: IntakeOutcome, words: Words) -> str:
    if one.kind == "refused":
        return words("refused", name=label(one.path), reason=words(f"reason_{one.more}"))
    key = f"upload_{one.kind}"
    if one.kind == "same" and one.more != one.path:
        key = "upload_same_as"
    return words(key, name=label(one.path), path=label(one.more))
