"""A page as HTML: its picture with the marks, its text, or an empty one while it is drawn."""

from __future__ import annotations

import html
from base64 import b64encode

from app.control_characters import line
from app.texts import Words
from app.web import Pictured
from ingest.document import Part

_A4 = (595.0, 842.0)


def sheet_html(inner: str, name: str, key: str, more: str = "") -> str:
    """Return what is scrolled by itself; `key` tells whether it is the same when drawn anew."""
    called = html.escape(line(name))
    return (
        f'<div class="kb-sheet {more}" data-kb-sheet="{html.escape(key)}" tabindex="0"'
        f' role="region" aria-label="{called}">{inner}</div>'
    )


def picture_html(made: Pictured, name: str, key: str, words: Words) -> str:
    """Return a page as a picture, with what is marked on it."""
    picture = made.picture
    assert picture is not None  # noqa: S101  # for mypy: the caller looked
    boxes = "".join(
        f'<i class="kb-box" data-kb-here="" style="left:{left:.3%};top:{top:.3%};'
        f'width:{right - left:.3%};height:{bottom - top:.3%}"></i>'
        for left, top, right, bottom in made.boxes
    )
    alt = words("page_alt", name=name, n=len(made.boxes)) if boxes else name
    data = b64encode(picture.data).decode()
    image = f'<img src="data:{picture.mime};base64,{data}" alt="{html.escape(line(alt))}">'
    shape = f"aspect-ratio:{picture.width}/{picture.height}"
    return sheet_html(f'<div class="kb-paper" style="{shape}">{image}{boxes}</div>', name, key)


def waiting_html(part: Part | None, words: Words) -> str:
    """Return a page of the right shape to stand where the picture will."""
    width, height = part.size if part and part.size and min(part.size) > 0 else _A4
    said = html.escape(words("page_waiting"))
    shape = f"aspect-ratio:{width:.0f}/{height:.0f}"
    inner = f'<div class="kb-paper" style="{shape}"><p role="status">{said}</p></div>'
    return f'<div class="kb-sheet">{inner}</div>'
