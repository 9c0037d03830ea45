"""What a reader understood of a document, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.results import ShownBlock, ShownDocument, ShownWithBlocks
from ingest.document import Line, Part, part_of
from retrieval.errors import LibraryError
from retrieval.library import StoredPart

_DAMAGED = "what was read of {!r} is damaged; `kb ingest --again` reads it again"


def with_blocks(shown: ShownDocument, parts: Sequence[StoredPart]) -> ShownWithBlocks:
    """Return a document with the blocks of its parts. Raises LibraryError for what are none."""
    try:
        read = [part_of(p.head, p.text, p.blocks, p.lines) for p in parts]
    except ValueError as error:
        raise LibraryError(_DAMAGED.format(shown.path), "text-damaged") from error
    blocks = tuple(block for part in read for block in blocks_of(part))
    return ShownWithBlocks(**vars(shown), blocks=blocks)


def blocks_of(part: Part) -> Iterator[ShownBlock]:
    """Yield the blocks of a part in the order of its text; what lies between are paragraphs."""
    at, lines = 0, _Lines(part.lines)
    for block in sorted(part.blocks, key=lambda block: (block.start, block.end)):
        yield from _between(part, at, block.start, lines)
        text = part.text[max(at, block.start) : block.end]
        if text.strip():
            start = max(at, block.start)
            sure = block.confidence
            yield _shown(part, block.kind, block.level, start, block.end, lines, sure)
        at = max(at, block.end)
    yield from _between(part, at, len(part.text), lines)


def _between(part: Part, start: int, end: int, lines: _Lines) -> Iterator[ShownBlock]:
    """Yield the paragraphs of a span, which empty lines part."""
    begin = at = start
    for line in [*part.text[start:end].splitlines(keepends=True), "\n"]:
        if not line.strip():
            if part.text[begin:at].strip():
                yield _shown(part, "paragraph", 0, begin, at, lines)
            begin = at + len(line)
        at += len(line)


def _shown(
    part: Part,
    kind: str,
    level: int,
    start: int,
    end: int,
    lines: _Lines,
    confidence: float | None = None,
) -> ShownBlock:
    boxes = tuple(line.box for line in lines.of(start, end))
    return ShownBlock(
        page=part.number,
        kind=kind,
        level=level,
        text=part.text[start:end].strip("\n").rstrip(),
        boxes=boxes,
        name=part.name,
        confidence=part.confidence if confidence is None else confidence,
    )


class _Lines:
    """The lines of a part, which are asked for from its beginning to its end."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = sorted(lines, key=lambda line: line.start)
        self._at = 0

    def of(self, start: int, end: int) -> list[Line]:
        """Return the lines that have something of a span; spans come in order."""
        while self._at < len(self._lines) and self._lines[self._at].end <= start:
            self._at += 1
        found = []
        for line in self._lines[self._at :]:
            if line.start >= end:
                break
            found.append(line)
        return found
