"""A place for files: chosen, or dropped anywhere on the page, alone, in folders or in several.

Streamlit's uploader takes either files or a folder, in a box of its own beside which the browser
opens what is dropped, and speaks English alone. The bytes go to a route of the server, not through
the page; the page hears when a batch has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st

_HERE = Path(__file__).parent
_HTML, _CSS, _JS = ((_HERE / f"drop.{kind}").read_text("utf-8") for kind in ("html", "css", "js"))
_MOST = 1_000_000  # files of a batch: what a browser says is not believed
_NAMED = 1000
_LONGEST = 4096  # characters of a path


@dataclass(frozen=True)
class BatchEnd:
    """What a browser says of a batch of files of which it sends no more; see `app.web.Batch`."""

    batch: str
    total: int
    hidden: int
    empty: tuple[str, ...]
    unsent: int
    lost: tuple[str, ...]
    attach: bool


def drop(
    url: str,
    token: str,
    most_bytes: int,
    kinds: Collection[str],
    texts: Mapping[str, str],
    *,
    key: str,
    attach: bool = False,
    off: bool = False,
) -> list[BatchEnd]:
    """Draw the place; return the batches that have ended since the last run.

    `token` lets this page send to `url`; `kinds` are endings with a dot. `attach` draws one small
    button instead of a box; `off` takes nothing.
    """
    mount = st.components.v2.component("zhiku_drop", html=_HTML, css=_CSS, js=_JS)
    data = {
        "url": url, "pass": token, "most": most_bytes, "kinds": sorted(kinds),
        "texts": dict(texts), "attach": attach, "off": off,
    }  # fmt: skip
    nothing: Callable[[], None] = lambda: None  # noqa: E731
    width: Literal["content", "stretch"] = "content" if attach else "stretch"
    result = mount(data=data, key=key, on_ended_change=nothing, on_came_change=nothing, width=width)
    ended = result.ended if isinstance(result.ended, list) else []
    return [one for said in ended[:_NAMED] if (one := _batch_end(said)) is not None]


def _batch_end(said: Any) -> BatchEnd | None:
    if not isinstance(said, dict) or not isinstance(said.get("batch"), str):
        return None
    batch = said["batch"]
    if not 0 < len(batch) <= 64:
        return None
    total, hidden, unsent = (_count(said.get(name)) for name in ("total", "hidden", "unsent"))
    empty, lost = (_names(said.get(name)) for name in ("empty", "lost"))
    return BatchEnd(batch, total, hidden, empty, unsent, lost, said.get("attach") is True)


def _count(said: Any) -> int:
    return min(max(said, 0), _MOST) if isinstance(said, int) else 0


def _names(said: Any) -> tuple[str, ...]:
    if not isinstance(said, list):
        return ()
    return tuple(one[:_LONGEST] for one in said[:_NAMED] if isinstance(one, str))
