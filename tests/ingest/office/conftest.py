"""Office files made of XML, small enough to reason about."""

import io
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

import pytest

Archive = Callable[..., bytes]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
REFERENCE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = (
    f'xmlns:w="{WORD}" xmlns:x="{SHEET}" xmlns:p="{SLIDE}" xmlns:a="{DRAWING}" '
    f'xmlns:c="{CHART}" xmlns:m="{MATH}" xmlns:r="{REFERENCE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
ODF_PARTS = {
    "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
    "presentation": "presentation", "meta": "meta", "svg": "svg-compatible",
}  # fmt: skip
ODF_NAMES = " ".join(
    (
        *(f'xmlns:{prefix}="{ODF}:{name}:1.0"' for prefix, name in ODF_PARTS.items()),
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
    )
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def root(tag: str, content: str) -> str:
    return f"<{tag} {NAMES}>{content}</{tag}>"


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """Relations by id: what kind, and where to; what has "://" in it lies outside."""
    lines = []
    for named, (kind, target) in targets.items():
        mode = ' TargetMode="External"' if "://" in target else ""
        lines.append(f'<Relationship Id="{named}" Type="x/{kind}" Target="{target}"{mode}/>')
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def core(title: str = "", author: str = "") -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        "<dcterms:created>2026-03-01T08:00:00Z</dcterms:created>"
        "<dcterms:modified>2026-11-30T09:15:00Z</dcterms:modified></cp:coreProperties>"
    )


@pytest.fixture(scope="session")
def docx() -> Archive:
    """A Word document of the XML of its body, and of other members by their names."""

    def make(body: str, targets: Mapping[str, tuple[str, str]] | None = None, **more: str) -> bytes:
        known = {"styles": ("styles", "styles.xml"), "numbering": ("numbering", "numbering.xml")}
        members = {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations({"r1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": root("w:document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relations({**known, **(targets or {})}),
            "word/styles.xml": root("w:styles", more.pop("styles", "")),
            "word/numbering.xml": root("w:numbering", more.pop("numbering", "")),
            "docProps/core.xml": more.pop("core", core()),
        }
        members |= {name.replace("__", "/") + ".xml": content for name, content in more.items()}
        return zipped(members)

    return make


@pytest.fixture(scope="session")
def xlsx() -> Archive:
    """A workbook: the XML of each sheet by its name; strings, format codes, more members."""

    def make(
        sheets: Mapping[str, str],
        strings: str = "",
        codes: tuple[str, ...] = (),
        hidden: tuple[str, ...] = (),
        members: Mapping[str, str] | None = None,
    ) -> bytes:
        states = dict.fromkeys(hidden, ' state="hidden"')
        listed = "".join(
            f'<x:sheet name="{escape(name)}" r:id="s{n}"{states.get(name, "")}/>'
            for n, name in enumerate(sheets)
        )
        formats = "".join(
            f'<x:numFmt numFmtId="{200 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
            for n, code in enumerate(codes)
        )
        styles = "".join(f'<x:xf numFmtId="{200 + n}"/>' for n in range(len(codes)))
        targets = {f"s{n}": ("worksheet", f"worksheets/s{n}.xml") for n in range(len(sheets))}
        targets |= {"t": ("sharedStrings", "strings.xml"), "f": ("styles", "styles.xml")}
        return zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "_rels/.rels": relations({"r1": ("officeDocument", "xl/workbook.xml")}),
                "xl/workbook.xml": root("x:workbook", f"<x:sheets>{listed}</x:sheets>"),
                "xl/_rels/workbook.xml.rels": relations(targets),
                "xl/strings.xml": root("x:sst", strings),
                "xl/styles.xml": root(
                    "x:styleSheet",
                    f"<x:numFmts>{formats}</x:numFmts>"
                    f'<x:cellXfs><x:xf numFmtId="0"/>{styles}</x:cellXfs>',
                ),
                **{
                    f"xl/worksheets/s{n}.xml": root("x:worksheet", content)
                    for n, content in enumerate(sheets.values())
                },
                **(members or {}),
            }
        )

    return make


@pytest.fixture(scope="session")
def pptx() -> Archive:
    """A presentation: the XML of the shapes of each slide; other members by their names."""

    def make(*slides: str, members: Mapping[str, str] | None = None, hidden: int = 0) -> bytes:
        listed = "".join(f'<p:sldId id="{n}" r:id="s{n}"/>' for n in range(1, len(slides) + 1))
        targets = {f"s{n}": ("slide", f"slides/s{n}.xml") for n in range(1, len(slides) + 1)}
        show = {hidden: "0"}
        return zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "_rels/.rels": relations({"r1": ("officeDocument", "ppt/presentation.xml")}),
                "ppt/presentation.xml": root(
                    "p:presentation", f"<p:sldIdLst>{listed}</p:sldIdLst>"
                ),
                "ppt/_rels/presentation.xml.rels": relations(targets),
                **{
                    f"ppt/slides/s{n}.xml": f'<p:sld show="{show.get(n, "1")}" {NAMES}>'
                    f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
                    for n, shapes in enumerate(slides, start=1)
                },
                **(members or {}),
            }
        )

    return make


@pytest.fixture(scope="session")
def odf() -> Archive:
    """An OpenDocument file: the XML of its body, its automatic styles, other members."""

    def make(
        kind: str, body: str, styles: str = "", members: Mapping[str, str] | None = None
    ) -> bytes:
        return zipped(
            {
                "mimetype": f"application/vnd.oasis.opendocument.{kind}",
                "content.xml": f"<office:document-content {ODF_NAMES}>"
                f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
                f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
                "meta.xml": f"<office:document-meta {ODF_NAMES}><office:meta>"
                "<meta:initial-creator>Anna Meier</meta:initial-creator>"
                "<meta:creation-date>2026-03-01T08:00:00</meta:creation-date>"
                "</office:meta></office:document-meta>",
                **(members or {}),
            }
        )

    return make


@pytest.fixture(scope="session")
def rels() -> Callable[[Mapping[str, tuple[str, str]]], str]:
    """The XML of relations by id: what kind, and where to."""
    return relations


@pytest.fixture(scope="session")
def xml() -> Callable[[str, str], str]:
    """XML with all prefixes, by the tag of its root and what is in it."""
    return root


@pytest.fixture(scope="session")
def archive() -> Archive:
    """A ZIP archive of members by their names."""
    return zipped


@pytest.fixture(scope="session")
def core_xml() -> Callable[..., str]:
    """The core properties of a title and an author."""
    return core
