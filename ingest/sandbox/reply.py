"""What a reading process says of a file, and how it is believed.

It has read a file that may have taken it over, so the types, lengths and amounts of all that it
says are checked here before anyone uses them.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from langchain_core.documents import Document

from ingest.document import (
    Part,
    Properties,
    Reading,
    Row,
    Unit,
    block_row,
    head_row,
    line_row,
    part_of,
    shortened,
)
from ingest.errors import ReadError
from ingest.limits import MIB, Limits
from ingest.reasons import REASONS
from ingest.text import HALF

log = logging.getLogger(__name__)

BEGAN = b'{"began": true}'  # the first message, once the tokenizer is loaded
LONGEST_FRAME = MIB  # bytes of one message; Python's lock is kept while one is decoded
_ROWS_FRAME = 256 * 1024  # bytes of rows after which a message is sent
_TEXT_FRAME = 64 * 1024  # characters of a text
_LONGEST_CHUNK = 40_000  # characters; 448 tokens, the longest setting, of at most 64 are 28,672
_LONGEST_PATH = 5000  # characters of headings; 12 levels of 200 are 2,433
_LONGEST_HEADER = 2000  # characters; a header row of at most 1,000, and a caption
_MOST_WARNINGS, _LONGEST_LINE = 100, 1000  # characters of a warning, message or title
_MOST_VALUES, _LONGEST_NAME = 5, 40  # of an error; characters of their names
_MOST_UNREAD = 1_000_000  # pictures
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_MOST_CHARACTERS = 4  # for each byte: a ligature may become three letters
LONGEST_TRACE = 4000  # characters
_SPARE = 64 * MIB
_BYTES_PER_BYTE = 8  # of a reply for each byte that a file may have: headings stand with each chunk


@dataclass(frozen=True)
class Parsed:
    """A file that was read and split.

    All but the chunks, which are those of `split`, is as in `Reading`.
    """

    title: str | None
    lang: str
    parts: tuple[Part, ...]
    warnings: list[str]
    chunks: list[Document]
    unit: Unit | None
    properties: Properties
    unread: int = 0

    @property
    def pages(self) -> int | None:
        """How many pages, slides or sheets it has, None where it has none."""
        return len(self.parts) if self.unit else None


def encode(value: dict[str, Any]) -> bytes:
    """A message as bytes; what is no valid Unicode becomes "?"."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def reply_messages(reading: Reading, chunks: Sequence[Document]) -> Iterator[bytes]:
    """All that is said of a file: its parts and chunks, bit by bit, then the rest of it."""
    for part in reading.parts:
        yield encode({"part": head_row(part)})
        for at in range(0, len(part.text), _TEXT_FRAME):
            yield encode({"text": part.text[at : at + _TEXT_FRAME]})
        yield from _rows("blocks", map(block_row, part.blocks))
        yield from _rows("lines", map(line_row, part.lines))
    yield from _rows("chunks", map(_chunk_row, chunks))
    p = reading.properties
    yield encode(
        {
            "title": None if reading.title is None else shortened(reading.title),
            "unit": reading.unit,
            "lang": reading.lang,
            "warnings": [w[:_LONGEST_LINE] for w in reading.warnings[:_MOST_WARNINGS]],
            "properties": [p.author[:_LONGEST_LINE], p.made, p.changed],
            "unread": min(reading.unread, _MOST_UNREAD),
        }
    )


def _chunk_row(chunk: Document) -> Row:
    m = chunk.metadata
    at = [m["page"], m["heading"], m["start"], m["header"], m["confidence"]]
    return [chunk.page_content, *at]


def _rows(what: str, rows: Iterable[Row]) -> Iterator[bytes]:
    """Messages with rows, as many in each as it takes."""
    told: list[bytes] = []
    size = 0
    for row in rows:
        told.append(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace"))
        size += len(told[-1])
        if size > _ROWS_FRAME:
            yield f'{{"{what}": ['.encode() + b", ".join(told) + b"]}"
            told, size = [], 0
    if told:
        yield f'{{"{what}": ['.encode() + b", ".join(told) + b"]}"


class Reply:
    """Collects and checks what is said of one file.

    What none of our processes would say is taken for that of a damaged file.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.max_bytes * _BYTES_PER_BYTE + _SPARE
        self._chunks: list[Document] = []
        self._parts: list[Part] = []
        self._rows: dict[str, list[Any]] = {}  # of the part that is being told
        self._parsed: Parsed | None = None
        self._error: ReadError | None = None
        self._trace = ""
        self.done, self.total = 0, 0  # pages
        self.pictures = 0  # whose text is recognised, each of which has time of its own
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
            raise ReadError("too-large", "it holds too much text; split it", "text")
        try:
            said = json.loads(frame)
        except (ValueError, RecursionError) as error:
            raise _unsound() from error
        _need(isinstance(said, dict))
        if "chunks" in said:
            _need(isinstance(said["chunks"], list))
            self._chunks += [self._chunk(row, n) for n, row in enumerate(said["chunks"], self._at)]
        elif "part" in said:
            self._end_part()
            self._rows = {"part": [said["part"]], "text": [], "blocks": [], "lines": []}
        elif "text" in said:
            self._told("text").append(_text(said["text"], _TEXT_FRAME))
        elif "blocks" in said or "lines" in said:
            (what,) = said
            _need(isinstance(said[what], list))
            self._told(what).extend(said[what])
        elif "page" in said:
            self.done = _number(said["page"], self._limits.max_pages)
            self.total = _number(said.get("of"), self._limits.max_pages)
        elif "pictures" in said:
            self.pictures = _number(said["pictures"], self._limits.max_pages)
        elif "reason" in said:
            reason, message = said["reason"], _text(said.get("message"), _LONGEST_LINE)
            _need(isinstance(reason, str) and reason in REASONS)
            detail, values = _text(said.get("detail", ""), _LONGEST_NAME), said.get("values", {})
            _need(isinstance(values, dict) and len(values) <= _MOST_VALUES)
            told = {_text(name, _LONGEST_NAME): _value(value) for name, value in values.items()}
            _need(not {"self", "reason", "message", "detail"} & told.keys())
            self._error = ReadError(reason, one_line(message), detail, **told)
            self._trace = _text(said.get("trace", ""), LONGEST_TRACE)
        elif "again" in said:
            self.is_whole, self.is_sound = True, said["again"] is True
        else:
            self._parsed = self._whole(said)

    def _told(self, what: str) -> list[Any]:
        _need(what in self._rows)
        return self._rows[what]

    def _end_part(self) -> None:
        if rows := self._rows:
            try:
                text = "".join(rows["text"])
                self._parts.append(part_of(rows["part"][0], text, rows["blocks"], rows["lines"]))
            except ValueError as error:
                raise _unsound() from error
            self._rows = {}
            _need(len(self._parts) <= self._limits.max_pages)

    @property
    def _at(self) -> int:
        return len(self._chunks)

    def _chunk(self, row: Any, ordinal: int) -> Document:
        _need(isinstance(row, list) and len(row) == 6)
        content, page, heading, start, header, confidence = row
        _need(confidence is None or (type(confidence) in (int, float) and 0 <= confidence <= 1))
        text = _text(content, _LONGEST_CHUNK)
        begin = _number(start, _MOST_CHARACTERS * self._limits.max_bytes)
        metadata = {
            "page": None if page is None else _number(page, self._limits.max_pages),
            "heading": _text(heading, _LONGEST_PATH),
            "start": begin,
            "end": begin + len(text),
            "ordinal": ordinal,
            "header": _text(header, _LONGEST_HEADER),
            "confidence": confidence,
        }
        return Document(page_content=text, metadata=metadata)

    def _whole(self, said: dict[str, Any]) -> Parsed:
        self._end_part()
        title, unit, warnings = said.get("title"), said.get("unit"), said.get("warnings")
        told = said.get("properties")
        _need(said.get("lang") in ("zh", "en") and isinstance(warnings, list))
        _need(unit in (None, *get_args(Unit)) and isinstance(told, list) and len(told) == 3)
        _need(len(warnings or []) <= _MOST_WARNINGS)
        return Parsed(
            title=None if title is None else one_line(_text(title, _LONGEST_LINE)),
            lang=said["lang"],
            parts=tuple(self._parts),
            unit=unit,
            properties=Properties(*(one_line(_text(p, _LONGEST_LINE)) for p in told or ())),
            warnings=[one_line(_text(w, _LONGEST_LINE)) for w in warnings or []],
            chunks=self._chunks,
            unread=_number(said.get("unread", 0), _MOST_UNREAD),
        )


def one_line(text: str) -> str:
    """The text without line ends and control characters."""
    return _CONTROL.sub(" ", text).strip()


def _unsound() -> ReadError:
    return ReadError("damaged", "what reading it gave makes no sense; save it anew", "save-anew")


def _need(sound: bool) -> None:
    if not sound:
        raise _unsound()


def _value(value: Any) -> str | int:
    """Return a value of an error: a number or a line."""
    return value if type(value) is int else one_line(_text(value, _LONGEST_LINE))


def _text(value: Any, longest: int) -> str:
    _need(isinstance(value, str) and len(value) <= longest)
    _need(not HALF.search(value))
    return str(value)


def _number(value: Any, most: int) -> int:
    _need(type(value) is int and 0 <= value <= most)
    return int(value)
