"""What a page is made of on the way from glyphs to text: words, runs, lines, tables.

Coordinates are points from the upper left corner of the page, turned so that the text reads from
left to right (`ingest.pdf.frame`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from ingest.document import Box
from ingest.text import superscript

_ASCENT, _DESCENT = 0.86, 0.2  # of the size, above and below the base line: what a reader marks
_INDEX, _RAISED = 0.85, 0.2  # of the size, of figures that stand raised; most have 0.6 to 0.75
_CELL_GAP = 1.5  # of the size: wider gaps stand between cells, no word is so far from the next


class Word:
    """Characters that touch each other.

    `base` is the line that letters stand on. `spaces` tells how many spaces the page has before
    it; where it has none, places may tell of one. `trails` tells of one behind it.
    """

    __slots__ = ("base", "bold", "left", "right", "size", "spaces", "text", "trails")

    def __init__(
        self,
        text: str,
        left: float,
        right: float,
        base: float,
        size: float,
        bold: bool = False,
        spaces: int = 0,
    ) -> None:
        self.text = text
        self.left = left
        self.right = right
        self.base = base
        self.size = size
        self.bold = bold
        self.spaces = spaces
        self.trails = False


_LEFT = attrgetter("left")


def _width(word: Word) -> float:
    return word.right - word.left


class Run:
    """Neighbouring words of one line without a wide gap between them, or a table among runs."""

    __slots__ = ("base", "bottom", "left", "right", "size", "table", "top", "words")

    def __init__(self, words: list[Word], table: Table | None = None) -> None:
        self.words = words
        self.table = table
        if table:
            self.left, self.top, self.right, self.bottom = table.box
            self.base, self.size = self.bottom, self.bottom - self.top
            return
        main = words[0]
        if len(words) > 1:  # what it begins with may be a bullet, or the number of a note
            self.right = max(word.right for word in words)
            main = max(words, key=_width)
        else:
            self.right = main.right
        self.left, self.base, self.size = words[0].left, main.base, main.size
        self.top, self.bottom = self.base - _ASCENT * self.size, self.base + _DESCENT * self.size

    @property
    def width(self) -> float:
        """From its first to its last character."""
        return self.right - self.left


@dataclass(slots=True)
class TextLine:
    """A line of a page as one reads it.

    `cells` are its pieces with wide gaps between them, each with its left and right side. `column`
    is where the column begins and ends that it stands in, `region` the number of that column.
    `open` tells that a space stands at its end. `note` is a line that stands beside the text.
    """

    text: str
    box: Box
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    cells: tuple[tuple[str, float, float], ...] = ()
    column: tuple[float, float] = (0.0, 0.0)
    region: int = 0
    open: bool = False
    note: bool = False


@dataclass(slots=True)
class Table:
    """A table of a page: its rows of cells, and where each row stands.

    `header` are rows that stand on an earlier page.
    """

    rows: list[list[str]]
    boxes: list[Box]
    box: Box
    header_rows: int = 1
    caption: str = ""
    region: int = 0
    header: list[list[str]] = field(default_factory=list)


Item = TextLine | Table


def line_of(runs: list[Run]) -> TextLine:
    """Return the runs of one row, from left to right, as a line."""
    if len(runs) == 1:
        main = runs[0]
        words = main.words
        box = Box(main.left, main.top, main.right, main.bottom)
    else:
        words = [word for run in runs for word in run.words]
        words.sort(key=_LEFT)  # indices stand between the words of a run
        main = max(runs, key=lambda run: run.size * len(run.words))
        box = Box(
            runs[0].left,
            min([run.top for run in runs]),
            max([run.right for run in runs]),
            max([run.bottom for run in runs]),
        )
    before = words[0]
    small = _INDEX * main.size
    pieces = [before.text if before.size >= small else _raised(before, main)]
    cells: list[tuple[str, float, float]] = []
    begin, left, bold = 0, before.left, before.bold
    for word in words[1:]:
        gap = between(before, word)
        if gap == "   ":
            cells.append(("".join(pieces[begin:]), left, before.right))
            begin, left = len(pieces) + 1, word.left
        pieces += (gap, word.text if word.size >= small else _raised(word, main))
        bold = bold and word.bold
        before = word
    text = "".join(pieces)
    cells.append(("".join(pieces[begin:]) if begin else text, left, before.right))
    return TextLine(text, box, main.base, main.size, bold, tuple(cells), open=before.trails)


def _raised(word: Word, main: Run) -> str:
    """Return figures that stand raised as signs that are: 10³, and the number of a note."""
    is_figure = word.text.isascii() and word.text.isdigit()
    if is_figure and is_raised(word.size, word.base, main.size, main.base):
        return superscript(word.text)
    return word.text


def is_raised(size: float, base: float, main_size: float, main_base: float) -> bool:
    """Whether what has this size and base line is an index of what is written on the main line."""
    return size < _INDEX * main_size and base < main_base - _RAISED * main_size


def between(before: Word, after: Word) -> str:
    """Return what stands between two words of a row: nothing, a space, or three for a wide gap."""
    gap = after.left - before.right
    size = before.size if before.size > after.size else after.size
    if gap > _CELL_GAP * size or after.spaces > 2:
        return "   "
    if after.spaces:
        return " "
    if before.text[-1] >= "\u2e80" and after.text[0] >= "\u2e80":
        return (
            " " if gap > 0.7 * size else ""
        )  # characters of Chinese are set apart for their looks
    return " " if gap > 0.16 * size else ""


def cell_text(lines: Sequence[str]) -> str:
    """Return the lines of a table's cell as one; Chinese goes on without a space."""
    text = ""
    for line in lines:
        if text and line and not (text[-1] >= "\u2e80" and line[0] >= "\u2e80"):
            text += " "
        text += line
    return text
