"""Pictures that were drawn lately, kept in memory up to a number of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable

from app.pictures.page_picture import PagePicture

_MOST_BYTES = 48 * 1024 * 1024


class KeptPictures:
    """Keeps the pictures that were asked for last; safe for threads."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, PagePicture] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> PagePicture | None:
        """Return a picture if it is kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, picture: PagePicture) -> None:
        """Keep a picture; the ones that were not asked for the longest go."""
        with self._lock:
            if old := self._kept.pop(key, None):
                self._bytes -= len(old.data)
            self._kept[key] = picture
            self._bytes += len(picture.data)
            while self._bytes > self._most and self._kept:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= len(gone.data)
