"""What the readers of Office files share: the archive, XML, equations, charts, grids, pictures."""

from ingest.office.captions import is_caption
from ingest.office.compound import Compound, refused_old
from ingest.office.counting import slide_number, written
from ingest.office.drawings import Drawings
from ingest.office.equations import latex
from ingest.office.figures import is_figure
from ingest.office.grid import Cell, Grid, place
from ingest.office.headers import Span, header_rows
from ingest.office.package import Package, Relation
from ingest.office.page_words import counts_pages_only
from ingest.office.pictures import NamedPictures
from ingest.office.properties import core_properties, day
from ingest.office.reading_order import Place, reading_order
from ingest.office.titles import first_heading
from ingest.office.xml import (
    BrokenXML,
    Element,
    child,
    children,
    every,
    kind,
    number,
    parse,
    qualified,
    stream,
    value,
    words,
)

__all__ = [
    "BrokenXML",
    "Cell",
    "Compound",
    "Drawings",
    "Element",
    "Grid",
    "NamedPictures",
    "Package",
    "Place",
    "Relation",
    "Span",
    "child",
    "children",
    "core_properties",
    "counts_pages_only",
    "day",
    "every",
    "first_heading",
    "header_rows",
    "is_caption",
    "is_figure",
    "kind",
    "latex",
    "number",
    "parse",
    "place",
    "qualified",
    "reading_order",
    "refused_old",
    "slide_number",
    "stream",
    "value",
    "words",
    "written",
]
