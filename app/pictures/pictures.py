"""Pages drawn, and quotes found on them, for the façade."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from app.pictures.files import DrawnFile, file_of, no_picture
from app.pictures.kept import KeptPictures
from app.pictures.page_picture import NoPicture, PagePicture, QuoteMarks
from app.settings import Settings
from ingest.document import Box, Part, part_of
from ingest.errors import ReadError
from ingest.libreoffice import Converter, office_program
from ingest.limits import MIB, Limits
from ingest.marking import DrawRequest, Letters, LocateRequest, Piece, find_quote, pieces_of
from ingest.sandbox import PoolClosed, ReadingPool
from retrieval.errors import LibraryError
from retrieval.library import Library, Record

_SECONDS = 10.0  # that a page may take, as others wait behind it; most take 0.1
_AROUND = 2  # parts before and after the passage's, over which its quote may run
_LONGEST_QUOTE = 20_000  # characters
_GUESS = 1800  # characters of a page: where in a converted file a quote is looked for first

Wait = Callable[[], None]


def _silent() -> None:
    """Stop nothing."""


class Pictures:
    """Pages of documents as pictures; safe for threads.

    They are drawn in a process of its own, so that nobody waits behind a file that is read. Every
    method may take seconds: call them beside a page's script where that matters.
    """

    def __init__(
        self,
        settings: Settings,
        library: Library,
        environment: Mapping[str, str],
        converter: Converter | None = None,
    ) -> None:
        """`environment` is what the processes see; `converter` another than LibreOffice here."""
        self._settings = settings
        self._library = library
        self._pool = ReadingPool(environment, processes=1)
        self._converter = converter or Converter(environment, office_program())
        self._kept = KeptPictures()
        self._limits = Limits(max_bytes=settings.max_file_mb * MIB, max_seconds=_SECONDS)

    def page(
        self,
        document: str,
        number: int = 1,
        width: int = 1000,
        marks: Sequence[Box] = (),
        wait: Wait = _silent,
    ) -> PagePicture | NoPicture:
        """Return a page of a document, from 1, as a picture.

        It is `width` pixels wide, so far as neither side gets longer than 2,000. `marks` are drawn
        into it in amber; they are fractions of the page, as `marks_of` gives them. What `wait`
        raises ends the drawing, and goes on to the caller.
        """
        record = self._library.get(document)
        if record is None:
            return NoPicture("gone", "there is no such document")
        file = file_of(record, self._settings, self._converter, wait)
        if isinstance(file, NoPicture):
            return file
        key = (file.sha256, number, width, tuple(marks))
        if kept := self._kept.get(key):
            return kept
        limits = self._limits
        request = DrawRequest(str(file.path), record.path, number, width, tuple(marks), limits)
        try:
            drawn = self._pool.draw(request, lambda *_: wait())
        except (ReadError, PoolClosed) as error:
            return _failure(error)
        if isinstance(drawn, int):
            return NoPicture("no-page", f"it has {drawn} pages", drawn)
        picture = PagePicture(**vars(drawn))
        self._kept.put(key, picture)
        return picture

    def marks_of(
        self, document: str, chunk_id: str | None, quote: str, wait: Wait = _silent
    ) -> list[QuoteMarks]:
        """Return where a quote of a passage stands, page by page; nothing if that is not known.

        The passage may be of a version that is gone: then the quote is looked for in the document
        as it is now.
        """
        record = self._library.get(document)
        quote = quote[:_LONGEST_QUOTE]
        if record is None or not Letters(quote).folded:
            return []
        file = file_of(record, self._settings, self._converter, wait)
        if isinstance(file, NoPicture):
            return []
        try:
            request = self._located(record, file, chunk_id, quote)
            marks = self._pool.locate(request, lambda *_: wait()) if request.pieces else []
        except (ReadError, PoolClosed, LibraryError):
            return []
        by_page = groupby(marks, key=lambda mark: mark.page)
        return [QuoteMarks(page, tuple(mark.box for mark in own)) for page, own in by_page]

    def close(self) -> None:
        """End the process that draws."""
        self._converter.close()
        self._pool.close()

    def _located(
        self, record: Record, file: DrawnFile, chunk_id: str | None, quote: str
    ) -> LocateRequest:
        number, start = self._place(record, chunk_id, quote)
        pieces: list[tuple[int, Piece]] = []
        sizes: dict[int, tuple[float, float]] = {}
        parts = self._parts(record, number)
        for span in find_quote([part.text for part in parts], quote, *_near(parts, number, start)):
            part = parts[span.part]
            page = part.number or 1
            pieces += [(page, piece) for piece in pieces_of(part, span.start, span.end)]
            if part.size:
                sizes[page] = part.size
        if not file.is_same or any(piece.box is None for _, piece in pieces):
            # Places on another page than the reader's are found by the words alone.
            near = number if file.is_same else 1 + start // _GUESS
            pieces, sizes = [(near, Piece(quote, 0, len(quote)))], {}
        told = tuple((page, *size) for page, size in sizes.items())
        return LocateRequest(str(file.path), record.path, tuple(pieces), told, self._limits)

    def _place(self, record: Record, chunk_id: str | None, quote: str) -> tuple[int, int]:
        """Return the page, from 1, and the place in it where the passage of a quote begins."""
        found = self._library.chunks([chunk_id] if chunk_id else [], with_off=True)
        chunk = found.get(chunk_id or "")
        if chunk is None or chunk.metadata["document"] != record.document:
            wanted = Letters(quote).folded
            chunks = self._library.document_chunks(record.document, with_off=True)
            chunk = next((c for c in chunks if wanted in Letters(c.page_content).folded), None)
        if chunk is None:
            return 1, 0
        return chunk.metadata["page"] or 1, chunk.metadata["start"]

    def _parts(self, record: Record, number: int) -> list[Part]:
        """Return the part of this number and those around it."""
        around = (max(1, number - _AROUND), number + _AROUND)
        stored = self._library.parts(record.document, around)
        try:
            return [part_of(p.head, p.text, p.blocks, p.lines) for p in stored]
        except ValueError as error:
            raise LibraryError(
                f"what was read of {record.path!r} is damaged", "text-damaged"
            ) from error


def _near(parts: Sequence[Part], number: int, start: int) -> tuple[int, int]:
    at = next((n for n, part in enumerate(parts) if (part.number or 1) == number), 0)
    return at, start


def _failure(error: Exception) -> NoPicture:
    return no_picture(error) if isinstance(error, ReadError) else NoPicture("failed", "it ends")
