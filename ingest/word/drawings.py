"""What is drawn in a Word document: pictures, charts, diagrams."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.document import PartWriter
from ingest.office import (
    Element,
    Package,
    Pictures,
    Relation,
    diagram_words,
    every,
    kind,
    read_chart,
    value,
)


class Drawings:
    """Writes what the drawings of a document say."""

    def __init__(
        self, package: Package, relations: Mapping[str, Relation], pictures: Pictures
    ) -> None:
        """`relations` are those of the document."""
        self._package = package
        self._relations = relations
        self._pictures = pictures

    def write(self, drawing: Element, writer: PartWriter) -> None:
        """Write charts as tables, diagrams as list items; pictures are taken note of."""
        for found in every(drawing, "c:chart", "dgm:relIds", "a:blip", "v:imagedata"):
            match kind(found):
                case "c:chart":
                    chart = read_chart(self._xml(value(found, "r:id")))
                    if chart.rows:
                        writer.table(chart.rows, caption=chart.title)
                    else:
                        writer.paragraph(chart.title, kind="caption")
                case "dgm:relIds":
                    for line in diagram_words(self._xml(value(found, "r:dm"))):
                        writer.item(line)
                case "a:blip":
                    self._picture(value(found, "r:embed"), writer)
                case _:
                    self._picture(value(found, "r:id"), writer)

    def _xml(self, named: str) -> Element | None:
        relation = self._relations.get(named)
        return self._package.xml(relation.target) if relation and relation.target else None

    def _picture(self, named: str, writer: PartWriter) -> None:
        relation = self._relations.get(named)
        if relation and relation.target:
            self._pictures.add(relation.target, writer)
