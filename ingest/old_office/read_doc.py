"""Word before 2007 (DOC): from the file to a reading."""

from __future__ import annotations

import re
import struct

from ingest.document import Given, Part, Reading, real_title
from ingest.errors import ReadError
from ingest.office import Compound, counts_pages_only, first_heading, refused_old
from ingest.old_office.blocks import Blocks, Look
from ingest.old_office.doc_file import DocFile, Properties, is_locked
from ingest.old_office.doc_rows import row_of
from ingest.old_office.doc_styles import DocLists, DocStyle, read_styles
from ingest.old_office.edge_tables import Row
from ingest.text import collapsed, language

_IN_TABLE, _ROW_END, _DEPTH, _INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244C
_LEVEL, _LIST, _LIST_DEPTH = 0x2640, 0x460B, 0x260A
_PARAGRAPH = re.compile(r"[^\r\x07\x0c]*[\r\x07\x0c]?")
_FIELD = re.compile(r"\x13([^\x13\x14\x15]*)(?:\x14([^\x13\x14\x15]*))?\x15")
_PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_SIGNS = str.maketrans({
    "\x0b": "\n", "\x1e": "-", "\x1f": "", "\0": "", "\x01": "", "\x08": "", "\x02": "",
    "\x05": "", "\x03": "", "\x04": "", "\x13": "", "\x14": "", "\x15": "", "\t": " ", "\xa0": " ",
})  # fmt: skip
_MOST_FIELDS = 30  # fields in each other


def read(given: Given) -> Reading:
    """Read an old Word document as one part.

    Raises ReadError (`damaged`, `encrypted`, `needs-ocr`, `unsupported`).
    """
    compound = Compound(given)
    if is_locked(compound):
        raise refused_old()
    try:
        document = _Document(DocFile(compound))
        part = document.read()
    except (struct.error, IndexError, ValueError) as error:
        message = "its text cannot be read; open it in Word and save it as DOCX"
        raise ReadError("damaged", message, "save-docx") from error
    if not part.text.strip() and "\x01" in document.file.text:
        message = "it holds pictures only; save it as DOCX, whose pictures are recognised"
        raise ReadError("needs-ocr", message, "pictures-docx")
    said_title, properties = compound.properties()
    title = real_title(said_title) or document.title or first_heading(part)
    return Reading(title or None, language(part.text), (part,), [], properties=properties)


def plain(text: str) -> tuple[str, bool]:
    """Return a text without the code of its fields and without page numbers, and if it had some."""
    counts_pages = False

    def result(field: re.Match[str]) -> str:
        nonlocal counts_pages
        if field[1].split()[:1] and field[1].split()[0].upper() in _PAGES:
            counts_pages = True
            return ""
        return field[2] or ""

    for _ in range(_MOST_FIELDS):
        text, found = _FIELD.subn(result, text)
        if not found:
            break
    return text.translate(_SIGNS), counts_pages


class _Document:
    """Reads one paragraph after the other."""

    def __init__(self, file: DocFile) -> None:
        self.file = file
        self._blocks = Blocks()
        self._styles = read_styles(file.table(0xA2))
        self._lists = DocLists(file.table_from(0x2E2), file.table(0x2EA))
        self._notes = {  # by the place of their mark
            **self._beside("footnotes", 0xAA, 0xB2, 2, ""),
            **self._beside("endnotes", 0x20A, 0x212, 2, "e"),
        }
        self._comments = self._beside("comments", 0xBA, 0xC2, 30, "")
        self._authors = file.authors()
        self._boxes = dict(file.boxes())  # by the place of their anchor
        self._cells: list[str] = []
        self._cell: list[str] = []

    @property
    def title(self) -> str:
        """The text of the first paragraph that has the style of a title."""
        return self._blocks.title

    def read(self) -> Part:
        """Return the whole document as a part."""
        for line in self._heads():
            self._blocks.writer.paragraph(line, kind="note")
        for begin, end in self._paragraphs("text"):
            self._paragraph(begin, end)
        self._end_row()
        self._blocks.end_table()
        placed = {span for spans in self._boxes.values() for span in spans}
        for begin, end in self._paragraphs("boxes"):
            if not any(first <= begin < last for first, last in placed):
                self._blocks.paragraph(plain(self.file.text[begin:end].rstrip("\r"))[0], Look())
        return self._blocks.part()

    def _paragraphs(self, story: str) -> list[tuple[int, int]]:
        begin, end = self.file.span(story)
        found = []
        while begin < end:
            match = _PARAGRAPH.match(self.file.text, begin, end)
            stop = match.end() if match else end
            found.append((begin, max(stop, begin + 1)))
            begin = found[-1][1]
        return found

    def _paragraph(self, begin: int, end: int) -> None:
        own = self.file.properties(end - 1)
        style = self._styles[own.style] if own.style < len(self._styles) else DocStyle()
        properties = Properties(own.style, {**style.set, **own.set})
        mark = self.file.text[end - 1]
        text = self._text(begin, end)
        marker = self._marker(properties)
        if properties.flag(_IN_TABLE) or mark == "\x07":
            self._in_table(f"{marker} {text}" if marker and text else text, mark, properties)
            return
        self._end_row()
        level = style.level
        if outline := own.set.get(_LEVEL):
            level = outline[0] + 1 if outline[0] < 9 else 0
        depth = properties.set.get(_LIST_DEPTH, b"\0")[0]
        look = Look(level, style.is_title, style.is_caption, marker, min(8, depth))
        self._blocks.paragraph("" if style.is_contents else text, look)

    def _marker(self, properties: Properties) -> str | None:
        number = properties.number(_LIST)
        depth = properties.set.get(_LIST_DEPTH, b"\0")[0]
        return self._lists.marker(number, depth) if number else None

    def _in_table(self, text: str, mark: str, properties: Properties) -> None:
        if properties.flag(_ROW_END) and mark == "\x07":
            self._blocks.row(row_of(self._cells, properties.set))
            self._cells = []
        elif not properties.flag(_INNER_ROW):
            self._cell.append(text)
            depth = int.from_bytes(properties.set.get(_DEPTH, b"\1")[:4], "little")
            if mark == "\x07" and depth <= 1:
                self._cells.append("\n".join(filter(None, self._cell)))
                self._cell = []

    def _end_row(self) -> None:
        """Add what is left of a row whose end is missing."""
        if left := [*self._cells, *filter(None, self._cell)]:
            self._blocks.row(Row(left))
            self._cells, self._cell = [], []

    def _text(self, begin: int, end: int) -> str:
        """The text of a paragraph; its notes wait until it is written."""
        pieces, last = [], begin
        for at in range(begin, end):
            if self.file.text[at] == "\x08":
                for start, stop in self._boxes.get(at, ()):
                    for line in self.file.text[start:stop].split("\r"):
                        self._blocks.beside(collapsed(plain(line)[0]), "paragraph")
            elif self.file.text[at] in "\x02\x05":
                if at in self._notes:
                    mark, said = self._notes[at]
                    pieces += [self.file.text[last:at], f"[^{mark}]"]
                    last = at + 1
                    self._blocks.beside(f"[^{mark}]: {said}", "footnote")
                elif at in self._comments:
                    self._blocks.beside(self._comment(at), "note")
        pieces.append(self.file.text[last:end])
        return plain("".join(pieces).rstrip("\r\x07\x0c"))[0].strip()

    def _comment(self, at: int) -> str:
        said = self._comments[at][1]
        author = self._authors.get(at, "")
        return f"{author}: {said}" if author else said

    def _beside(
        self, story: str, marks: int, texts: int, size: int, prefix: str
    ) -> dict[int, tuple[str, str]]:
        """Notes or comments: the place of each mark → its number and its text."""
        begin, end = self.file.span(story)
        ends = self.file.ends(texts)
        found = {}
        for n, (place, _) in enumerate(self.file.places(marks, size)):
            if n + 1 < len(ends):
                first, last = begin + max(0, ends[n]), begin + max(0, ends[n + 1])
                said = collapsed(
                    plain(self.file.text[first : min(last, end)].replace("\r", "\n"))[0]
                )
                if said:
                    found[place] = f"{prefix}{n + 1}", said
        return found

    def _heads(self) -> list[str]:
        """The lines of headers and footers, each once."""
        lines: dict[str, None] = {}
        begin, end = self.file.span("heads")
        ends = self.file.ends(0xF2)
        start = ends[6] if len(ends) > 6 else 0  # before it are the lines above footnotes
        for line in re.split(r"[\r\x07]", self.file.text[begin + max(0, start) : end]):
            said, counts_pages = plain(line)
            said = collapsed(said)
            if said and not (counts_pages and counts_pages_only(said)):
                lines[said] = None
        return list(lines)
