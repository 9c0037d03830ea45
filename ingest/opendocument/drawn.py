"""What is drawn in an OpenDocument file: pictures, charts, equations."""

from __future__ import annotations

from ingest.document import PartWriter
from ingest.office import (
    Element,
    NamedPictures,
    Package,
    child,
    every,
    kind,
    latex,
    number,
    value,
)
from ingest.opendocument.body import rows_of
from ingest.opendocument.inline import plain
from ingest.opendocument.styles import Styles
from ingest.text import collapsed

_WIDEST, _LONGEST = 50, 2000  # columns and rows of a chart


class Drawn:
    """Writes what is in a frame."""

    def __init__(self, package: Package, styles: Styles, pictures: NamedPictures) -> None:
        self._package = package
        self._styles = styles
        self._pictures = pictures

    def write(self, element: Element, writer: PartWriter) -> None:
        """Write a chart as a table, an equation as LaTeX, and what pictures say."""
        target = value(element, "xlink:href").removeprefix("./")
        if kind(element) == "draw:image":
            if self._package.has(target):
                self._pictures.add(target, writer)
            return
        inline = next(every(element, "mml:math"), None)
        root = inline if inline is not None else self._package.xml(f"{target}/content.xml")
        if root is None:
            return
        if kind(root) in ("mml:math", "math"):
            if said := latex(root):
                writer.paragraph(f"$${said}$$")
            return
        chart = next(every(root, "chart:chart"), None)
        if chart is not None:
            self._chart(chart, writer)

    def _chart(self, chart: Element, writer: PartWriter) -> None:
        title = collapsed(plain(child(chart, "chart:title"), self._styles))
        rows = []
        for row, _ in rows_of(table) if (table := child(chart, "table:table")) is not None else ():
            cells: list[str] = []
            for cell in row:
                copies = max(1, number(value(cell, "table:number-columns-repeated"), 1))
                text = collapsed(plain(cell, self._styles))
                cells += [text] * min(copies, _WIDEST - len(cells))
            rows.append(cells)
        if rows:
            writer.table(rows[:_LONGEST], caption=title)
        else:
            writer.paragraph(title, kind="caption")
