"""A page as a picture, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ingest.document import Box

Why = Literal["no-pages", "no-office", "gone", "no-page", "encrypted", "lost", "failed"]
"""Why a page cannot be shown.

`no-pages`: files of this kind have none, as mails and Markdown; `no-office`: LibreOffice is not
installed; `gone`: there is no such document; `no-page`: it has no page of this number;
`encrypted`: it is locked with a password, which is not kept; `lost`: its bytes are not in the
library any more; `failed`: it is damaged, or takes too long.
"""


class QuoteMarks(NamedTuple):
    """Where a quote stands on one page, from 1; sides are fractions of its width and height."""

    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class PagePicture:
    """A page as a PNG or JPEG with its size in pixels; `pages` is how many there are."""

    data: bytes
    mime: str
    width: int
    height: int
    page: int
    pages: int


@dataclass(frozen=True)
class NoPicture:
    """Why a page cannot be shown, and in one English line what went wrong."""

    why: Why
    message: str = ""
    pages: int | None = None
