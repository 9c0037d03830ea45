"""The pictures of one document: what they say is written where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.document import Given, PartWriter
from ingest.errors import ReadError

if TYPE_CHECKING:
    from PIL.Image import Image

    from ingest import ocr
    from ingest.document import Part


class Pictures:
    """Recognises the pictures of one document, each once, as logos stand on every page.

    Example:
        pictures = Pictures(given)
        pictures.write(data, writer)         # where a picture stands
        pictures.refuse_if_alone(bool(writer.part().text))
        warnings += pictures.warnings()
    """

    def __init__(self, given: Given) -> None:
        """`given.ocr` says whether anything is recognised."""
        self._given = given
        self._recogniser: ocr.Pictures | None = None
        self.count = 0  # of pictures that were met

    @property
    def is_on(self) -> bool:
        """Whether text is to be recognised; if not, a picture's bytes need not be found."""
        return self._given.ocr

    def write(self, data: bytes | None, writer: PartWriter) -> None:
        """Write what a picture says, if it says anything; `data` is the picture's file.

        None is a picture whose bytes are missing or not wanted. Raises ReadError (`internal`) and
        MemoryError.
        """
        self._meet()
        if data and self.is_on and (part := self._ready().within(data)):
            writer.picture(part)

    def said(self, picture: Image | None, dpi: float) -> Part | None:
        """Return what a piece of a page says, as a part with boxes, None if it says nothing.

        None is one that is not to be recognised. Raises as `write`.
        """
        self._meet()
        return self._ready().within_page(picture, dpi) if picture and self.is_on else None

    def refuse_if_alone(self, has_words: bool) -> None:
        """Raise ReadError (`needs-ocr`, `empty`) for a file of pictures that say nothing."""
        if not self.count or has_words:
            return
        if not self.is_on:
            message = "it holds pictures only; switch text recognition on (KB_OCR)"
            raise ReadError("needs-ocr", message, "ocr-off")
        message = "it holds pictures only, and no text was recognised in them; leave it out"
        raise ReadError("empty", message)

    def warnings(self) -> list[str]:
        """Return a line for each sort of picture that was left out."""
        return self._recogniser.warnings() if self._recogniser else []

    def _meet(self) -> None:
        self.count += 1
        self._given.unpacked.unread += not self.is_on

    def _ready(self) -> ocr.Pictures:
        if self._recogniser is None:
            from ingest.ocr import Pictures  # numpy and Pillow, which most files need not

            self._recogniser = Pictures(self._given)
        return self._recogniser
