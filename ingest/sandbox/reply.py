"""What a reading process says of a file, and how it is believed.

It has read a file that may have taken it over, so the types, lengths and amounts of all that it
says are checked here before anyone uses them.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.documents import Document

from ingest.document import Reading, shortened
from ingest.errors import ReadError
from ingest.limits import MIB, Limits
from ingest.reasons import REASONS

log = logging.getLogger(__name__)

BEGAN = b'{"began": true}'  # the first message, once the tokenizer is loaded
LONGEST_FRAME = MIB  # bytes of one message; Python's lock is kept while one is decoded
_CHUNKS_FRAME = 256 * 1024  # bytes of chunks after which a message is sent
_LONGEST_CHUNK = 40_000  # characters; 448 tokens, the longest setting, of at most 64 are 28,672
_LONGEST_PATH = 5000  # characters of headings; 12 levels of 200 are 2,433
_LONGEST_HEADER = 2000  # characters; `ingest.text.TableHeaders` gives at most 1,000
_MOST_WARNINGS, _LONGEST_LINE = 100, 1000  # characters of a warning, message or title
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # which no text of the ledger may hold
_MOST_CHARACTERS = 4  # for each byte: a ligature may become three letters
LONGEST_TRACE = 4000  # characters
_SPARE = 64 * MIB
_BYTES_PER_BYTE = 8  # of a reply for each byte that a file may have: headings stand with each chunk


@dataclass(frozen=True)
class Parsed:
    """A file that was read and split.

    `title`, `pages`, `lang` and `warnings` are those of `Reading`, the chunks those of `split`.
    """

    title: str | None
    pages: int | None
    lang: str
    warnings: list[str]
    chunks: list[Document]


def encode(value: dict[str, Any]) -> bytes:
    """A message as bytes; what is no valid Unicode becomes "?"."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def reply_messages(reading: Reading, chunks: Sequence[Document]) -> Iterator[bytes]:
    """All that is said of a file: its chunks in parts, then the rest of it."""
    rows: list[bytes] = []
    size = 0
    for chunk in chunks:
        m = chunk.metadata
        row = [chunk.page_content, m["page"], m["heading"], m["start"], m["header"]]
        rows.append(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace"))
        size += len(rows[-1])
        if size > _CHUNKS_FRAME:
            yield b'{"chunks": [' + b", ".join(rows) + b"]}"
            rows, size = [], 0
    yield b'{"chunks": [' + b", ".join(rows) + b"]}"
    yield encode(
        {
            "title": None if reading.title is None else shortened(reading.title),
            "pages": reading.pages,
            "lang": reading.lang,
            "warnings": [w[:_LONGEST_LINE] for w in reading.warnings[:_MOST_WARNINGS]],
        }
    )


class Reply:
    """Collects and checks what is said of one file.

    What none of our processes would say is taken for that of a damaged file.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.max_bytes * _BYTES_PER_BYTE + _SPARE
        self._chunks: list[Document] = []
        self._parsed: Parsed | None = None
        self._error: ReadError | None = None
        self._trace = ""
        self.done, self.total = 0, 0  # pages
        self.is_whole = False
        self.is_sound = False  # whether the process can be used for another file

    def parsed(self, name: str) -> Parsed:
        """What the file holds, once the reply is whole. Raises the ReadError that it tells of."""
        if self._trace:
            log.error("reading %r failed:\n%s", name, self._trace)
        if self._error:
            raise self._error
        if self._parsed is None:
            self.is_sound = False
            raise _unsound()
        return self._parsed

    def add(self, frame: bytes) -> None:
        """Take the next message. Raises ReadError."""
        self._left -= len(frame)
        if self._left < 0:
            raise ReadError("too-large", "it holds too much text; split it")
        try:
            said = json.loads(frame)
        except (ValueError, RecursionError) as error:
            raise _unsound() from error
        _need(isinstance(said, dict))
        if "chunks" in said:
            _need(isinstance(said["chunks"], list))
            self._chunks += [self._chunk(row, n) for n, row in enumerate(said["chunks"], self._at)]
        elif "page" in said:
            self.done = _number(said["page"], self._limits.max_pages)
            self.total = _number(said.get("of"), self._limits.max_pages)
        elif "reason" in said:
            reason, message = said["reason"], _text(said.get("message"), _LONGEST_LINE)
            _need(isinstance(reason, str) and reason in REASONS)
            self._error = ReadError(reason, _one_line(message))
            self._trace = _text(said.get("trace", ""), LONGEST_TRACE)
        elif "again" in said:
            self.is_whole, self.is_sound = True, said["again"] is True
        else:
            self._parsed = self._whole(said)

    @property
    def _at(self) -> int:
        return len(self._chunks)

    def _chunk(self, row: Any, ordinal: int) -> Document:
        _need(isinstance(row, list) and len(row) == 5)
        content, page, heading, start, header = row
        text = _text(content, _LONGEST_CHUNK)
        begin = _number(start, _MOST_CHARACTERS * self._limits.max_bytes)
        metadata = {
            "page": None if page is None else _number(page, self._limits.max_pages),
            "heading": _text(heading, _LONGEST_PATH),
            "start": begin,
            "end": begin + len(text),
            "ordinal": ordinal,
            "header": _text(header, _LONGEST_HEADER),
        }
        return Document(page_content=text, metadata=metadata)

    def _whole(self, said: dict[str, Any]) -> Parsed:
        title, pages, warnings = said.get("title"), said.get("pages"), said.get("warnings")
        _need(said.get("lang") in ("zh", "en") and isinstance(warnings, list))
        _need(len(warnings or []) <= _MOST_WARNINGS)
        return Parsed(
            title=None if title is None else _one_line(_text(title, _LONGEST_LINE)),
            pages=None if pages is None else _number(pages, self._limits.max_pages),
            lang=said["lang"],
            warnings=[_one_line(_text(w, _LONGEST_LINE)) for w in warnings or []],
            chunks=self._chunks,
        )


def _one_line(text: str) -> str:
    """The text without line ends and control characters."""
    return _CONTROL.sub(" ", text).strip()


def _unsound() -> ReadError:
    return ReadError("damaged", "what reading it gave makes no sense; save it anew")


def _need(sound: bool) -> None:
    if not sound:
        raise _unsound()


def _text(value: Any, longest: int) -> str:
    _need(isinstance(value, str) and len(value) <= longest)
    _need(not _SURROGATE.search(value))
    return str(value)


def _number(value: Any, most: int) -> int:
    _need(type(value) is int and 0 <= value <= most)
    return int(value)
