"""Blocks are written down as one text, in Markdown, from which chunks are cut later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document.blocks import Block, BlockKind, Part
from ingest.document.sections import PAGE_LEVEL, shortened
from ingest.text import HAN, bounded_row, collapsed

_DEEPEST = 6  # levels of headings in Markdown
# A row that is longer than a chunk of 128 tokens would be cut within; then each cell says its
# column itself.
# Estimated in tokens: a Chinese character is one, of others three and a half are.
_LONGEST_ROW = 110
_CHARACTERS_PER_TOKEN = 3.5
# The words of a column are repeated in each row. A longer cell at the top of a narrow table is
# text, and the row names no columns; of a wide one, as of a survey's answers, it may be a question.
_LONGEST_NAME = 40
_LONGEST_QUESTION = 100
_NARROW = 3  # columns
_HAN = re.compile(f"[{HAN}]")

Rows = Sequence[Sequence[str]]


class PartWriter:
    """Writes a part block by block.

    Example:
        page = PartWriter(number=3)
        page.heading("Prices", level=2)
        page.table([["Size", "EUR"], ["A4", "12"]], caption="Table 1: Frames")
        part = page.part()
    """

    def __init__(self, number: int | None = None, name: str = "") -> None:
        """`number` and `name` are those of the `Part`."""
        self._number = number
        self._name = name
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []

    def heading(self, text: str, level: int = 1) -> None:
        """Add a heading; an empty one is left out."""
        if words := collapsed(text):
            self._heading(words, min(level, PAGE_LEVEL - 1))

    def page_name(self, text: str) -> None:
        """Add what a page of a file in this one is called; it holds until the next one."""
        if words := collapsed(text):
            self._heading(words, PAGE_LEVEL)

    def paragraph(self, text: str, kind: BlockKind = "paragraph") -> None:
        """Add a paragraph, or what is like one; its line ends are kept."""
        if text.strip():
            self._blocks.append(Block(kind, *self._add(text.strip("\n").rstrip())))

    def item(self, text: str, level: int = 0, marker: str = "-") -> None:
        """Add a list item; `marker` is what stands before it, as "-" or "3."."""
        if not text.strip():
            return
        indent = "   " * level
        body = text.strip().replace("\n", f"\n{indent}   ")
        follows = bool(self._blocks) and self._blocks[-1].kind == "item"
        start, end = self._add(f"{indent}{marker} {body}", gap="\n" if follows else "\n\n")
        self._blocks.append(Block("item", start, end, level))

    def code(self, text: str) -> None:
        """Add lines that are kept as they are."""
        if text.strip():
            fence = "~~~" if "```" in text else "```"
            self._blocks.append(Block("code", *self._add(f"{fence}\n{text.rstrip()}\n{fence}")))

    def table(self, rows: Rows, header_rows: int = 1, caption: str = "") -> None:
        """Add a table by its rows; a merged cell stands in each of its places.

        Several header rows become one. Empty rows and columns are left out. A header of long cells
        is none, nor is a row that does not fit in a chunk and has no other below it.
        """
        filled, header_rows = _filled(rows, header_rows)
        if not filled:
            return
        if len(filled[0]) == 1:  # it only frames what is in it
            for row in filled:
                self.paragraph(row[0])
            return
        head = _joined(filled[:header_rows])
        body = filled[header_rows:]
        is_wide = bool(head) and any(_tokens(_row(r)) > _LONGEST_ROW for r in (head, *body))
        if head and ((is_wide and not body) or _are_texts(filled[:header_rows])):
            head, body = [], filled
        caption = collapsed(caption)
        if caption:
            self._blocks.append(Block("caption", *self._add(caption)))
        if is_wide:
            self._records(head, body, caption)
            return
        header = _row(head) if head else ""
        lines = [header, "|---" * len(head) + "|"] if head else []
        start, end = self._add("\n".join((*lines, *map(_row, body))))
        at = start + sum(len(line) + 1 for line in lines)
        known = "\n".join(part for part in (caption, header) if part)
        self._blocks.append(Block("table", start, end, header=bounded_row(known), body=at))

    def embed(self, part: Part, below: int = 0) -> None:
        """Add the blocks of another part; its headings stand `below` levels deeper."""
        text = part.text.strip("\n").rstrip()
        if not text:
            return
        before = len(part.text) - len(part.text.lstrip("\n"))
        start, end = self._add(text)
        by, most = start - before, end
        for b in part.blocks:
            moved = replace(b, start=min(b.start + by, most), end=min(b.end + by, most))
            if b.kind == "table":
                moved = replace(moved, body=b.body + by)
            if b.kind == "heading":
                level = b.level + below
                if b.level < PAGE_LEVEL:
                    level = min(level, PAGE_LEVEL - 1)
                moved = replace(moved, level=level)
            if b.confidence is None:
                moved = replace(moved, confidence=part.confidence)
            self._blocks.append(moved)

    def picture(self, part: Part) -> None:
        """Add what a picture says, as `ingest.ocr` reads it; its headings are none of the text's.

        A large line in a screenshot begins no section of the document.
        """
        for b in part.blocks:
            text = part.text[b.start : b.end]
            if b.kind == "heading":
                text = text.lstrip("#").strip()
            start, end = self._add(text)
            kind = "paragraph" if b.kind == "heading" else b.kind
            body = start + (b.body - b.start) if b.kind == "table" else 0
            self._blocks.append(
                Block(kind, start, end, 0, "", b.header, body, confidence=part.confidence)
            )

    def part(self, confidence: float | None = None) -> Part:
        """Return what was written."""
        text = "".join(self._pieces)
        blocks = tuple(self._blocks)
        return Part(text, blocks, self._number, self._name, confidence=confidence)

    def _heading(self, words: str, level: int) -> None:
        marks = "#" * max(1, min(level, _DEEPEST))
        start, end = self._add(f"{marks} {words}")
        self._blocks.append(Block("heading", start, end, level, shortened(words)))

    def _records(self, head: Sequence[str], body: Rows, caption: str) -> None:
        """Add the rows of a wide table, each cell behind the words of its column.

        Of two columns the first says what the second is of, so also the first row may be no header.
        """
        is_pair = len(body[0]) == 2
        names = [_bounded_name(name) for name in head] or [""] * len(body[0])
        header = bounded_row(_row(head)) if head and is_pair else ""
        if head and (is_pair or names != head):
            said = ": ".join(filter(None, head)) if is_pair else _row(head)
            self._blocks.append(Block("table", *self._add(f"- {said}" if is_pair else said)))
        for row in body:
            label = row[0] if row[0] and len(row[0]) <= _LONGEST_ROW else ""
            if is_pair and label:
                said = f"{label}: {row[1]}" if row[1] else label
            else:
                cells = zip(names, row, strict=True)
                said = "\n  ".join(f"{n}: {c}" if n else c for n, c in cells if c)
            if said:
                start, end = self._add(f"- {said}")
                known = "\n".join(part for part in (caption, header, label) if part)
                self._blocks.append(
                    Block("table", start, end, header=bounded_row(known), body=start + 1)
                )

    def _add(self, text: str, gap: str = "\n\n") -> tuple[int, int]:
        if self._pieces:
            text = gap + text
        start = self._length + (len(gap) if self._pieces else 0)
        self._pieces.append(text)
        self._length += len(text)
        return start, self._length


def _filled(rows: Rows, header_rows: int) -> tuple[list[list[str]], int]:
    """Return the rows without empty ones and empty columns, all of one width."""
    width = max((len(row) for row in rows), default=0)
    full = [[collapsed(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    columns = [n for n in range(width) if any(row[n] for row in full)]
    head = sum(any(row) for row in full[:header_rows])
    return [[row[n] for n in columns] for row in full if any(row)], head


def _joined(rows: Rows) -> list[str]:
    """Return header rows as one: what stands above each other, each once."""
    return [" · ".join(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True)]


def _row(row: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _are_texts(header: Rows) -> bool:
    """Whether cells of header rows are too long to be names of columns."""
    longest = _LONGEST_NAME if len(header[0]) <= _NARROW else _LONGEST_QUESTION
    return any(_tokens(cell) > longest for row in header for cell in row)


def _bounded_name(name: str) -> str:
    if (tokens := _tokens(name)) <= _LONGEST_NAME:
        return name
    return name[: int(len(name) * _LONGEST_NAME / tokens)] + "…"


def _tokens(text: str) -> float:
    han = len(_HAN.findall(text))
    return han + (len(text) - han) / _CHARACTERS_PER_TOKEN
