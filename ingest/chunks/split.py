"""A reading becomes chunks: by structure first, then by length in tokens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from langchain_core.documents import Document
from tokenizers import Tokenizer

from ingest.chunks.cutting import Cutter
from ingest.chunks.table_headers import TableHeaders
from ingest.chunks.tokens import TokenMap, counting_copy
from ingest.document import SEPARATOR, Part, Reading, has_words

SPLITTER = "4"
"""Raised by one when the same reading would be split differently, so that it is split again."""


@dataclass(frozen=True)
class _Group:
    """Neighbouring sections that share chunks: their common path and their span of the source."""

    path: list[str]
    start: int
    end: int
    heading_start: int
    is_named: bool  # whether the first section's heading line stands above it
    deepest: int  # the length of the longest path among them
    inner_page: str  # of a file in the document, which chunks do not cross either


def split(
    reading: Reading, tokenizer: Tokenizer, max_tokens: int, overlap_tokens: int = 0
) -> list[Document]:
    """Split a reading into chunks of at most `max_tokens` tokens, special tokens not counted.

    Each chunk is a slice of its part, `text[start:end]`, and never crosses one; its metadata are
    `page` (the part's number), `heading`, `start`, `end`, `ordinal`, `confidence` (the lowest of
    what in it was recognised in a picture, else None), and `header`: what stands above the row of a
    table that it begins with (caption, header row, label of a group of rows), or "". Small
    neighbouring sections below one heading share a chunk, with their heading lines in it.
    """
    if max_tokens < 1 or not 0 <= overlap_tokens <= max_tokens // 2:
        raise ValueError(f"max_tokens={max_tokens}, overlap_tokens={overlap_tokens}: at most half")
    counting = counting_copy(tokenizer)
    chunks: list[Document] = []
    for page, sections in groupby(reading.sections, key=lambda section: section.metadata["page"]):
        part = reading.part(page)
        text = part.text
        tokens, beside = TokenMap(text, counting), _Beside(part)
        cutter = Cutter(text, tokens, max_tokens, overlap_tokens)
        for group in _grouped(text, sections, tokens, max_tokens):
            heading = SEPARATOR.join(group.path)
            for start, end in cutter.cut(group.start, group.end):
                chunks += _chunk(part, start, end, heading, len(chunks), beside)
    return chunks


def _grouped(
    text: str, sections: Iterable[Document], tokens: TokenMap, max_tokens: int
) -> Iterator[_Group]:
    """Join neighbours while they fit into one chunk."""
    group: _Group | None = None
    for section in sections:
        following = _group_of(text, section)
        joined = group and _joined(group, following)
        if joined and tokens.count(joined.start, joined.end) <= max_tokens:
            group = joined
            continue
        if group:
            yield group
        group = following
    if group:
        yield group


def _group_of(text: str, section: Document) -> _Group:
    heading, start = section.metadata["heading"], section.metadata["start"]
    heading_start = section.metadata["heading_start"]
    path = heading.split(SEPARATOR) if heading else []
    is_named = bool(text[heading_start:start].strip())
    end = start + len(section.page_content)
    inner_page = section.metadata["inner_page"]
    return _Group(path, start, end, heading_start, is_named, len(path), inner_page)


def _joined(group: _Group, following: _Group) -> _Group | None:
    """Both as one, or None: each section must lie at most one level below the common path.

    A section below the common path brings its heading line, so that the chunk still names it.
    """
    if group.inner_page != following.inner_page:
        return None
    same = [one == other for one, other in zip(group.path, following.path, strict=False)]
    common = group.path[: [*same, False].index(False)]
    deepest = max(group.deepest, following.deepest)
    if deepest > len(common) + 1 or (following.path != common and not following.is_named):
        return None
    if group.path == common:
        return replace(group, end=following.end, deepest=deepest)
    if not group.is_named:
        return None
    start = group.heading_start
    return replace(group, path=common, start=start, end=following.end, deepest=deepest)


def _chunk(
    part: Part, start: int, end: int, heading: str, ordinal: int, beside: _Beside
) -> list[Document]:
    """The slice as a chunk, without white space around it; none if it has no words."""
    text = part.text
    content = text[start:end].strip()
    if not has_words(content):
        return []
    start += len(text[start:end]) - len(text[start:end].lstrip())
    metadata = {
        "page": part.number,
        "heading": heading,
        "start": start,
        "end": start + len(content),
        "ordinal": ordinal,
        "header": beside.header(start),
        "confidence": beside.confidence(start, start + len(content)),
    }
    return [Document(page_content=content, metadata=metadata)]


class _Beside:
    """What the blocks of a part tell of its chunks: headers of tables, confidence."""

    def __init__(self, part: Part) -> None:
        self.header = TableHeaders(part).above
        self._whole = part.confidence
        self._recognised = [b for b in part.blocks if b.confidence is not None]
        self._ends = [block.end for block in self._recognised]

    def confidence(self, start: int, end: int) -> float | None:
        """Return the lowest confidence of what was recognised in a span, None if nothing was."""
        if self._whole is not None:
            return self._whole
        found = self._recognised[bisect_right(self._ends, start) :]
        within = takewhile(lambda block: block.start < end, found)
        return min((b.confidence for b in within if b.confidence is not None), default=None)
