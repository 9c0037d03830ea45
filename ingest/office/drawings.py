"""What is drawn in an Office file: pictures, charts, diagrams."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.document import PartWriter
from ingest.office.charts import diagram_words, read_chart
from ingest.office.package import Package, Relation
from ingest.office.pictures import NamedPictures
from ingest.office.xml import Element, every, kind, value


class Drawings:
    """Writes what the drawings of a file say."""

    def __init__(self, package: Package, pictures: NamedPictures) -> None:
        self._package = package
        self._pictures = pictures

    def write(
        self, drawing: Element, relations: Mapping[str, Relation], writer: PartWriter
    ) -> None:
        """Write charts as tables and diagrams as items; pictures say what is recognised in them.

        `relations` are those of the member that the drawing stands in.
        """
        for found in every(drawing, "c:chart", "dgm:relIds", "a:blip", "v:imagedata"):
            if _is_in_box(found, drawing):  # written with the box
                continue
            match kind(found):
                case "c:chart":
                    chart = read_chart(self._xml(relations, value(found, "r:id")))
                    if chart.rows:
                        writer.table(chart.rows, caption=chart.title)
                    else:
                        writer.paragraph(chart.title, kind="caption")
                case "dgm:relIds":
                    for line in diagram_words(self._xml(relations, value(found, "r:dm"))):
                        writer.item(line)
                case "a:blip":
                    self._picture(relations, value(found, "r:embed"), writer)
                case _:
                    self._picture(relations, value(found, "r:id"), writer)

    def _xml(self, relations: Mapping[str, Relation], named: str) -> Element | None:
        relation = relations.get(named)
        return self._package.xml(relation.target) if relation and relation.target else None

    def _picture(self, relations: Mapping[str, Relation], named: str, writer: PartWriter) -> None:
        relation = relations.get(named)
        if relation and relation.target:
            self._pictures.add(relation.target, writer)


def _is_in_box(element: Element, drawing: Element) -> bool:
    above = element.getparent()
    while above is not None and above is not drawing:
        if kind(above) == "w:txbxContent":
            return True
        above = above.getparent()
    return False
