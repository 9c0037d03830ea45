"""Pages as pictures, made in threads: a page's script waits for none of them."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass

from app.errors import EXPECTED
from app.pictures import NoPicture, PagePicture, Pictures
from ingest.document import Box

log = logging.getLogger(__name__)

_WIDTH = 1400  # pixels: sharp at twice the width of a dialog's half
_KEPT = 24  # pictures, of at most 2 MB each
_AT_ONCE = 2


@dataclass(frozen=True)
class Wanted:
    """The page of a passage: the first of its quote, unless a `page` is named.

    `version` tells a document from what it was before, `cited` is the page that was cited.
    """

    document: str
    version: str
    chunk_id: str
    quote: str
    page: int | None
    cited: int | None


@dataclass(frozen=True)
class Pictured:
    """A page of a document, and the pages its quote is on; no picture where none can be made.

    `boxes` are where the quote stands on this page; the browser lays them over the picture.
    `why` says in a word what is wrong, such as "encrypted"; "failed" if that was unexpected.
    """

    page: int
    picture: PagePicture | None = None
    marked: tuple[int, ...] = ()
    boxes: tuple[Box, ...] = ()
    why: str = ""


class Picturing:
    """Makes the pictures that were asked for, and keeps the last ones."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="picture")
        self._made: OrderedDict[Wanted, Future[Pictured]] = OrderedDict()
        self._lock = threading.Lock()

    def look(self, wanted: Wanted, seconds: float) -> Pictured | None:
        """Return a page, None when it is not made in so many seconds: it will be, then."""
        with self._lock:
            future = self._made.get(wanted)
            if future is None:
                future = self._made[wanted] = self._pool.submit(self._make, wanted)
            self._made.move_to_end(wanted)
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)[1].cancel()
        try:
            made = future.result(seconds)
        except (TimeoutError, CancelledError):  # cancelled for newer ones: asked for anew
            return None
        if made.picture is None:  # what was put right is seen the next time
            with self._lock:
                self._made.pop(wanted, None)
        return made

    def is_made(self, wanted: Wanted) -> bool:
        """Tell whether `look` would return a page at once, or has to ask for it anew."""
        with self._lock:
            future = self._made.get(wanted)
        return future is None or future.done()

    def close(self) -> None:
        """End when the picture in hand is made."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _make(self, wanted: Wanted) -> Pictured:
        page = wanted.page or wanted.cited or 1
        marked: tuple[int, ...] = ()
        try:
            marks = self._pictures.marks_of(wanted.document, wanted.chunk_id, wanted.quote)
            boxes = {number: tuple(found) for number, found in marks if found}
            marked = tuple(sorted(boxes))
            page = wanted.page or min(marked, default=page)
            picture = self._pictures.page(wanted.document, page, _WIDTH)
        except EXPECTED:
            log.info("a page could not be made a picture", exc_info=True)
            return Pictured(page, marked=marked, why="failed")
        except Exception:
            log.exception("a page could not be made a picture")
            return Pictured(page, marked=marked, why="failed")
        if isinstance(picture, NoPicture):
            return Pictured(page, marked=marked, why=picture.why)
        return Pictured(page, picture, marked, boxes.get(page, ()))
