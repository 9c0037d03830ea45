"""Pages as pictures, made in threads: a page's script waits for none of them."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass

from app.errors import EXPECTED
from app.pictures import NoPicture, PagePicture, Pictures
from ingest.document import Box

log = logging.getLogger(__name__)

_WIDTH = 1400  # pixels: sharp at twice the width of a dialog's half
_KEPT = 24  # pictures, of at most 2 MB each
_AT_ONCE = 2
_UNSEEN = 5.0  # seconds without a look, after which what others wait behind is given up
_FAILED = 60.0  # seconds that a page which failed is not tried again
_NO_PICTURE = 5.0  # the same for one of which it is known at once that there is no picture
_MOST_FAILED = 1000  # pages


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


class _Unseen(Exception):
    """Nobody looks at a page any more, and others wait behind it."""


class _Asked:
    """A page that was asked for: when somebody looked last, and until when it need not be made."""

    def __init__(self, now: float) -> None:
        self.future: Future[Pictured] = Future()
        self.seen = now
        self.until = math.inf

    def is_over(self, now: float) -> bool:
        """Tell whether it has to be made anew."""
        return self.future.cancelled() or now >= self.until


class Picturing:
    """Makes the pictures that were asked for, and keeps the last ones.

    A page without a picture is kept, too: one that takes long to fail is not tried at each look.
    `clock` tells seconds.
    """

    def __init__(self, pictures: Pictures, clock: Callable[[], float] = time.monotonic) -> None:
        self._pictures = pictures
        self._clock = clock
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="picture")
        self._asked: OrderedDict[Wanted, _Asked] = OrderedDict()
        # Document, version and page, whatever the quote: until when it is not tried again.
        self._failed: OrderedDict[tuple[str, str, int], float] = OrderedDict()
        self._lock = threading.Lock()

    def look(self, wanted: Wanted, seconds: float) -> Pictured | None:
        """Return a page, None when it is not made in so many seconds: it will be, then."""
        now = self._clock()
        with self._lock:
            asked = self._asked.get(wanted)
            if asked is None or asked.is_over(now):
                asked = self._asked[wanted] = _Asked(now)
                asked.future = self._pool.submit(self._make, wanted, asked)
            asked.seen = now
            self._asked.move_to_end(wanted)
            while len(self._asked) > _KEPT:
                self._asked.popitem(last=False)[1].future.cancel()
        try:
            return asked.future.result(seconds)
        except (TimeoutError, CancelledError, _Unseen):  # given up for others: asked for anew
            return None

    def is_made(self, wanted: Wanted) -> bool:
        """Tell whether `look` would return a page at once, or has to ask for it anew."""
        now = self._clock()
        with self._lock:
            asked = self._asked.get(wanted)
            if asked is None or asked.is_over(now):
                return True
            asked.seen = now
            return asked.future.done()

    def close(self) -> None:
        """End when the picture in hand is made."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _make(self, wanted: Wanted, asked: _Asked) -> Pictured:
        try:
            made = self._made(wanted, lambda: self._check(asked))
        except _Unseen:
            asked.until = -math.inf
            raise
        if made.picture is None:
            asked.until = self._clock() + (_FAILED if made.why == "failed" else _NO_PICTURE)
        return made

    def _check(self, asked: _Asked) -> None:
        """Raise _Unseen where others wait behind a page at which nobody has looked for a while."""
        with self._lock:
            unseen = self._clock() - asked.seen > _UNSEEN
            if unseen and any(
                not one.future.done() for one in self._asked.values() if one is not asked
            ):
                raise _Unseen

    def _made(self, wanted: Wanted, wait: Callable[[], None]) -> Pictured:
        wait()
        page = wanted.page or wanted.cited or 1
        if wanted.page and self._has_failed(wanted, page):
            return Pictured(page, why="failed")
        marked: tuple[int, ...] = ()
        try:
            marks = self._pictures.marks_of(wanted.document, wanted.chunk_id, wanted.quote, wait)
            boxes = {number: tuple(found) for number, found in marks if found}
            marked = tuple(sorted(boxes))
            page = wanted.page or min(marked, default=page)
            if self._has_failed(wanted, page):
                return Pictured(page, marked=marked, why="failed")
            picture = self._pictures.page(wanted.document, page, _WIDTH, wait=wait)
        except _Unseen:
            raise
        except EXPECTED:
            log.info("a page could not be made a picture", exc_info=True)
            return Pictured(page, marked=marked, why="failed")
        except Exception:
            log.exception("a page could not be made a picture")
            return Pictured(page, marked=marked, why="failed")
        if isinstance(picture, NoPicture):
            if picture.why == "failed":
                self._note_failure(wanted, page)
            return Pictured(page, marked=marked, why=picture.why)
        return Pictured(page, picture, marked, boxes.get(page, ()))

    def _has_failed(self, wanted: Wanted, page: int) -> bool:
        with self._lock:
            until = self._failed.get((wanted.document, wanted.version, page), -math.inf)
        return self._clock() < until

    def _note_failure(self, wanted: Wanted, page: int) -> None:
        with self._lock:
            self._failed[wanted.document, wanted.version, page] = self._clock() + _FAILED
            while len(self._failed) > _MOST_FAILED:
                self._failed.popitem(last=False)
