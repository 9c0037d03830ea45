"""The body of an OpenDocument text, or of a shape on a slide, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ingest.document import LONGEST_HEADING, PartWriter
from ingest.office import Cell, Element, every, is_caption, kind, number, place, value, written
from ingest.opendocument.inline import Inline, read_inline
from ingest.opendocument.styles import ListLevel, Styles
from ingest.text import collapsed

_DEEPEST = 40
_WIDEST = 1000
_FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_WITHIN = frozenset((
    "text:section", "text:list-header", "draw:text-box", "text:index-body", "table:table-cell",
    "office:text", "text:numbered-paragraph",
))  # fmt: skip


class Body:
    """Writes blocks, with what hangs on each behind it."""

    def __init__(
        self, writer: PartWriter, styles: Styles, draw: Callable[[Element, PartWriter], None]
    ) -> None:
        """`draw` writes what is in a frame that is no box of text."""
        self.writer = writer
        self.title = ""
        self._styles = styles
        self._draw = draw
        self._depth = 0
        self._caption = ""
        self._code: list[str] = []
        self._counts: dict[str, list[int]] = {}  # of lists, by their style
        self._outline = [0] * 11

    def write(self, container: Element) -> None:
        """Write what is in a body, a box or a shape."""
        if self._depth > _DEEPEST:
            return
        self._depth += 1
        for element in container:
            self._element(element)
        self._depth -= 1

    def finish(self) -> None:
        """Write what waits for its neighbour."""
        if self._code:
            self.writer.code("\n".join(self._code))
            self._code = []
        if self._caption:
            self.writer.paragraph(self._caption, kind="caption")
            self._caption = ""

    def frame(self, frame: Element) -> None:
        """Write a frame or shape: its text, its table, or what is drawn in it."""
        if self._depth > _DEEPEST:
            return
        self._depth += 1
        for inner in frame if kind(frame) in ("draw:frame", "draw:g") else ():
            match kind(inner):
                case "draw:text-box":
                    self.write(inner)
                case "table:table":
                    self._table(inner)
                    break  # what follows is the same as a picture
                case "draw:object" | "draw:image" | "draw:object-ole":
                    self._draw(inner, self.writer)
                    break  # what follows is the same as a picture
                case "draw:frame" | "draw:g" | "draw:custom-shape" | "draw:rect" | "draw:ellipse":
                    self.frame(inner)
        if kind(frame) not in ("draw:frame", "draw:g"):
            self.write(frame)
        self._depth -= 1

    def _element(self, element: Element) -> None:
        name = kind(element)
        if name == "text:h":
            self._heading(element)
        elif name == "text:p":
            self._paragraph(element)
        elif name == "text:list":
            self.finish()
            self._list(element, value(element, "text:style-name"), 1)
        elif name == "table:table":
            self._table(element)
        elif name in ("draw:frame", "draw:custom-shape", "draw:g", "draw:rect"):
            self.finish()
            self.frame(element)
        elif name in _WITHIN and value(element, "text:display") != "none":
            self.write(element)

    def _heading(self, element: Element, marker: str = "") -> None:
        self.finish()
        found = read_inline(element, self._styles)
        level = max(1, number(value(element, "text:outline-level"), 1, 10))
        numbered = f"{marker} {found.text}".strip() if found.text else ""
        if not marker:
            numbered = self._numbered(level, found.text, element)
        if len(found.text) <= LONGEST_HEADING:
            self.writer.heading(numbered, level)
        else:
            self.writer.paragraph(numbered)
        self._attached(found)

    def _numbered(self, level: int, text: str, element: Element) -> str:
        form = self._styles.outline.get(level)
        if form is None or not form.form or value(element, "text:is-list-header") == "true":
            return text
        self._outline[level] = max(self._outline[level] + 1, form.start)
        self._outline[level + 1 :] = [0] * (10 - level)
        return f"{_marker(form, self._outline[1 : level + 1])} {text}" if text else ""

    def _paragraph(self, element: Element) -> None:
        named = value(element, "text:style-name")
        found = read_inline(element, self._styles)
        if found.text and self._styles.is_code(named):
            self._code.append(found.text)
            self._attached(found)
            return
        if found.text:
            self.finish()
            if self._styles.is_title(named) and len(found.text) <= LONGEST_HEADING:
                self.title = self.title or collapsed(found.text)
                self.writer.heading(found.text)
            elif self._styles.is_caption(named) or is_caption(found.text):
                self._caption = collapsed(found.text)
            else:
                self.writer.paragraph(found.text)
        self._attached(found)

    def _list(self, element: Element, style: str, depth: int) -> None:
        if self._depth > _DEEPEST:
            return
        self._depth += 1
        form = self._styles.levels(style).get(depth, ListLevel())
        counts = self._counts.setdefault(style, [0] * 11)
        level = min(depth, 10)
        if depth == 1 and value(element, "text:continue-numbering") != "true":
            counts[:] = [0] * 11
        counts[level + 1 :] = [0] * (10 - level)
        for item in element:
            is_first = kind(item) == "text:list-item"
            if is_first and any(kind(inner) in ("text:p", "text:h") for inner in item):
                start = number(value(item, "text:start-value"), form.start)
                counts[level] = max(counts[level] + 1, start)
            for inner in item:
                match kind(inner):
                    case "text:list":
                        own = value(inner, "text:style-name")
                        self._list(inner, own or style, depth + 1)
                    case "text:p" | "text:h":
                        found = read_inline(inner, self._styles)
                        marker = _marker(form, counts[1 : level + 1]) if form.form else "-"
                        if kind(inner) == "text:h":
                            self._heading(inner, marker if is_first and form.form else "")
                        elif is_first:
                            self.writer.item(found.text, depth - 1, marker)
                            self._attached(found)
                        else:
                            self.writer.paragraph(found.text)
                            self._attached(found)
                        is_first = is_first and not found.text
                    case _:
                        self._element(inner)
        self._depth -= 1

    def _table(self, table: Element) -> None:
        caption, self._caption = self._caption, ""
        self.finish()
        frames: list[Inline] = []
        rows: list[list[Cell]] = []
        heads = 0
        for row, is_head in rows_of(table):
            heads += is_head
            cells: list[Cell] = []
            for cell in row:
                if kind(cell) == "table:table-cell":
                    text = self._cell(cell, frames)
                    across = number(value(cell, "table:number-columns-spanned"), 1, _WIDEST)
                    down = number(value(cell, "table:number-rows-spanned"), 1, _WIDEST)
                    copies = max(1, number(value(cell, "table:number-columns-repeated"), 1))
                    cells += [Cell(text, across, down)] * min(copies, _WIDEST - len(cells))
            rows.append(cells)
        if all(len(row) <= 1 for row in rows):
            for row, _ in rows_of(table):
                self.write(row)
        else:
            place(rows, heads).write(self.writer, caption)
            for found in frames:
                self._attached(found)

    def _cell(self, cell: Element, frames: list[Inline]) -> str:
        lines = []
        for paragraph in every(cell, "text:p", "text:h"):
            above = paragraph.getparent()
            while above is not None and above is not cell and kind(above) != "office:annotation":
                above = above.getparent()
            if above is cell:
                found = read_inline(paragraph, self._styles)
                frames.append(found)
                lines.append(found.text)
        return "\n".join(filter(None, lines))

    def _attached(self, found: Inline) -> None:
        for frame in found.frames:
            self.frame(frame)
        for mark, said in found.notes:
            if said:
                self.writer.paragraph(f"[^{mark}]: {said}", kind="footnote")
        for comment in found.comments:
            self.writer.paragraph(comment, kind="note")


def rows_of(table: Element) -> Iterator[tuple[Element, bool]]:
    """Give the rows of a table, and whether each is of its header."""
    for element in table:
        match kind(element):
            case "table:table-row":
                yield element, kind(table) == "table:table-header-rows"
            case "table:table-header-rows" | "table:table-rows" | "table:table-row-group":
                yield from rows_of(element)


def _marker(form: ListLevel, counts: list[int]) -> str:
    shown = counts[-form.levels :]
    name = _FORMS.get(form.form, "chineseCounting" if "一" in form.form else "decimal")
    numbers = [written(count, name) for count in (max(1, one) for one in shown)]
    return f"{form.prefix}{'.'.join(numbers)}{form.suffix}".strip()
