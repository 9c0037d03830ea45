"""The runs so far, as a chart and as a table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.quality import PastRun
from app.texts import Words
from app.web import label

_SHOWN = 20  # runs


def draw_history(runs: Sequence[PastRun], words: Words) -> None:
    """Draw the last runs, if there are several; `runs` has the newest first."""
    if len(runs) < 2:
        return
    st.subheader(words("runs"), anchor=False)
    told = runs[:_SHOWN]
    lines = {
        words("count_right"): [_percent(r.counts.right, r.counts.asked) for r in told],
        words("count_first"): [_percent(r.counts.first, r.counts.known) for r in told],
        words("count_cited"): [_percent(r.counts.cited, r.counts.known) for r in told],
    }
    when = words("runs_when")
    st.line_chart(
        {when: [run.began for run in told], **lines},
        x=when,
        y=list(lines),
        y_label="%",
        height=240,
    )
    st.table(
        {
            when: [run.began.strftime("%Y-%m-%d %H:%M") for run in told],
            words("runs_model"): [label(str(r.settings.get("llm_model", ""))) for r in told],
            words("runs_asked"): [str(run.counts.asked) for run in told],
            **{name: [_shown(one) for one in shares] for name, shares in lines.items()},
        },
        hide_index=True,
    )


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _shown(share: float | None) -> str:
    return "" if share is None else f"{share:.0f} %"
