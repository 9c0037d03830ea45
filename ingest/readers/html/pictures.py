"""The pictures of a page of HTML: those written into it, and those that its file has beside it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable

from ingest.document import Given, PartWriter
from ingest.errors import ReadError
from ingest.pictures import Pictures
from ingest.readers.html.nodes import Node

_WRITTEN = re.compile(
    r"data:image/(?:png|jpe?g|gif|webp|bmp|tiff?)(?:;[\w=-]{1,40}){0,3};base64,"
    r"([A-Za-z0-9+/=\s]{200,}+)",
    re.IGNORECASE,
)
_NAME = "zhiku-picture:"  # stands for a picture that was taken out


class PagePictures:
    """Finds the pictures of a page, and writes what they say.

    `find` returns the bytes of one that is beside the page, by its `src`, None if it is not there:
    nothing is fetched.
    """

    def __init__(self, given: Given, find: Callable[[str], bytes | None] = lambda _: None) -> None:
        self._given = given
        self._pictures = Pictures(given)
        self._find = find
        self._written: list[str] = []

    def take_out(self, html: str) -> str:
        """Return a page without the pictures written into it; a name stands for each."""

        def name(found: re.Match[str]) -> str:
            self._written.append(found[1])
            return f"{_NAME}{len(self._written) - 1}"

        return _WRITTEN.sub(name, html) if "base64," in html else html

    def write(self, nodes: Iterable[Node], writer: PartWriter) -> None:
        """Write what these pictures say, as far as they are there."""
        for node in nodes:
            source = node.attributes.get("src") or node.attributes.get("xlink:href", "")
            # One that is not to be read is looked for only to know that there are some.
            is_wanted = self._pictures.is_on or not self._pictures.count
            if is_wanted and (data := self._data(source.strip())):
                self._pictures.write(data, writer)

    def refuse_if_alone(self, has_words: bool) -> None:
        """Raise ReadError (`needs-ocr`, `empty`) for a page of pictures that say nothing."""
        self._pictures.refuse_if_alone(has_words)

    def warnings(self) -> list[str]:
        """Return a line for each sort of picture that was left out."""
        return self._pictures.warnings()

    def _data(self, source: str) -> bytes | None:
        number = source.removeprefix(_NAME)
        if number == source:
            return self._find(source) if source else None
        if not number.isdecimal() or int(number[:9]) >= len(self._written):
            return None
        written = self._written[int(number[:9])]
        try:
            self._given.take(len(written) * 3 // 4)
            return base64.b64decode(written)
        except (ReadError, binascii.Error, ValueError):
            return None
